"""Writes the members of a scorer as one int8 ONNX file and enters it into a bundle's manifest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import torch

from euphone_train.calibrate import attach
from euphone_train.export import onnx_model
from euphone_train.models.ear import Ear
from euphone_train.models.ensemble import ScorerEnsemble
from euphone_train.models.large import LargeScorer
from euphone_train.models.scorer import SENTENCE_SCORES, WORD_SCORES, Scorer

FILE = "scorer.onnx"
INPUTS = ("features", "ctc", "frames", "spans", "phones", "words")
OUTPUTS = {"phones": "phone_scores", "words": "word_scores", "sentence": "sentence_scores"}
EAR_OUTPUTS = {"heard": "heard"}
MAX_PHONES = 128
_KEPT_FLOAT = ("/ear/",)  # What it hears goes through the members, too: rounded twice, scores move by up to 0.9 of 100 points.


def example(spec, count: int = 30, frames: int = 300, seed: int = 0) -> tuple[torch.Tensor, ...]:
    """Arguments of ScorerEnsemble.forward, made up."""
    generator = torch.Generator().manual_seed(seed)
    features = torch.randn(frames, spec.feature_width, generator=generator)
    ctc, frame = (torch.randn(frames, spec.classes, generator=generator).log_softmax(-1) for _ in range(2))
    begin = torch.arange(count) * (frames // (count + 2)) + 5
    spans = torch.stack((begin, begin + 4), 1)
    phones = torch.randint(0, spec.classes - 1, (count,), generator=generator)
    return features, ctc, frame, spans, phones, torch.arange(count) // 4


def outputs_of(model: ScorerEnsemble | LargeScorer) -> dict[str, str]:
    return OUTPUTS if model.ear is None else OUTPUTS | EAR_OUTPUTS


def run(runtime: onnxruntime.InferenceSession, arguments: tuple) -> list[np.ndarray]:
    """All outputs, in the order of ScorerEnsemble.forward."""
    return runtime.run(None, {k: np.asarray(v) for k, v in zip(INPUTS, arguments, strict=True)})


def export_float(model: ScorerEnsemble | LargeScorer, file: Path) -> None:
    """Raises ValueError where ONNX Runtime and PyTorch disagree, at sizes other than that which was traced, too."""
    model.eval()
    spec = model.spec
    inputs = {name: {0: "frames"} for name in INPUTS[:3]} | {name: {0: "phones"} for name in INPUTS[3:]}
    sizes = {"phones": {1: "phones"}, "words": {1: "words"}, "sentence": {}, "heard": {0: "phones"}}
    outputs = {tensor: sizes[what] for what, tensor in outputs_of(model).items()}
    onnx_model.write(model, example(spec), file, inputs, outputs)
    runtime = onnx_model.session(file)
    for count, frames in ((1, 40), (2, 60), (17, 211), (128, 900)):
        arguments = example(spec, count, frames, seed=count)
        with torch.no_grad():
            expected = model(*arguments)
        for want, got in zip(expected, run(runtime, arguments), strict=True):
            if want.shape != got.shape or float(np.abs(want.numpy() - got).max()) > 2e-3:
                raise ValueError(f"{file}: ONNX Runtime and PyTorch disagree for {count} phones")


def simplify(file: Path) -> None:
    """Does once what ONNX Runtime would do at every start: folds constants and drops what changes nothing. Standard operators only."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(file)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(file.read_bytes(), options, providers=["CPUExecutionProvider"])


def write(members: list[Scorer], bundle: Path, ear: Ear | None = None) -> None:
    write_model(ScorerEnsemble(members, ear).eval(), bundle)


def write_model(model: ScorerEnsemble | LargeScorer, bundle: Path) -> None:
    """scorer.onnx and its place in manifest.json; what the manifest said of an earlier one is replaced."""
    float_file, file = bundle / "scorer.float.onnx", bundle / FILE
    export_float(model, float_file)
    simplify(float_file)
    onnx_model.shrink(float_file, file, _KEPT_FLOAT)
    float_file.unlink()
    manifest = attach.read_manifest(bundle)
    manifest["files"] = [f for f in manifest["files"] if f["role"] != "scorer"] + [attach.file_entry(bundle, FILE, "scorer")]
    manifest["scorer"] = {
        "inputs": {name: name for name in INPUTS},
        "outputs": outputs_of(model),
        "word_scores": list(WORD_SCORES),
        "sentence_scores": list(SENTENCE_SCORES),
        "prosody_terms": [],
        "max_phones": MAX_PHONES,
    }
    attach.write_manifest(bundle, manifest)
