"""Goodness of pronunciation: what the posteriors say about each canonical phone, and how well that predicts raters.

Per phone, over its span [start, end) from Viterbi on the framewise output, with c its class:
  ctc_max      max over the span (one frame more on both sides) of log p_ctc(c)
  ctc_margin   ctc_max − the largest such maximum of any other phone (blank left out)
  frame_mean   mean over the span of log p_frames(c)
  frame_margin mean over the span of log p_frames(c) − max over the other classes of log p_frames
  log_frames   log of the span's length in frames
Logarithms are natural and floored at FLOOR.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from euphone_train.align.viterbi import best_path, spans, speech_graph

FEATURES = ("ctc_max", "ctc_margin", "frame_mean", "frame_margin", "log_frames")
FLOOR = -12.0
_CONTEXT = 1
CLASSES = 40


def phone_features(words: list[list[int]], ctc: np.ndarray, frames: np.ndarray) -> np.ndarray | None:
    """[phones, len(FEATURES)], or None when the clip is too short for its phones."""
    graph = speech_graph(words)
    found = best_path(graph, frames)
    if found is None:
        return None
    phones = [p for word in words for p in word]
    ctc, frames = np.maximum(ctc, FLOOR), np.maximum(frames, FLOOR)
    rows = []
    for c, (start, end) in zip(phones, spans(found[0], graph, len(phones)), strict=True):
        near = ctc[max(0, start - _CONTEXT) : end + _CONTEXT].max(0)
        rivals = np.delete(near, [0, c])
        inside = frames[start:end]
        others = np.delete(inside, c, axis=1).max(1)
        rows.append(
            (
                near[c],
                near[c] - rivals.max(),
                inside[:, c].mean(),
                (inside[:, c] - others).mean(),
                np.log(end - start),
            )
        )
    return np.array(rows, dtype=np.float64)


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """score = 2 × sigmoid(bias[c] + Σ_k weight[k] × (feature[k] − mean[k]) / deviation[k]), c the canonical class."""

    columns: tuple[int, ...]
    mean: np.ndarray
    deviation: np.ndarray
    weight: np.ndarray
    bias: np.ndarray

    def score(self, features: np.ndarray, phones: np.ndarray) -> np.ndarray:
        z = (features[:, self.columns] - self.mean) / self.deviation
        return 2.0 / (1.0 + np.exp(-(self.bias[phones] + z @ self.weight)))


def fit(features: np.ndarray, phones: np.ndarray, marks: np.ndarray, columns: tuple[int, ...]) -> Calibration:
    """Least squares on the raters' marks (0 to 2), with a small pull of each phone's bias to the common one."""
    chosen = features[:, columns]
    mean, deviation = chosen.mean(0), chosen.std(0) + 1e-9
    z = torch.from_numpy((chosen - mean) / deviation)
    target, who = torch.from_numpy(marks), torch.from_numpy(phones)
    weight = torch.zeros(len(columns), dtype=torch.float64, requires_grad=True)
    common = torch.full((1,), 2.0, dtype=torch.float64, requires_grad=True)
    offset = torch.zeros(CLASSES, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weight, common, offset], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        predicted = 2.0 * torch.sigmoid(common + offset[who] + z @ weight)
        value = (predicted - target).square().mean() + 1e-4 * offset.square().mean()
        value.backward()
        return value

    optimiser.step(loss)
    bias = (common + offset).detach().numpy()
    return Calibration(
        columns=columns, mean=mean, deviation=deviation, weight=weight.detach().numpy(), bias=bias
    )


@dataclass(frozen=True, kw_only=True)
class Agreement:
    pearson: float
    mse: float
    phones: int


def agreement(predicted: np.ndarray, marks: np.ndarray) -> Agreement:
    pearson = float(np.corrcoef(predicted, marks)[0, 1])
    return Agreement(pearson=pearson, mse=float(np.mean((predicted - marks) ** 2)), phones=len(marks))


def cross_validated(
    folds: np.ndarray, features: np.ndarray, phones: np.ndarray, marks: np.ndarray, columns: tuple[int, ...]
) -> tuple[Agreement, np.ndarray]:
    """Fits on the other folds' phones, predicts each fold's; agreement over all phones, and the predictions."""
    predicted = np.zeros(len(marks))
    for fold in np.unique(folds):
        held = folds == fold
        calibration = fit(features[~held], phones[~held], marks[~held], columns)
        predicted[held] = calibration.score(features[held], phones[held])
    return agreement(predicted, marks), predicted
