"""Several scorers and the ear as one network, which is what a bundle carries.

The members run side by side: as a batch of one sentence, each entry of which has weights of its own.
A runtime starts and runs one network of large products sooner than many of small ones; the answers are the same.
"""

from __future__ import annotations

import copy

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from euphone_train.models.ear import Ear
from euphone_train.models.scorer import Scorer, describe, on_raters_scales, word_positions


class _Linears(nn.Module):
    """[members, rows, in] → [members, rows, out]."""

    def __init__(self, parts: list[nn.Linear]) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.stack([p.weight.T for p in parts]))
        self.bias = nn.Parameter(torch.stack([p.bias[None] for p in parts]))

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.weight + self.bias


class _Norms(nn.Module):
    def __init__(self, parts: list[nn.LayerNorm]) -> None:
        super().__init__()
        self.width = parts[0].weight.shape[0]
        self.weight = nn.Parameter(torch.stack([p.weight[None] for p in parts]))
        self.bias = nn.Parameter(torch.stack([p.bias[None] for p in parts]))

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, (self.width,)) * self.weight + self.bias


class _Embeddings(nn.Module):
    """The same rows of every member's table: [1, rows] → [members, rows, width]."""

    def __init__(self, parts: list[nn.Embedding]) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.stack([p.weight for p in parts]))

    def forward(self, index: Tensor) -> Tensor:
        return self.weight[:, index[0]]


_STACKED = {nn.Linear: _Linears, nn.LayerNorm: _Norms, nn.Embedding: _Embeddings}


def _stack(target: nn.Module, parts: list[nn.Module]) -> None:
    for name, child in target.named_children():
        same = [getattr(p, name) for p in parts]
        if type(child) in _STACKED:
            setattr(target, name, _STACKED[type(child)](same))
        else:
            _stack(child, same)


def _standardising_as(first: Scorer, member: Scorer) -> Scorer:
    """The same function as `member`, with the mean and scale of `first`: what they differ by goes into the layer that follows."""
    if torch.equal(first.mean, member.mean) and torch.equal(first.scale, member.scale):
        return member
    same = copy.deepcopy(member)
    same.mean, same.scale = first.mean, first.scale
    with torch.no_grad():
        same.reduce.bias += member.reduce.weight @ ((first.mean - member.mean) / member.scale)
        same.reduce.weight *= first.scale / member.scale
    return same


class SideBySide(Scorer):
    """Takes a batch of one sentence; gives each member's scores, as a batch of as many."""

    def __init__(self, members: list[Scorer]) -> None:
        super().__init__(members[0].spec)
        members = [_standardising_as(members[0], m) for m in members]
        self.mean, self.scale = members[0].mean, members[0].scale
        _stack(self, members)
        self.place = nn.Parameter(torch.stack([m.place for m in members]))
        self.tokens = nn.Parameter(torch.stack([m.tokens for m in members]))

    def places(self, index: Tensor) -> Tensor:
        return self.place[:, index]

    def tokens_for(self, batch: int) -> Tensor:
        return self.tokens


class ScorerEnsemble(nn.Module):
    """What is exported: raw tables of one sentence in, each member's scores on the raters' scales out, and what the ear heard, if it has
    one (models/ear.py)."""

    def __init__(self, members: list[Scorer], ear: Ear | None = None) -> None:
        super().__init__()
        self.spec = members[0].spec
        self.scorer = SideBySide(members)
        self.ear = ear

    def judged(self, described: Tensor, evidence: Tensor | None, phones: Tensor, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Phones, words and sentence as in `forward`; `evidence` is what the ear heard, None where the members do not read it."""
        read = described if evidence is None else torch.cat((described, evidence), -1)
        front, back = word_positions(words)
        belongs = (torch.arange(words[-1] + 1, device=words.device)[:, None] == words[None]).to(described.dtype)[None]
        return on_raters_scales(*self.scorer(read, phones[None], (front[None], back[None]), belongs))

    def forward(self, features: Tensor, ctc: Tensor, frames: Tensor, spans: Tensor, phones: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        """Phones [members, phones] 0–2, words [members, words, 3] and sentence [members, 4] 0–10; with an ear [phones, classes], natural
        logarithms of what was said in place of each phone, class 0 nothing. For arguments see `describe`."""
        described = describe(features, ctc, frames, spans, phones, words)[None]
        if self.ear is None:
            return self.judged(described, None, phones, words)
        said, _ = self.ear(described, phones[None])
        evidence = self.ear.evidence(described, phones[None]) if self.spec.ear else None
        return *self.judged(described, evidence, phones, words), self.ear.settled(said, phones[None])[0]
