"""Writes an acoustic model as ONNX, float32 and int8, and checks each against PyTorch."""

from __future__ import annotations

import copy
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from euphone_train.export.products import with_products
from euphone_train.models.acoustic import AcousticModel, DescribedModel

INPUT, CTC, FRAMES, FEATURES = "pcm", "ctc_log_probs", "frame_log_probs", "features"
OPSET = 17
_IR_VERSION = 8  # readable by ONNX Runtime 1.10 and later


def session(file: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def run(model: onnxruntime.InferenceSession, pcm: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """CTC and frame log probabilities [frames, 40] of one float32 clip."""
    ctc, frames = model.run([CTC, FRAMES], {INPUT: pcm[None].astype(np.float32)})
    return ctc[0], frames[0]


def run_all(model: onnxruntime.InferenceSession, pcm: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features [frames, width], CTC and frame log probabilities [frames, 40] of one float32 clip."""
    features, ctc, frames = model.run([FEATURES, CTC, FRAMES], {INPUT: pcm[None].astype(np.float32)})
    return features[0], ctc[0], frames[0]


def export_float(model: AcousticModel, file: Path) -> None:
    """Dynamic clip length, batch 1. Raises ValueError when ONNX Runtime and PyTorch disagree."""
    model.eval()
    example = torch.randn(1, 40_000) * 0.05
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            with_products(DescribedModel(copy.deepcopy(model))),
            (example,),
            str(file),
            input_names=[INPUT],
            output_names=[CTC, FRAMES, FEATURES],
            dynamic_axes={INPUT: {1: "samples"}, CTC: {1: "frames"}, FRAMES: {1: "frames"}, FEATURES: {1: "frames"}},
            opset_version=OPSET,
            dynamo=False,
        )
    graph = onnx.load(file)
    graph.ir_version = _IR_VERSION
    onnx.save(graph, file)
    check(model, file, tolerance=2e-3)


def check(model: AcousticModel, file: Path, tolerance: float) -> float:
    """Largest difference of probabilities between file and model over clips of several lengths."""
    runtime, worst = session(file), 0.0
    rng = np.random.default_rng(0)
    for samples in (4_000, 16_000, 51_234, 160_001):
        envelope = np.abs(np.sin(np.arange(samples) / 3000.0))
        pcm = (rng.standard_normal(samples) * 0.1 * envelope).astype(np.float32)
        with torch.no_grad():
            expected = [t[0].exp().numpy() for t in model(torch.from_numpy(pcm)[None])]
        for a, b in zip(expected, run(runtime, pcm), strict=True):
            if a.shape != b.shape:
                raise ValueError(f"{file}: shape {b.shape} instead of {a.shape} for {samples} samples")
            worst = max(worst, float(np.abs(a - np.exp(b)).max()))
    if worst > tolerance:
        raise ValueError(f"{file}: probabilities differ by {worst:.4f} from PyTorch, more than {tolerance}")
    return worst


# Its input, after the clip-wide group norm, has a few channels far out of range: one scale for all of them triples the phone error.
_KEPT_FLOAT = ["/encoder/conv3/MatMul"]


def quantise(source: Path, target: Path) -> None:
    """Weights of matrix products in int8 (unsigned, per channel), activations per clip; the rest stays float32."""
    prepared = target.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(target),
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        weight_type=QuantType.QUInt8,
        nodes_to_exclude=_KEPT_FLOAT,
        extra_options={"MatMulConstBOnly": True},
    )
    prepared.unlink()
