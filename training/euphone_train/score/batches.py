"""Padded batches of described sentences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from euphone_train.models.scorer import WORD_SCALE, word_positions
from euphone_train.score.segments import Sentence


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What Scorer.forward takes, and the labels brought to 0–2; `phone_mask` and `word_mask` tell padding."""

    described: Tensor
    phones: Tensor
    positions: tuple[Tensor, Tensor]
    members: Tensor
    phone_mask: Tensor
    word_mask: Tensor
    phone_labels: Tensor
    word_labels: Tensor
    labels: Tensor

    def read(self) -> tuple[Tensor, Tensor, tuple[Tensor, Tensor], Tensor, Tensor]:
        """The arguments of Scorer.forward."""
        return self.described, self.phones, self.positions, self.members, self.phone_mask

    def to(self, device: torch.device) -> Batch:
        moved = {k: tuple(t.to(device) for t in v) if isinstance(v, tuple) else v.to(device) for k, v in vars(self).items()}
        return Batch(**moved)


def collate(sentences: list[Sentence]) -> Batch:
    count, phones = len(sentences), max(len(s.phones) for s in sentences)
    words = max(len(s.word_labels) for s in sentences)
    batch = Batch(
        described=torch.zeros(count, phones, sentences[0].described.shape[1]),
        phones=torch.zeros(count, phones, dtype=torch.int64),
        positions=(torch.zeros(count, phones, dtype=torch.int64), torch.zeros(count, phones, dtype=torch.int64)),
        members=torch.zeros(count, words, phones),
        phone_mask=torch.zeros(count, phones, dtype=torch.bool),
        word_mask=torch.zeros(count, words, dtype=torch.bool),
        phone_labels=torch.zeros(count, phones),
        word_labels=torch.zeros(count, words, 3),
        labels=torch.from_numpy(np.stack([s.labels for s in sentences])) / WORD_SCALE,
    )
    for i, s in enumerate(sentences):
        n, w = len(s.phones), len(s.word_labels)
        batch.described[i, :n] = torch.from_numpy(s.described.astype(np.float32))
        batch.phones[i, :n] = torch.from_numpy(s.phones)
        of_word = torch.from_numpy(s.words)
        for target, position in zip(batch.positions, word_positions(of_word), strict=True):
            target[i, :n] = position
        batch.members[i, of_word, torch.arange(n)] = 1.0
        batch.phone_mask[i, :n], batch.word_mask[i, :w] = True, True
        batch.phone_labels[i, :n] = torch.from_numpy(s.phone_labels)
        batch.word_labels[i, :w] = torch.from_numpy(s.word_labels) / WORD_SCALE
    return batch


def shuffled(sentences: list, size: int, rng: np.random.Generator) -> list[list]:
    """Batches of like lengths, in random order, of whatever has `phones`."""
    order = sorted(sentences, key=lambda s: len(s.phones) * rng.uniform(0.8, 1.25))
    batches = [order[i : i + size] for i in range(0, len(order), size)]
    return [batches[i] for i in rng.permutation(len(batches))]
