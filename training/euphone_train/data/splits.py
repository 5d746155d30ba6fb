"""Speaker splits, fixed once in files: a speaker is never on both sides."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path

from euphone_train.data.corpora import Utterance

SPLITS = Path(__file__).resolve().parents[2] / "splits"
FOLDS = 5
ADULT_AGE = 16


def native_dev_speakers() -> frozenset[str]:
    """Speakers of mini LibriSpeech that no training run may see."""
    return frozenset(json.loads((SPLITS / "native_dev.json").read_text())["speakers"])


def learner_folds() -> list[frozenset[str]]:
    """The speechocean762 training speakers in FOLDS disjoint groups."""
    return [frozenset(f) for f in json.loads((SPLITS / "so762_folds.json").read_text())["folds"]]


def fold_name(fold: int | None) -> str:
    """Of the runs and bundles that leave out a fold's learners; without one, of those that learn from all."""
    return "all" if fold is None else f"fold{fold}"


def left_out(fold: int | None) -> frozenset[str]:
    """The learners of a fold; without one, nobody."""
    return frozenset() if fold is None else learner_folds()[fold]


def parted(items: list, fold: int | None) -> tuple[list, list]:
    """(to learn from, held out) of whatever has a `speaker`."""
    held_out = left_out(fold)
    return [x for x in items if x.speaker not in held_out], [x for x in items if x.speaker in held_out]


def deal_folds(utterances: list[Utterance], seed: int) -> list[list[str]]:
    """Deals speakers to folds in turn within each age group and gender, after a seeded shuffle."""
    groups = defaultdict(set)
    for u in utterances:
        groups[(u.age is not None and u.age >= ADULT_AGE, u.gender)].add(u.speaker)
    folds: list[list[str]] = [[] for _ in range(FOLDS)]
    turn, rng = 0, random.Random(seed)
    for key in sorted(groups, key=str):
        speakers = sorted(groups[key])
        rng.shuffle(speakers)
        for speaker in speakers:
            folds[turn % FOLDS].append(speaker)
            turn += 1
    return [sorted(f) for f in folds]


def nested_subsets(utterances: list[Utterance], shares: tuple[float, ...], seed: int) -> list[frozenset[str]]:
    """A random part of the speakers for each of the `shares` (0–1), each inside the larger ones, children and adults as in the whole."""
    child = {u.speaker: u.age is not None and u.age < ADULT_AGE for u in utterances}
    rng, groups = random.Random(seed), {True: [], False: []}
    for speaker in sorted(child):
        groups[child[speaker]].append(speaker)
    for group in groups.values():
        rng.shuffle(group)
    subsets = []
    for share in shares:
        count = round(share * len(child))
        children = round(count * len(groups[True]) / len(child))
        subsets.append(frozenset(groups[True][:children] + groups[False][: count - children]))
    return subsets


def draw_native_dev(utterances: list[Utterance], seed: int, share: float = 0.1, count: int = 3) -> list[str]:
    """`count` speakers of both genders whose utterances make up about `share` of all; seeded."""
    per_speaker, gender = defaultdict(int), {}
    for u in utterances:
        per_speaker[u.speaker] += 1
        gender[u.speaker] = u.gender
    rng, best = random.Random(seed), None
    for _ in range(200):
        draw = sorted(rng.sample(sorted(per_speaker), count))
        if len({gender[s] for s in draw}) < 2:
            continue
        gap = abs(sum(per_speaker[s] for s in draw) / len(utterances) - share)
        if best is None or gap < best[0]:
            best = (gap, draw)
    assert best is not None
    return best[1]
