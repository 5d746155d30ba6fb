"""The learned scorer: what the acoustic model says about each expected phone, judged in the context of its sentence.

A small transformer over the phones of a sentence with one token for each sentence score, after GOPT (Gong et al., "Transformer-based
multi-aspect multi-granularity non-native English speaker pronunciation assessment", ICASSP 2022), fed with segment averages of the
encoder besides the posteriors. All tensors of a batch are [batch, …]; a single sentence is a batch of one.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

WORD_SCORES = ("accuracy", "stress", "total")
SENTENCE_SCORES = ("accuracy", "fluency", "prosodic", "total")
EDGE_FRAMES = 25  # Context kept around a sentence; longer silences at its ends count as this much.
FLOOR = -12.0  # Natural logs below say nothing more.
_POSITIONS = 10  # Positions in a word that are told apart, from either end.
_LONGEST = 128  # Positions in a sentence that are told apart.
FRAME_SECONDS = 0.012
PHONE_SCALE, WORD_SCALE = 1.0, 5.0  # The net works on 0–2 throughout; words and sentences are rated 0–10.


@dataclass(frozen=True, kw_only=True)
class ScorerSpec:
    feature_width: int = 288
    classes: int = 40
    width: int = 96
    layers: int = 3
    heads: int = 4
    dropout: float = 0.1
    ear: bool = False  # Whether what the ear heard is part of what a member reads.


def descriptor_width(spec: ScorerSpec) -> int:
    """Columns of `describe`."""
    return 2 * spec.feature_width + 3 * spec.classes + 5 + 8


def input_width(spec: ScorerSpec) -> int:
    """Columns of what a member reads: the description, and with an ear its `evidence`."""
    return descriptor_width(spec) + (spec.classes + 4 if spec.ear else 0)


def on_raters_scales(phone: Tensor, word: Tensor, sentence: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """What a net says, 0–2 but for noise, as marks: phones 0–2, words and sentences 0–10."""
    return (phone * PHONE_SCALE).clamp(0, 2), (word * WORD_SCALE).clamp(0, 10), (sentence * WORD_SCALE).clamp(0, 10)


def own_and_margin(logs: Tensor, expected: Tensor) -> tuple[Tensor, Tensor]:
    """Of [phones, classes]: the value of each expected class, and its lead over the best other phone."""
    own = logs.gather(1, expected[:, None])[:, 0]
    column = torch.arange(logs.shape[1], device=logs.device)[None]
    others = (column != expected[:, None]) & (column > 0)
    best = torch.where(others, logs, torch.full_like(logs, -1e4)).amax(1)
    return own, own - best


def word_positions(words: Tensor) -> tuple[Tensor, Tensor]:
    """[phones]: position of each phone in its word, from the front and from the back, at most _POSITIONS − 1."""
    index = torch.arange(words.shape[0], device=words.device)
    same = words[:, None] == words[None]
    front = (same & (index[None] < index[:, None])).sum(1)
    back = (same & (index[None] > index[:, None])).sum(1)
    return front.clamp(max=_POSITIONS - 1), back.clamp(max=_POSITIONS - 1)


def describe(features: Tensor, ctc: Tensor, frames: Tensor, spans: Tensor, phones: Tensor, words: Tensor) -> Tensor:
    """[phones, descriptor_width] of one sentence.

    `features` [T, width]; `ctc` and `frames` [T, classes], natural logs; `spans` [phones, 2] frames [begin, end), the first at most
    EDGE_FRAMES after the beginning; `phones` 0-based ids; `words` which word of the sentence each belongs to.
    """
    begin, end = spans[:, 0], spans[:, 1]
    time = torch.arange(ctc.shape[0], device=ctc.device)[None]
    inside = ((time >= begin[:, None]) & (time < end[:, None])).to(ctc.dtype)
    length = inside.sum(1, keepdim=True)
    average = inside / length
    centre = torch.div(begin + end, 2, rounding_mode="floor")
    expected = phones + 1
    peak = torch.log(inside @ ctc.exp() + 6e-6)  # Expected number of frames with this label; −12 where there is none.
    ctc_mean = average @ ctc.clamp(min=FLOOR)
    frame_mean = average @ frames.clamp(min=FLOOR)
    share = (average @ frames.exp()).gather(1, expected[:, None])[:, 0]
    seconds = torch.log(length[:, 0] * FRAME_SECONDS)
    before = begin - torch.cat((torch.zeros_like(end[:1]), end[:-1]))
    after = torch.cat((begin[1:], torch.full_like(begin[:1], 0) + ctc.shape[0])) - end
    gaps = [torch.log1p(gap.clamp(0, 200).to(ctc.dtype)) for gap in (before, after)]
    front, back = word_positions(words)
    count = torch.log((phones * 0 + 1).sum().to(ctc.dtype))
    whole = torch.log((end[-1] - begin[0]).to(ctc.dtype) * FRAME_SECONDS)
    terms = [
        *own_and_margin(peak, expected),
        *own_and_margin(frame_mean, expected),
        share,
        seconds,
        seconds - seconds.mean(),
        *gaps,
        (front == 0).to(ctc.dtype),
        (back == 0).to(ctc.dtype),
        count.expand_as(seconds),
        whole.expand_as(seconds),
    ]
    return torch.cat((average @ features, features[centre], peak, ctc_mean, frame_mean, torch.stack(terms, 1)), 1)


class Block(nn.Module):
    """A pre-norm transformer layer."""

    def __init__(self, spec: ScorerSpec) -> None:
        super().__init__()
        self.heads, self.dropout = spec.heads, spec.dropout
        self.attention_norm, self.mlp_norm = nn.LayerNorm(spec.width), nn.LayerNorm(spec.width)
        self.qkv, self.out = nn.Linear(spec.width, 3 * spec.width), nn.Linear(spec.width, spec.width)
        self.fc1, self.fc2 = nn.Linear(spec.width, 2 * spec.width), nn.Linear(2 * spec.width, spec.width)

    def attend(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, count, width = x.shape
        q, k, v = self.qkv(x).view(batch, count, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5
        if mask is not None:
            scores = scores.masked_fill(~mask[:, None, None], -1e4)
        weights = F.dropout(scores.softmax(-1), self.dropout, self.training)
        return self.out((weights @ v).transpose(1, 2).reshape(batch, count, width))

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        x = x + F.dropout(self.attend(self.attention_norm(x), mask), self.dropout, self.training)
        return x + F.dropout(self.fc2(F.gelu(self.fc1(self.mlp_norm(x)))), self.dropout, self.training)


class Scorer(nn.Module):
    """One member. `mean` and `scale` standardise what it reads; they are those of the training set."""

    def __init__(self, spec: ScorerSpec = ScorerSpec()) -> None:
        super().__init__()
        self.spec = spec
        self.register_buffer("mean", torch.zeros(input_width(spec)))
        self.register_buffer("scale", torch.ones(input_width(spec)))
        self.reduce = nn.Linear(input_width(spec), spec.width)
        self.phone = nn.Embedding(spec.classes - 1, spec.width)
        self.front, self.back = nn.Embedding(_POSITIONS, spec.width), nn.Embedding(_POSITIONS, spec.width)
        self.place = nn.Parameter(torch.randn(_LONGEST, spec.width) * 0.02)
        self.tokens = nn.Parameter(torch.randn(len(SENTENCE_SCORES), spec.width) * 0.02)
        self.blocks = nn.ModuleList(Block(spec) for _ in range(spec.layers))
        self.norm = nn.LayerNorm(spec.width)
        self.phone_head = nn.Linear(spec.width, 1)
        self.word_head = nn.Linear(2 * spec.width, len(WORD_SCORES))
        self.sentence_head = nn.Linear(len(SENTENCE_SCORES) * spec.width, len(SENTENCE_SCORES))
        nn.init.zeros_(self.sentence_head.weight)
        with torch.no_grad():  # Begin at what is usual, so that the first steps are not spent on it.
            self.phone_head.bias.fill_(1.85)
            self.word_head.bias.fill_(1.7)
            self.sentence_head.bias.fill_(1.4)

    def places(self, index: Tensor) -> Tensor:
        return self.place[index]

    def tokens_for(self, batch: int) -> Tensor:
        return self.tokens[None].expand(batch, -1, -1)

    def forward(
        self, described: Tensor, phones: Tensor, positions: tuple[Tensor, Tensor], members: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Phone [batch, phones], word [batch, words, 3] and sentence scores [batch, 4], all 0–2 but for noise.

        `described` [batch, phones, input_width]; `positions` from word_positions; `members` [batch, words, phones], 1 where a
        phone belongs to a word; `mask` [batch, phones], true where there is one, or None.
        """
        x = self.reduce((described - self.mean) / self.scale)
        x = x + self.phone(phones) + self.front(positions[0]) + self.back(positions[1])
        place = torch.arange(x.shape[1], device=x.device).clamp(max=_LONGEST - 1)
        x = F.dropout(x + self.places(place), self.spec.dropout, self.training)
        tokens = self.tokens_for(x.shape[0])
        everything = torch.cat((tokens, x), 1)
        seen = None if mask is None else torch.cat((torch.ones_like(mask[:, :1]).expand(-1, tokens.shape[1]), mask), 1)
        for block in self.blocks:
            everything = block(everything, seen)
        everything = self.norm(everything)
        tokens, x = everything[:, : tokens.shape[1]], everything[:, tokens.shape[1] :]
        mean = members @ x / members.sum(2, keepdim=True).clamp(min=1.0)
        most = (x[:, None] + (members[..., None] - 1.0) * 1e4).amax(2).clamp(min=-50.0)
        return self.phone_head(x)[..., 0], self.word_head(torch.cat((mean, most), -1)), self.sentence_head(tokens.flatten(1)[:, None])[:, 0]
