"""Makes a bundle for LiteRT (TensorFlow Lite) of one that streams: the same weights, scorer and calibration, another kind of network.

    python -m euphone_train.export.litert ../models/en-us-tiny configs/bundle-tiny-litert.toml ../models/en-us-tiny-litert

Weights come from the lean ONNX graph (lean_weights.py) and become a .tflite file (litert_graph.py). What the result gives is compared with
the ONNX graph on the bundle's own clip, whole and in windows; it is refused where they disagree by more than products of bytes do.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tomllib
from pathlib import Path

import numpy as np
import onnx
from ai_edge_litert.interpreter import Interpreter

from euphone_train.calibrate import attach
from euphone_train.export import lean_weights, litert_graph, onnx_model
from euphone_train.models.streaming import CHUNK_HOP, OVERLAP

MODEL = "model.tflite"
_KEPT = ("scorer.onnx", "calibration.json", "selftest/pcm.f32")
_CHUNK = 6
# Most that a frame's probabilities may differ in sum, on the mean over frames: ONNX Runtime's own are 0.02 to 0.1 from those of weights in
# float32 (docs/decisions/069-litert.md).
_MOST = 0.15

States = dict[str, np.ndarray]


class LiteRt:
    """A .tflite file of this kind, run by LiteRT."""

    def __init__(self, file: Path) -> None:
        self._run = Interpreter(model_path=str(file), num_threads=1)
        self._in = {d["name"]: d["index"] for d in self._run.get_input_details()}
        self._out = {d["name"]: d["index"] for d in self._run.get_output_details()}

    def hear(self, pcm: np.ndarray, states: States) -> dict[str, np.ndarray]:
        """Everything that comes out for a window; pcm [1, samples]."""
        self._run.resize_tensor_input(self._in[onnx_model.INPUT], pcm.shape)
        self._run.allocate_tensors()
        for name, value in (states | {onnx_model.INPUT: pcm}).items():
            self._run.set_tensor(self._in[name], value)
        self._run.invoke()
        return {name: self._run.get_tensor(index) for name, index in self._out.items()}


def differences(file: Path, graph: Path, pcm: np.ndarray) -> dict[str, float]:
    """How far the two are apart on a clip [samples], heard whole and in windows: for each table of log-probabilities the sum over the
    classes, and the mean over frames, of what the probabilities differ by.
    """
    lite, session = LiteRt(file), onnx_model.session(graph)
    names = [o.name for o in session.get_outputs()]
    fresh = {i.name: np.zeros(i.shape, np.float32) for i in session.get_inputs() if i.name != onnx_model.INPUT}
    found: dict[str, float] = {}
    frames = (len(pcm) - OVERLAP) // CHUNK_HOP
    for way, steps in (("whole", frames), ("windows", _CHUNK)):
        states, far = [fresh, fresh], []
        for first in range(0, frames - steps + 1, steps):
            window = pcm[None, first * CHUNK_HOP : (first + steps) * CHUNK_HOP + OVERLAP]
            told = lite.hear(window, states[0]), dict(zip(names, session.run(names, states[1] | {onnx_model.INPUT: window}), strict=True))
            far.append([np.abs(np.exp(told[0][t]) - np.exp(told[1][t])).sum(-1).mean() for t in (onnx_model.CTC, onnx_model.FRAMES)])
            states = [{n: t[f"{n}_out"] for n in fresh} for t in told]
        found |= {f"{table}, {way}": float(x) for table, x in zip((onnx_model.CTC, onnx_model.FRAMES), np.mean(far, 0), strict=True)}
    return found


def make(source: Path, config: Path, target: Path) -> dict[str, float]:
    """Raises ValueError where the result disagrees with the bundle that it is made of; nothing is left then."""
    content = config.read_bytes()
    said = tomllib.loads(content.decode())
    (target / "selftest").mkdir(parents=True, exist_ok=True)
    manifest = attach.read_manifest(source)
    licences = [licence["file"] for licence in manifest["licences"]]
    for name in (*_KEPT, *licences):
        shutil.copyfile(source / name, target / name)
    weights, shapes = lean_weights.read(onnx.load(source / "model.onnx"))
    (target / MODEL).write_bytes(litert_graph.build(weights, shapes))
    pcm = np.fromfile(target / "selftest/pcm.f32", np.float32)
    found = differences(target / MODEL, source / "model.onnx", pcm)
    if max(found.values()) > _MOST:
        (target / MODEL).unlink()
        raise ValueError(f"{source}: LiteRT's answers differ: {found}")
    frames = (len(pcm) - OVERLAP) // CHUNK_HOP
    fresh = {n: np.zeros(s, np.float32) for n, s in shapes.items() if n != onnx_model.INPUT}
    told = LiteRt(target / MODEL).hear(pcm[None, : frames * CHUNK_HOP + OVERLAP], fresh)
    for table, name in (("ctc", onnx_model.CTC), ("frames", onnx_model.FRAMES)):
        told[name].tofile(target / f"selftest/{table}.f32")
    roles = {MODEL: "model", "scorer.onnx": "scorer", "calibration.json": "calibration", "MODEL_CARD.md": "card"}
    files = [*roles, *(f"selftest/{f}.f32" for f in ("pcm", "ctc", "frames"))]
    listing = [attach.file_entry(target, f, roles.get(f, "self_test")) for f in files if (target / f).is_file()]
    manifest |= {name: said[name] for name in ("name", "version", "summary", "accuracy")}
    manifest["files"] = [*listing, *(attach.file_entry(target, f, "licence") for f in licences)]
    manifest["provenance"] |= {n: said[n] for n in ("created", "made_by")} | {"config_sha256": hashlib.sha256(content).hexdigest()}
    attach.write_manifest(target, manifest)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m euphone_train.export.litert", description=__doc__.split("\n")[0])
    parser.add_argument("source", type=Path, help="a bundle that streams, with a lean graph")
    parser.add_argument("config", type=Path, help="what the manifest says of the new one, as configs/bundle-tiny-litert.toml")
    parser.add_argument("target", type=Path)
    args = parser.parse_args()
    for what, far in make(args.source, args.config, args.target).items():
        print(f"{what}: {far:.4f}")


if __name__ == "__main__":
    main()
