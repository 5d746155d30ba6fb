"""The ear against the plain reading of the CTC posteriors, on learners that neither it nor the acoustic model has heard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from euphone_train.diagnose.batches import WRONG
from euphone_train.diagnose.settle import ACCEPTED, Settled, fit, settle
from euphone_train.diagnose.spoken import Spoken
from euphone_train.diagnose.synthesis import KINDS, UNKNOWN

FALSE_CLAIMS = 0.02  # Both are compared where they call so many right phones something else.
_BINS = 10


@dataclass(frozen=True, kw_only=True)
class Truth:
    """Of every phone of some sentences, in step."""

    phones: np.ndarray
    said: np.ndarray
    extra: np.ndarray
    kinds: np.ndarray
    marks: np.ndarray

    @classmethod
    def of(cls, sentences: list[Spoken]) -> Truth:
        return cls(**{name: np.concatenate([getattr(s, name) for s in sentences]) for name in cls.__dataclass_fields__})


def plain_logs(sentences: list[Spoken]) -> np.ndarray:
    """The plain reading as natural logarithms: nothing, and what is left shared by the phones."""
    table = np.concatenate([s.plain for s in sentences]).astype(np.float64)
    table[:, 1:] *= 1.0 - table[:, :1]
    return np.log(np.maximum(table, 1e-5))


def trust_for(said: np.ndarray, truth: Truth) -> float:
    """What to add to the expected phone so that FALSE_CLAIMS of the right ones are called something else."""
    right = (truth.kinds == 0) & (truth.said == truth.phones + 1)
    rows = np.flatnonzero(right)
    own = said[rows, truth.phones[rows] + 1]
    others = said[rows].copy()
    others[np.arange(len(rows)), truth.phones[rows] + 1] = -np.inf
    return float(np.quantile(others.max(1) - own, 1 - FALSE_CLAIMS))


def claims(said: np.ndarray, truth: Truth) -> dict[str, float]:
    """Shares of what was made up that is told exactly, and of real errors that are noticed, at FALSE_CLAIMS."""
    best = settle(said.copy(), truth.phones, Settled(1.0, trust_for(said, truth))).argmax(1)
    told = {k: truth.kinds == KINDS.index(k) for k in ("substituted", "dropped")}
    shares = {f"{k} told": float((best == truth.said)[rows].mean()) for k, rows in told.items()}
    noticed = best != truth.phones + 1
    return shares | {
        "substituted noticed": float(noticed[told["substituted"]].mean()),
        "dropped noticed": float(noticed[told["dropped"]].mean()),
        "marked wrong noticed": float(noticed[truth.marks < WRONG].mean()),
        "marked right claimed": float(noticed[(truth.marks >= ACCEPTED) & (truth.kinds == 0)].mean()),
    }


def calibration_error(probability: np.ndarray, true: np.ndarray) -> float:
    """Expected calibration error over bins of equal count, 0–1."""
    order = np.argsort(probability, kind="stable")
    gaps = [(abs(probability[b].mean() - true[b].mean()), len(b)) for b in np.array_split(order, _BINS)]
    return float(sum(gap * count for gap, count in gaps) / len(order))


def settled_error(said: np.ndarray, truth: Truth, by: Settled) -> float:
    """How far the probability of the expected phone is off, for phones that raters took for it or for another."""
    clear = (truth.kinds == 0) & ((truth.marks >= ACCEPTED) | (truth.marks < WRONG))
    rows = np.flatnonzero(clear)
    expected = np.exp(settle(said[rows].copy(), truth.phones[rows], by)[np.arange(len(rows)), truth.phones[rows] + 1])
    return calibration_error(expected, (truth.marks[rows] >= ACCEPTED).astype(float))


def added(extra: np.ndarray, truth: Truth) -> dict[str, float]:
    """Sounds that were added: told exactly where the threshold claims FALSE_CLAIMS of the places where there was none."""
    known = truth.extra != UNKNOWN
    none = known & (truth.extra == 0) & (truth.kinds == 0)
    lead = extra[:, 1:].max(1) - extra[:, 0]
    edge = np.quantile(lead[none], 1 - FALSE_CLAIMS)
    was = truth.extra > 0
    found = lead[was] > edge
    return {
        "added told": float((found & (extra[was, 1:].argmax(1) + 1 == truth.extra[was])).mean()),
        "added noticed": float(found.mean()),
    }


def compare(said: np.ndarray, extra: np.ndarray, sentences: list[Spoken], by: Settled, plain_by: Settled) -> dict[str, dict]:
    truth, plain = Truth.of(sentences), plain_logs(sentences)
    return {
        "ear": claims(said, truth) | {"calibration error": settled_error(said, truth, by)} | added(extra, truth),
        "plain": claims(plain, truth)
        | {
            "calibration error": settled_error(plain, truth, plain_by),
            "calibration error as it is": settled_error(plain, truth, Settled(1.0, 0.0)),
        },
        "counts": {k: int((truth.kinds == i).sum()) for i, k in enumerate(KINDS)} | {"marked wrong": int((truth.marks < WRONG).sum())},
    }


def plain_settled(sentences: list[Spoken]) -> Settled:
    """The plain reading with a temperature of its own, fitted on others than those it is judged on."""
    truth = Truth.of(sentences)
    return fit(plain_logs(sentences), truth.phones, np.where(truth.kinds == 0, truth.marks, 1.0))
