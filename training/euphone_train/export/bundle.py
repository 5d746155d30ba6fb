"""Writes a bundle folder: model, self-test, licences, card and a manifest after contract/bundle.schema.json."""

from __future__ import annotations

import datetime
import hashlib
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from euphone_train.calibrate import attach
from euphone_train.data.audio_cache import RATE_HZ
from euphone_train.data.phones import phone_names
from euphone_train.export import onnx_model, streaming
from euphone_train.export.reference_clip import reference_clip
from euphone_train.models.acoustic import AcousticModel
from euphone_train.models.encoder import FINE_FIRST_CENTRE_SAMPLE, FINE_HOP_SAMPLES, WIDTH
from euphone_train.models.streaming import StreamingModel

MIN_SECONDS, MAX_SECONDS = 0.25, 30
_ROLES = {
    "model.onnx": "model",
    "scorer.onnx": "scorer",
    "calibration.json": "calibration",
    "MODEL_CARD.md": "card",
    "selftest/pcm.f32": "self_test",
    "selftest/ctc.f32": "self_test",
    "selftest/frames.f32": "self_test",
    "selftest/features.f32": "self_test",
}
_SELF_TEST_TOLERANCE = 0.1  # Processors with other instructions: up to 0.03. What computes wrongly: 0.5 and more.
_OUTPUTS = {"ctc": onnx_model.CTC, "frames": onnx_model.FRAMES, "features": onnx_model.FEATURES}


@dataclass(frozen=True, kw_only=True)
class BundleSpec:
    """What a manifest says beyond what can be computed; read from a TOML file."""

    name: str
    version: str
    summary: str
    made_by: str
    licences: list[dict]
    derived_from: list[dict]
    trained_on: list[dict]
    live: str = ""  # The bundle that hears live speech, where this one does not stream.

    @classmethod
    def read(cls, file: Path) -> BundleSpec:
        return cls(**tomllib.loads(file.read_text(encoding="utf-8")))


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _acoustic(model: AcousticModel | StreamingModel) -> dict:
    section = {
        "rate_hz": RATE_HZ,
        "hop_samples": FINE_HOP_SAMPLES,
        "first_centre_sample": FINE_FIRST_CENTRE_SAMPLE,
        "min_samples": int(MIN_SECONDS * RATE_HZ),
        "max_samples": MAX_SECONDS * RATE_HZ,
        "input": onnx_model.INPUT,
        "outputs": _OUTPUTS,
        "feature_width": WIDTH,
        "classes": ["<blank>", *phone_names()],
    }
    if isinstance(model, StreamingModel):
        section |= {"feature_width": model.spec.width, "stream": streaming.description(model.spec)}
    return section


def write_manifest(folder: Path, spec: BundleSpec, config: Path, acoustic: dict, accuracy: list[dict]) -> None:
    """Describes the files that lie in `folder`."""
    manifest = {
        "format": 1,
        "kind": "acoustic",
        "name": spec.name,
        "version": spec.version,
        "language": "en-US",
        "summary": spec.summary,
        "files": _listing(folder, spec.licences),
        "acoustic": acoustic,
        **({"live": {"bundle": spec.live}} if spec.live else {}),
        "self_test": {
            "input": "selftest/pcm.f32",
            "expected": {t: f"selftest/{t}.f32" for t in ("ctc", "frames", "features") if (folder / "selftest" / f"{t}.f32").is_file()},
            "tolerance": _SELF_TEST_TOLERANCE,
        },
        "licences": spec.licences,
        "provenance": {
            "created": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "made_by": spec.made_by,
            "config_sha256": sha256(config),
            "derived_from": spec.derived_from,
            "trained_on": spec.trained_on,
        },
        "accuracy": accuracy,
    }
    attach.write_manifest(folder, manifest)


def _listing(folder: Path, licences: list[dict]) -> list[dict]:
    paths = [p for p in _ROLES if (folder / p).is_file()] + sorted({x["file"] for x in licences})
    return [attach.file_entry(folder, p, _ROLES.get(p, "licence")) for p in paths]


def write_accuracy(folder: Path, accuracy: list[dict]) -> None:
    """Puts measured figures into the manifest of a finished bundle, and what has joined it since (calibration, card)."""
    if not accuracy:
        raise ValueError(f"{folder}: nothing was measured")
    manifest = attach.read_manifest(folder)
    manifest |= {"files": _listing(folder, manifest["licences"]), "accuracy": accuracy}
    attach.write_manifest(folder, manifest)


def write_network(model: AcousticModel | StreamingModel, file: Path) -> None:
    """Exports, checks against PyTorch, and quantises."""
    kind = streaming if isinstance(model, StreamingModel) else onnx_model
    float_file = file.with_suffix(".float.onnx")
    kind.export_float(model, float_file)
    kind.quantise(float_file, file)
    float_file.unlink()


def write_self_test(folder: Path, clip: np.ndarray, told: tuple[str, ...]) -> None:
    """The clip and what the model in `folder` says of it. Raises ValueError where that is not finite."""
    (folder / "selftest").mkdir(parents=True, exist_ok=True)
    file = folder / "model.onnx"
    tables = dict(zip(("features", "ctc", "frames"), onnx_model.run_all(onnx_model.session(file), clip), strict=True))
    if not all(np.isfinite(table).all() for table in tables.values()):
        raise ValueError(f"{file}: the self-test clip gives numbers that are not finite")
    for name, array in {"pcm": clip, **{t: tables[t] for t in told}}.items():
        array.astype("<f4").tofile(folder / "selftest" / f"{name}.f32")


def with_blank_bias(model: AcousticModel | StreamingModel, bias: float) -> AcousticModel | StreamingModel:
    """The model with `bias` added to the CTC logit of the blank, in place: a head that says blank too readily hears words as left out."""
    model.ctc.bias.data[0] += bias
    return model


def write_bundle(model: AcousticModel | StreamingModel, folder: Path, config: Path, licence_folder: Path, accuracy: list[dict]) -> None:
    """Exports, quantises, records the self-test and writes the manifest. Keeps calibration.json and MODEL_CARD.md. The self-test of a
    streaming model, which is to be small, is a second long and tells no features: they would be a twentieth of its bytes."""
    spec = BundleSpec.read(config)
    folder.mkdir(parents=True, exist_ok=True)
    write_network(model, folder / "model.onnx")
    small = isinstance(model, StreamingModel)
    write_self_test(folder, reference_clip()[: RATE_HZ if small else None], ("ctc", "frames") if small else ("ctc", "frames", "features"))
    for licence in spec.licences:
        shutil.copyfile(licence_folder / licence["file"], folder / licence["file"])
    write_manifest(folder, spec, config, _acoustic(model), accuracy)
