"""The variants of one fold's model, each as a bundle folder that differs from the fold's own in its acoustic model alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from euphone_train.calibrate import attach
from euphone_train.distil.prune import Importance
from euphone_train.export import onnx_model, streaming
from euphone_train.export.bundle import write_network
from euphone_train.models.acoustic import AcousticModel
from euphone_train.models.streaming import StreamingModel
from euphone_train.optimise import quantised, surgery

Write = Callable[[Path], None]


def _exported(model: AcousticModel, quantise: Callable[[Path, Path], None]) -> Write:
    def write(file: Path) -> None:
        source = file.with_suffix(".source.onnx")
        onnx_model.export_float(model, source)
        quantise(source, file)
        source.unlink()

    return write


def _as_it_is(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def variants(model: AcousticModel, importance: Importance, clips: list[np.ndarray]) -> dict[str, Write]:
    """By name, in the order of the table. `clips` fix the scales of static quantisation."""
    thin = surgery.with_thin_convolutions(model, importance, 160, 112)
    narrow = surgery.with_fewer_neurons(surgery.with_fewer_heads(model, importance, 6), importance, 768)
    small = surgery.with_first_layers(surgery.with_fewer_neurons(surgery.with_fewer_heads(thin, importance, 6), importance, 768), 5)
    int8 = onnx_model.quantise
    return {
        "float32": _exported(model, _as_it_is),
        "int8 weights, float32 products": _exported(model, onnx_model.shrink),
        "int8 dynamic, per tensor": _exported(model, lambda s, t: int8(s, t, per_channel=False)),
        "int8 dynamic, per channel (shipped)": _exported(model, int8),
        "the same, third convolution too": _exported(model, lambda s, t: int8(s, t, kept_float=())),
        "int8 static, per tensor": _exported(model, lambda s, t: quantised.static(s, t, clips, False)),
        "int8 static, per channel": _exported(model, lambda s, t: quantised.static(s, t, clips, True)),
        "a fifth of the weights zero, int8": _exported(surgery.with_zeros(model, 0.2), int8),
        "a third of the weights zero, int8": _exported(surgery.with_zeros(model, 0.33), int8),
        "half of the weights zero, int8": _exported(surgery.with_zeros(model, 0.5), int8),
        "convolutions at rank 160 and 112, int8": _exported(thin, int8),
        "6 heads, 768 neurons, int8": _exported(narrow, int8),
        "5 layers, int8": _exported(surgery.with_first_layers(model, 5), int8),
        "all three, int8": _exported(small, int8),
    }


def write_student(base: Path, folder: Path, model: StreamingModel) -> None:
    """A copy of the bundle `base` with a student in place of its model: the scorer reads features that were taught to mean the same."""
    write_variant(base, folder, partial(write_network, model))
    manifest = attach.read_manifest(folder)
    manifest["acoustic"]["stream"] = streaming.description(model.spec)
    attach.write_manifest(folder, manifest)


def write_variant(base: Path, folder: Path, write: Write) -> None:
    """A copy of the bundle `base` with another model.onnx, whose self-test is not renewed."""
    if folder.is_dir():
        return
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(base, part)
    write(part / "model.onnx")
    manifest = attach.read_manifest(part)
    manifest["files"] = [attach.file_entry(part, f["path"], f["role"]) if f["role"] == "model" else f for f in manifest["files"]]
    attach.write_manifest(part, manifest)
    part.rename(folder)
