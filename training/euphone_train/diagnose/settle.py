"""From probabilities learned on made-up errors to ones that hold for learners: `sharpness` and `trust`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from euphone_train.diagnose.batches import WRONG

ACCEPTED = 1.5  # Marks from here on (of 2): the raters took it for the expected phone.


class Settled(NamedTuple):
    sharpness: float
    trust: float


def log_softmax(table: np.ndarray) -> np.ndarray:
    peak = table.max(1, keepdims=True)
    return table - peak - np.log(np.exp(table - peak).sum(1, keepdims=True))


def settle(said: np.ndarray, phones: np.ndarray, by: Settled) -> np.ndarray:
    """As Ear.settled: natural logarithms [phones, classes] → the same."""
    table = said * by.sharpness
    table[np.arange(len(phones)), phones + 1] += by.trust
    return log_softmax(table)


def fit(said: np.ndarray, phones: np.ndarray, marks: np.ndarray) -> Settled:
    """The most likely pair for phones that raters took for the expected one or for another; doubtful marks say nothing. A slight pull
    towards (1, 0) keeps few phones from deciding alone."""
    clear = (marks >= ACCEPTED) | (marks < WRONG)
    said, phones, right = said[clear].astype(np.float64), phones[clear], (marks[clear] >= ACCEPTED)

    def loss(values: np.ndarray) -> float:
        by = Settled(float(np.exp(values[0])), float(values[1]))
        expected = settle(said.copy(), phones, by)[np.arange(len(phones)), phones + 1]
        others = np.log1p(-np.minimum(np.exp(expected), 1 - 1e-9))
        return float(-np.where(right, expected, others).mean() + 1e-4 * (values[0] ** 2 + 0.01 * values[1] ** 2))

    found = minimize(loss, np.zeros(2), method="Nelder-Mead").x
    return Settled(round(float(np.exp(found[0])), 4), round(float(found[1]), 4))
