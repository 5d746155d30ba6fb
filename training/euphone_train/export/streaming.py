"""Writes a streaming model as ONNX: one graph that hears a whole clip or a window, with its states as inputs and outputs."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from euphone_train.export import leaner, onnx_model
from euphone_train.export.products import with_products
from euphone_train.models.encoder import FINE_HOP_SAMPLES
from euphone_train.models.streaming import CHUNK_HOP, OVERLAP, State, StreamingModel, StreamingSpec, fresh_state

STATES = State._fields
# As in onnx_model, and keys and values: with both in int8, whole clips come out as noise (docs/models/experiments.md).
_KEPT_FLOAT = ("/conv3/", "/k_proj", "/v_proj")
_LEAN_TOLERANCE = 1e-6  # Of log-probabilities and states. With ONNX Runtime 1.22 on x86-64 nothing differs.


class _Step(nn.Module):
    """StreamingModel.step with the states one by one."""

    def __init__(self, model: StreamingModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, pcm: Tensor, *states: Tensor) -> tuple[Tensor, ...]:
        ctc, frames, features, state = self.model.step(pcm, State(*states))
        return ctc, frames, features, *state


def description(spec: StreamingSpec) -> dict:
    """The section `stream` of a manifest."""
    shapes = [list(t.shape) for t in fresh_state(spec)]
    return {
        "step_samples": CHUNK_HOP,
        "overlap_samples": OVERLAP,
        "step_frames": CHUNK_HOP // FINE_HOP_SAMPLES,
        "chunk_steps": spec.chunk,
        "states": [{"input": n, "output": f"{n}_out", "shape": s} for n, s in zip(STATES, shapes, strict=True)],
    }


def export_float(model: StreamingModel, file: Path) -> None:
    """Raises ValueError when ONNX Runtime and PyTorch disagree, heard whole or in windows."""
    model.eval()
    example = (torch.randn(1, 20 * CHUNK_HOP + OVERLAP) * 0.05, *fresh_state(model.spec))
    inputs = {onnx_model.INPUT: {1: "samples"}} | {name: {} for name in STATES}
    outputs = {name: {1: "frames"} for name in (onnx_model.CTC, onnx_model.FRAMES, onnx_model.FEATURES)}
    outputs |= {f"{name}_out": {} for name in STATES}
    onnx_model.write(_Step(with_products(copy.deepcopy(model))), example, file, inputs, outputs)
    check(model, file, tolerance=2e-3)


def check(model: StreamingModel, file: Path, tolerance: float) -> float:
    """Largest difference of probabilities over windows of several lengths, one after the other."""
    runtime, rng, worst = onnx_model.session(file), np.random.default_rng(0), 0.0
    state = fresh_state(model.spec)
    fed = {n: t.numpy() for n, t in zip(STATES, state, strict=True)}
    for steps in (6, 1, 6, 90, 3):
        window = (rng.standard_normal((1, steps * CHUNK_HOP + OVERLAP)) * 0.1).astype(np.float32)
        with torch.no_grad():
            ctc, frames, _, state = model.step(torch.from_numpy(window), state)
        got = dict(zip([o.name for o in runtime.get_outputs()], runtime.run(None, fed | {onnx_model.INPUT: window}), strict=True))
        fed = {n: got[f"{n}_out"] for n in STATES}
        for want, name in ((ctc, onnx_model.CTC), (frames, onnx_model.FRAMES)):
            if want.shape != got[name].shape:
                raise ValueError(f"{file}: shape {got[name].shape} instead of {tuple(want.shape)} for {steps} steps")
            worst = max(worst, float(np.abs(want.exp().numpy() - np.exp(got[name])).max()))
    if worst > tolerance:
        raise ValueError(f"{file}: probabilities differ by {worst:.4f} from PyTorch, more than {tolerance}")
    return worst


def quantise(source: Path, target: Path) -> None:
    """In int8, and lean. Raises ValueError where the lean graph says otherwise than the one that was exported."""
    fat = target.with_suffix(".fat.onnx")
    onnx_model.quantise(source, fat, kept_float=_KEPT_FLOAT)
    onnx.save(leaner.lean(onnx.load(fat)), target)
    worst = leaner.difference(fat, target)
    if worst > _LEAN_TOLERANCE:
        raise ValueError(f"{target}: made lean, it gives numbers that differ by {worst:g}")
    fat.unlink()
