"""Padded batches of sentences for the ear."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from euphone_train.diagnose.spoken import Spoken
from euphone_train.diagnose.synthesis import UNKNOWN
from euphone_train.models.ear import Ear

WRONG = 0.5  # Marks below (of 2): whatever was said, it was not the expected phone.


@dataclass(frozen=True, kw_only=True)
class Batch:
    described: Tensor  # [batch, phones, descriptor_width]
    phones: Tensor  # [batch, phones]
    mask: Tensor  # [batch, phones], true where there is one
    said: Tensor  # [batch, phones], UNKNOWN where nobody knows, and in the padding
    extra: Tensor
    disliked: Tensor  # [batch, phones], true where raters marked a phone wrong


def collate(sentences: list[Spoken]) -> Batch:
    shape = len(sentences), max(len(s.phones) for s in sentences)
    batch = Batch(
        described=torch.zeros(*shape, sentences[0].described.shape[1]),
        phones=torch.zeros(*shape, dtype=torch.int64),
        mask=torch.zeros(*shape, dtype=torch.bool),
        said=torch.full(shape, UNKNOWN),
        extra=torch.full(shape, UNKNOWN),
        disliked=torch.zeros(*shape, dtype=torch.bool),
    )
    for i, s in enumerate(sentences):
        n = len(s.phones)
        batch.described[i, :n] = torch.from_numpy(s.described.astype(np.float32))
        batch.phones[i, :n], batch.mask[i, :n] = torch.from_numpy(s.phones), True
        batch.said[i, :n], batch.extra[i, :n] = torch.from_numpy(s.said), torch.from_numpy(s.extra)
        batch.disliked[i, :n] = torch.from_numpy(np.nan_to_num(s.marks, nan=2.0) < WRONG)
    return batch


def losses(ear: Ear, b: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Mean natural-log losses: what was said; what was added; of phones marked wrong, that the expected one was not said."""
    said, extra = ear(b.described, b.phones, b.mask)
    known, told = b.said != UNKNOWN, b.extra != UNKNOWN
    expected = said.gather(-1, b.phones[..., None] + 1)[..., 0]
    others = torch.log1p(-expected.exp().clamp(max=1 - 1e-6))
    return (
        F.nll_loss(said[known], b.said[known]),
        F.nll_loss(extra[told], b.extra[told]),
        -(others * b.disliked).sum() / known.sum(),
    )


@torch.no_grad()
def hear(ear: Ear, sentences: list[Spoken], size: int = 50) -> tuple[np.ndarray, np.ndarray]:
    """Natural logarithms [phones of all sentences, classes], before `sharpness` and `trust`: said, extra."""
    ear.eval()
    said, extra = [], []
    for start in range(0, len(sentences), size):
        part = sentences[start : start + size]
        b = collate(part)
        tables = ear(b.described, b.phones, b.mask)
        for i, s in enumerate(part):
            said.append(tables[0][i, : len(s.phones)].numpy())
            extra.append(tables[1][i, : len(s.phones)].numpy())
    return np.concatenate(said), np.concatenate(extra)
