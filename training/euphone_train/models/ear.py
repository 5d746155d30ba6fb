"""The ear: what was said where each phone was expected, and what was said after it that nobody expected.

It reads the same descriptions as the scorer (`describe`), each phone's with those of its two neighbours: a phone that was left out shows
in theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from euphone_train.models.scorer import ScorerSpec, descriptor_width, own_and_margin

_LEAST = -8.0  # Natural logs below say nothing more to the scorer.


@dataclass(frozen=True, kw_only=True)
class EarSpec:
    feature_width: int = 288
    classes: int = 40
    width: int = 96
    dropout: float = 0.1


def _described(spec: EarSpec) -> int:
    return descriptor_width(ScorerSpec(feature_width=spec.feature_width, classes=spec.classes))


def with_neighbours(x: Tensor) -> Tensor:
    """[batch, phones, width] → [batch, phones, 3 · width]: the one before, itself, the one after; zeros beyond the ends."""
    nothing = torch.zeros_like(x[:, :1])
    return torch.cat((torch.cat((nothing, x[:, :-1]), 1), x, torch.cat((x[:, 1:], nothing), 1)), 2)


class Ear(nn.Module):
    """`mean` and `scale` standardise the descriptions. `sharpness` and `trust` are fitted on learners that it did not learn from: the
    errors that it learned from are more frequent than real ones, so the expected phone is given `trust` (natural log) more."""

    def __init__(self, spec: EarSpec = EarSpec()) -> None:
        super().__init__()
        self.spec = spec
        self.register_buffer("mean", torch.zeros(_described(spec)))
        self.register_buffer("scale", torch.ones(_described(spec)))
        self.register_buffer("sharpness", torch.ones(()))
        self.register_buffer("trust", torch.zeros(()))
        self.reduce = nn.Linear(_described(spec), spec.width)
        self.phone = nn.Embedding(spec.classes - 1, spec.width)
        self.mix = nn.Linear(3 * spec.width, spec.width)
        self.said, self.extra = nn.Linear(spec.width, spec.classes), nn.Linear(spec.width, spec.classes)
        self.direct = nn.Linear(3 * spec.classes, spec.classes)

    def forward(self, described: Tensor, phones: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Natural logarithms [batch, phones, classes] of what was said in place of each phone (class 0: nothing), before `sharpness`
        and `trust`, and of what was added after it. `described` [batch, phones, descriptor_width]; `mask` true where there is a phone.
        """
        rows = (described - self.mean) / self.scale
        x = F.gelu(self.reduce(rows) + self.phone(phones))
        if mask is not None:
            x = x * mask[..., None]
        x = F.dropout(x, self.spec.dropout, self.training)
        x = F.dropout(F.gelu(self.mix(with_neighbours(x))), self.spec.dropout, self.training)
        begin = 2 * self.spec.feature_width
        posteriors = rows[..., begin : begin + 3 * self.spec.classes]
        return (self.said(x) + self.direct(posteriors)).log_softmax(-1), self.extra(x).log_softmax(-1)

    def evidence(self, described: Tensor, phones: Tensor) -> Tensor:
        """[batch, phones, classes + 4] for the scorer: `said`; of the expected phone its own value and its lead over the best other
        phone; that nothing was said, and that nothing was added."""
        said, extra = self(described, phones)
        shape = phones.shape
        own, lead = own_and_margin(said.flatten(0, 1), phones.flatten() + 1)
        terms = torch.stack((own, lead.clamp(max=-_LEAST), said[..., 0].flatten(), extra[..., 0].flatten()), -1)
        return torch.cat((said, terms.view(*shape, 4)), -1).clamp(min=_LEAST)

    def settled(self, said: Tensor, phones: Tensor) -> Tensor:
        """`said` as people may read it: with `sharpness` and `trust`."""
        column = torch.arange(self.spec.classes, device=said.device)
        expected = (column == phones[..., None] + 1).to(said.dtype)
        return (said * self.sharpness + expected * self.trust).log_softmax(-1)
