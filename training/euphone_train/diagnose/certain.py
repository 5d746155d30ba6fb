"""When a phone or word may be called right or wrong: the `diagnosis` section of calibration.json, and how well it keeps its word.

Two logistic models over what the program says of an item give the probability that the raters call it right, and wrong; from where on
that is claimed follows from the targets. What neither model claims is 'not sure'.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RIGHT_TARGET, WRONG_TARGET = 0.97, 0.92  # Of the claims of each kind, the share to agree with the raters; 0.95 of all is promised.
RIGHT_LEAST, WRONG_LEAST = 0.8, 0.5  # Whatever the share: nothing is claimed that is less likely than this.
PHONE_TERMS = ("score", "expected", "uncertainty", "log_duration", "word_accuracy")
WORD_TERMS = ("accuracy", "lowest_phone", "uncertainty")
PHONE_EDGES, WORD_EDGES = (1.0, 1.5), (5.0, 5.0)  # Marks: wrong below the first, right from the second on.
ODDS_LIMIT = 5.0
NEVER = 1.01  # Where no edge keeps the target, nothing is claimed.
_NEWTON_STEPS = 25
NAMING = {"name_from": 0.5, "nothing_from": 0.5, "shortest_s": 0.03}
LEAST_SNR_DB = 5.0


@dataclass(frozen=True, kw_only=True)
class Logistic:
    bias: float
    weights: np.ndarray

    def at(self, terms: np.ndarray) -> np.ndarray:
        return 1.0 / (1.0 + np.exp(-(self.bias + terms @ self.weights)))

    def as_json(self) -> dict:
        return {"bias": round(self.bias, 6), "weights": [round(float(w), 6) for w in self.weights]}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Of phones or of words."""

    right: Logistic
    wrong: Logistic
    right_from: float
    wrong_from: float

    def claims(self, terms: np.ndarray) -> np.ndarray:
        """1 right, −1 wrong, 0 not sure. Where both could be claimed, neither is."""
        right, wrong = self.right.at(terms) >= self.right_from, self.wrong.at(terms) >= self.wrong_from
        return right.astype(int) - wrong.astype(int)

    def as_json(self, terms: tuple[str, ...]) -> dict:
        return {
            "terms": list(terms),
            "right": self.right.as_json(),
            "wrong": self.wrong.as_json(),
            "right_from": round(self.right_from, 4),
            "wrong_from": round(self.wrong_from, 4),
        }


def logistic(terms: np.ndarray, target: np.ndarray, strength: float = 1e-4) -> Logistic:
    """The most likely one, by Newton's method on standardised terms; `strength` holds their weights down a little."""
    mean, scale = terms.mean(0), terms.std(0) + 1e-9
    design = np.column_stack([np.ones(len(terms)), (terms - mean) / scale])
    penalty = strength * np.diag([0.0] + [1.0] * terms.shape[1])
    found = np.zeros(design.shape[1])
    for _ in range(_NEWTON_STEPS):
        said = 1.0 / (1.0 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (said - target) / len(target) + penalty @ found
        curvature = (design * (said * (1 - said))[:, None]).T @ design / len(target) + penalty
        found -= np.linalg.solve(curvature + 1e-9 * np.eye(len(found)), slope)
    weights = found[1:] / scale
    return Logistic(bias=float(found[0] - weights @ mean), weights=weights)


def edge_for(probability: np.ndarray, target: float) -> float:
    """The lowest probability from which on the mean probability is at least `target`; NEVER where there is none. (Counting those that
    are true instead would hang on a handful of the rarest items.)"""
    falling = np.sort(probability)[::-1]
    enough = np.flatnonzero(np.cumsum(falling) >= target * np.arange(1, len(falling) + 1))
    return float(falling[enough[-1]]) if len(enough) else NEVER


def rule_for(terms: np.ndarray, marks: np.ndarray, edges: tuple[float, float]) -> Rule:
    is_wrong, is_right = marks < edges[0], marks >= edges[1]
    right, wrong = logistic(terms, is_right.astype(float)), logistic(terms, is_wrong.astype(float))
    return Rule(
        right=right,
        wrong=wrong,
        right_from=max(RIGHT_LEAST, edge_for(right.at(terms), RIGHT_TARGET)),
        wrong_from=max(WRONG_LEAST, edge_for(wrong.at(terms), WRONG_TARGET)),
    )


def agreeing(claims: np.ndarray, marks: np.ndarray, edges: tuple[float, float]) -> np.ndarray:
    """Of each item whether the raters agree with what is claimed of it; meaningless where nothing is."""
    return np.where(claims > 0, marks >= edges[1], marks < edges[0])


def kept(claims: np.ndarray, marks: np.ndarray, edges: tuple[float, float], speakers: np.ndarray, rounds: int = 1000) -> dict:
    """Shares of what is claimed, and of that what the raters agree with, with its 95 % interval over speakers."""
    certain, agrees = claims != 0, agreeing(claims, marks, edges)
    names, of = np.unique(speakers, return_inverse=True)
    sums = np.stack([np.bincount(of, certain, len(names)), np.bincount(of, certain & agrees, len(names))])
    draws = np.random.default_rng(1).integers(len(names), size=(rounds, len(names)))
    told = sums[:, draws].sum(2)
    return {
        "items": len(claims),
        "share": round(float(certain.mean()), 4),
        "agreement": round(float(agrees[certain].mean()), 4),
        "interval": [round(float(v), 4) for v in np.percentile(told[1] / told[0], [2.5, 97.5])],
    } | {
        name: {
            "claimed": int((claims == claim).sum()),
            "agreement": round(float(agrees[claims == claim].mean()), 4) if (claims == claim).any() else None,
            "found": round(float((claims[members] == claim).mean()), 4),
        }
        for name, claim, members in (("right", 1, marks >= edges[1]), ("wrong", -1, marks < edges[0]))
    }
