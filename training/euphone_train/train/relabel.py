"""Lets a half-trained model choose pronunciations: which variant was read, and how an unknown word sounds."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from euphone_train.data.lexicon import Lexicon, Pronunciation


def choose_variants(log_probs: torch.Tensor, words: list[list[Pronunciation]]) -> tuple[int, ...]:
    """log_probs [frames, 40]. Starts at the first variants; takes every single change that raises the likelihood."""
    chosen = [variants[0] for variants in words]
    trials = [(i, v) for i, variants in enumerate(words) for v in variants[1:]]
    sequences = [chosen] + [[*chosen[:i], v, *chosen[i + 1 :]] for i, v in trials]
    flat = [[p for word in sequence for p in word] for sequence in sequences]
    loss = F.ctc_loss(
        log_probs[:, None].expand(-1, len(flat), -1).contiguous(),
        torch.tensor([p for s in flat for p in s]),
        torch.full((len(flat),), len(log_probs)),
        torch.tensor([len(s) for s in flat]),
        reduction="none",
    )
    best = {i: (float(loss[0]) - 0.5, chosen[i]) for i, _ in trials}
    for (i, variant), value in zip(trials, loss[1:].tolist(), strict=True):
        if value < best[i][0]:
            best[i] = (value, variant)
    return tuple(p for i, word in enumerate(chosen) for p in (best[i][1] if i in best else word))


def spell_unknown(heard: list[int], words: list[list[Pronunciation]]) -> list[list[Pronunciation]] | None:
    """Fills each word without a pronunciation with what was heard between its neighbours.

    `heard` is the greedy decoding. Levenshtein alignment of the known phones (first variants) in which phones
    heard inside an unknown word cost nothing up to twelve. None when a word would stay silent.
    """
    reference: list[int] = []
    for variants in words:
        reference.extend(variants[0] if variants else [-1])
    rows, columns = len(reference) + 1, len(heard) + 1
    cost = np.full((rows, columns), np.inf)
    cost[0] = np.arange(columns)
    step = np.zeros((rows, columns), dtype=np.int8)  # 0 up (deleted), 1 diagonal, 2 left (inserted)
    step[0] = 2
    for i, phone in enumerate(reference, 1):
        free = phone == -1
        for j in range(columns):
            options = [cost[i - 1, j] + (3.0 if free else 1.0)]
            if j:
                same = free or heard[j - 1] == phone
                options.append(cost[i - 1, j - 1] + (0.0 if same else 1.0))
                options.append(cost[i, j - 1] + (0.1 if free else 1.0))
            step[i, j] = int(np.argmin(options))
            cost[i, j] = options[step[i, j]]
    owners: dict[int, list[int]] = {}
    i, j = rows - 1, columns - 1
    while i or j:
        move = step[i, j]
        if move and i and reference[i - 1] == -1:
            owners.setdefault(i - 1, []).insert(0, heard[j - 1])
        i, j = i - (move != 2), j - (move != 0)
    filled, position = [], 0
    for variants in words:
        if variants:
            filled.append(variants)
            position += len(variants[0])
            continue
        spelled = owners.get(position, [])
        if not 2 <= len(spelled) <= 14:
            return None
        filled.append([tuple(spelled)])
        position += 1
    return filled


def readings(lexicon: Lexicon, text: str) -> list[list[Pronunciation]]:
    """Variants of every word; an unknown word has none."""
    return [lexicon.variants(w) for w in text.split()]


def split_words(flat: tuple[int, ...], words: list[list[Pronunciation]]) -> list[Pronunciation] | None:
    """Cuts a phone sequence back into words, each one of its variants; an unknown word may be any 2 to 14 phones."""
    reach: list[dict[int, int]] = [{0: -1}]  # per word: end position -> start position
    for variants in words:
        ends: dict[int, int] = {}
        for start in reach[-1]:
            if variants:
                stops = [start + len(v) for v in variants if flat[start : start + len(v)] == v]
            else:
                stops = range(start + 2, min(start + 14, len(flat)) + 1)
            for stop in stops:
                ends.setdefault(stop, start)
        reach.append(ends)
    if len(flat) not in reach[-1]:
        return None
    stop, cut = len(flat), []
    for ends in reversed(reach[1:]):
        cut.append(flat[ends[stop] : stop])
        stop = ends[stop]
    return cut[::-1]
