"""Phone error rate of greedy CTC decoding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from euphone_train.data.lexicon import Pronunciation


def greedy(log_probs: np.ndarray) -> list[int]:
    """Best class per frame [frames, 40], repeats merged, blanks (0) dropped."""
    best = log_probs.argmax(-1)
    kept = best[np.r_[True, best[1:] != best[:-1]]]
    return [int(c) for c in kept if c]


def _advance(row: np.ndarray, phone: int, heard: np.ndarray) -> np.ndarray:
    """Next row of the edit-distance table after one more reference phone."""
    out = np.minimum(row + 1, np.r_[row[0] + 1, row[:-1] + (heard != phone)])
    position = np.arange(len(out))
    return np.minimum.accumulate(out - position) + position


def edits(words: list[list[Pronunciation]], heard: list[int]) -> tuple[int, int]:
    """Fewest edits from any reading of `words` (one variant per word) to `heard`, and that reading's length.

    With one variant per word this is the plain Levenshtein distance. Ties go to the longer reading.
    """
    sound = np.array(heard, dtype=np.int64)
    row = np.arange(len(heard) + 1, dtype=np.float64)  # edits − 1e-6 × reference phones so far
    for variants in words:
        rows = []
        for variant in variants:
            r = row
            for phone in variant:
                r = _advance(r, phone, sound) - 1e-6
            rows.append(r)
        row = np.min(rows, axis=0)
    count = int(np.ceil(row[-1] - 1e-9))
    return count, round((count - row[-1]) * 1e6)


@dataclass(frozen=True, kw_only=True)
class PhoneError:
    """`first`: against each word's first pronunciation. `any`: against the nearest of all its pronunciations."""

    first: float
    any: float
    phones: int
    utterances: int


def phone_error(references: list[list[list[Pronunciation]]], heard: list[list[int]]) -> PhoneError:
    first = [edits([v[:1] for v in words], h) for words, h in zip(references, heard, strict=True)]
    nearest = [edits(words, h) for words, h in zip(references, heard, strict=True)]
    return PhoneError(
        first=sum(e for e, _ in first) / sum(n for _, n in first),
        any=sum(e for e, _ in nearest) / sum(n for _, n in nearest),
        phones=sum(n for _, n in first),
        utterances=len(heard),
    )
