"""How far the raters of a corpus agree with each other: each against the mean of the others, as far as a scorer can be expected to come."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from euphone_train.calibrate.fit import pearson
from euphone_train.data.splits import ADULT_AGE
from euphone_train.models.scorer import SENTENCE_SCORES


def one_against_the_others(marks: np.ndarray) -> float:
    """`marks` [items, raters]: mean correlation of a rater with the mean of all others."""
    others = (marks.sum(1, keepdims=True) - marks) / (marks.shape[1] - 1)
    return float(np.mean([pearson(marks[:, i], others[:, i]) for i in range(marks.shape[1])]))


def agreement(corpus: Path) -> dict[str, dict[str, dict[str, float]]]:
    """By group of age and level: that correlation, and the variance of the mean mark (0–10). Needs each rater's own marks."""
    entries = [json.loads(line) for line in (corpus / "scores.jsonl").read_text(encoding="utf-8").splitlines()]
    groups = {
        "all": entries,
        "children": [e for e in entries if e["age"] < ADULT_AGE],
        "adults": [e for e in entries if e["age"] >= ADULT_AGE],
    }
    found: dict = {}
    for group, members in groups.items():
        words = [w["raters"]["accuracy"] for e in members for w in e["words"]]
        tables = {"word accuracy": np.array([w for w in words if len(w) == len(words[0])])}
        tables |= {f"sentence {name}": np.array([e["raters"][name] for e in members]) for name in SENTENCE_SCORES}
        found[group] = {
            level: {"agreement": round(one_against_the_others(t), 4), "variance": round(float(t.mean(1).var()), 3)}
            for level, t in tables.items()
        }
    return found
