"""Small monotone models, fitted in closed form: ridge regression towards a shared solution, then an isotonic curve."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression, lsq_linear


@dataclass(frozen=True, kw_only=True)
class Linear:
    bias: float
    weights: np.ndarray

    def at(self, terms: np.ndarray) -> np.ndarray:
        """terms [n, k] → [n]"""
        return self.bias + terms @ self.weights

    def as_json(self) -> dict:
        return {"bias": round(float(self.bias), 6), "weights": [round(float(w), 6) for w in self.weights]}


@dataclass(frozen=True, kw_only=True)
class Curve:
    """Rising piecewise-linear function, flat outside its points."""

    x: np.ndarray
    y: np.ndarray

    def at(self, values: np.ndarray) -> np.ndarray:
        return np.interp(values, self.x, self.y)

    def as_json(self) -> dict:
        return {"x": [round(float(v), 5) for v in self.x], "y": [round(float(v), 3) for v in self.y]}


def ridge(terms: np.ndarray, target: np.ndarray, strength: float, towards: Linear | None = None) -> Linear:
    """Least squares with a penalty on the distance (in standardised weights and bias) from `towards`, or from zero weights."""
    mean, scale = terms.mean(0), terms.std(0) + 1e-9
    start = towards or Linear(bias=float(target.mean()), weights=np.zeros(terms.shape[1]))
    design = np.column_stack([np.ones(len(terms)), (terms - mean) / scale])
    residual = target - start.at(terms)
    penalty = strength * np.eye(design.shape[1])
    if towards is None:
        penalty[0, 0] = 0.0
    change = np.linalg.solve(design.T @ design + penalty, design.T @ residual)
    weights = change[1:] / scale
    return Linear(bias=start.bias + float(change[0] - weights @ mean), weights=start.weights + weights)


def signed(terms: np.ndarray, target: np.ndarray, signs: tuple[int, ...]) -> Linear:
    """Least squares in which the weight of each term is 0 or has the given sign (1 or −1), whatever the sample says."""
    mean, scale = terms.mean(0), terms.std(0) + 1e-9
    direction = np.array(signs, dtype=float)
    fitted = lsq_linear((terms - mean) / scale * direction, target - target.mean(), bounds=(0.0, np.inf))
    weights = fitted.x * direction / scale
    return Linear(bias=float(target.mean() - weights @ mean), weights=weights)


LOW_TAIL = (0.0, 0.001, 0.003, 0.01, 0.02)  # Quantiles: poor readings are rare, and what matters happens among them.


def rising_curve(values: np.ndarray, target: np.ndarray, points: int = 24, zero: float | None = None) -> Curve:
    """Isotonic regression of target on values, thinned to bins between quantiles; strictly increasing x. `zero`: the value that
    deserves 0 by definition, where there is one."""
    order = np.argsort(values, kind="stable")
    fitted = isotonic_regression(target[order]).x
    edges = np.unique(np.round(np.concatenate([LOW_TAIL, np.arange(1, points + 1) / points]) * len(order)).astype(int))
    bins = [np.arange(low, high) for low, high in itertools.pairwise(edges)]
    x = np.array([values[order][b].mean() for b in bins])
    y = np.array([fitted[b].mean() for b in bins])
    if zero is not None and zero < x[0]:
        x, y = np.concatenate([[zero], x]), np.concatenate([[0.0], y])
    keep = np.concatenate([[True], np.diff(x) > 1e-4])
    return Curve(x=x[keep], y=np.maximum.accumulate(y[keep]))


def straight_curve(low: float = 0.0, high: float = 100.0) -> Curve:
    return Curve(x=np.array([low, high]), y=np.array([low, high]))


def edge_matching(scores: np.ndarray, labels: np.ndarray, label_edge: float) -> float:
    """The score under which as many fall as have a human label under `label_edge`."""
    return float(np.quantile(scores, (labels < label_edge).mean()))


def best_f1_threshold(scores: np.ndarray, positive: np.ndarray) -> float:
    """The score under which flagging finds `positive` with the best F1."""
    order = np.argsort(scores, kind="stable")
    hits = np.cumsum(positive[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + positive.sum())
    best = int(np.argmax(f1))
    return float(scores[order][min(best + 1, len(order) - 1)])


def pearson(a: np.ndarray, b: np.ndarray) -> float:
    """0 where one of them does not vary."""
    a, b = a - a.mean(), b - b.mean()
    norm = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / norm if norm > 0 else 0.0


def speaker_interval(speakers: np.ndarray, a: np.ndarray, b: np.ndarray, rounds: int = 500, seed: int = 1) -> list[float]:
    """95 % interval of the correlation, by bootstrap over speakers."""
    rng = np.random.default_rng(seed)
    groups = [np.flatnonzero(speakers == s) for s in np.unique(speakers)]
    draws = []
    for _ in range(rounds):
        rows = np.concatenate([groups[i] for i in rng.integers(len(groups), size=len(groups))])
        draws.append(pearson(a[rows], b[rows]))
    return [round(float(v), 4) for v in np.percentile(draws, [2.5, 97.5])]
