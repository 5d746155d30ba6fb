"""Makes the graph of an exported streaming model lean: the same weights and results, two fifths of the nodes to run.

    python -m euphone_train.export.leaner ../models/en-us-tiny configs/bundle-tiny.toml

does it to the model of a bundle that was made before there was this pass, and gives it the version of its config. It refuses where any
result differs in a single bit; what was measured with the model before (records.py) is then true of the new one.
"""

from __future__ import annotations

import argparse
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx

from euphone_train import records
from euphone_train.calibrate import attach
from euphone_train.export import onnx_model
from euphone_train.export.lean_graph import LayerWeights, Product, Weights, build
from euphone_train.export.onnx_index import OnnxIndex
from euphone_train.models.streaming import CHUNK_HOP, OVERLAP

RESULTS = Path(__file__).resolve().parents[2] / "results"
_WINDOWS = (6, 1, 6, 90, 3, 3, 8, 2, 40, 1, 1, 13, 3, 6)  # Frames of windows, one after the other …
_CLIPS = (1, 20, 208, 1249)  # … and of clips heard whole, up to half a minute.


@dataclass(frozen=True, kw_only=True, eq=False)
class _Found:
    """A product of the graph that was exported: its weights, where it lies, and what flows in."""

    product: Product
    node: onnx.NodeProto
    source: str
    result: str  # With its bias.

    @property
    def shape(self) -> tuple[int, int]:
        return self.product.weight.shape


class _Refused(ValueError):
    def __init__(self, why: str) -> None:
        super().__init__(f"{why}: this is no exported streaming model, or it is lean already")


class _Exported(OnnxIndex):
    """Finds the weights of a streaming model in the graph of its exporter, quantised, by what they are connected to. Every method raises
    ValueError where it is another graph."""

    def __init__(self, model: onnx.ModelProto) -> None:
        super().__init__(model)
        self._left_over = [self._found(n) for n in self._nodes if n.op_type == "MatMulInteger" or self._has_byte_weights(n)]

    def _only(self, tensor: str, kind: str) -> onnx.NodeProto:
        users = [n for n in self._users.get(tensor, []) if n.op_type == kind]
        if len(users) != 1:
            raise _Refused(f"{len(users)} {kind} use {tensor}, not one")
        return users[0]

    def _has_byte_weights(self, node: onnx.NodeProto) -> bool:
        weight = self._maker.get(node.input[1]) if node.op_type == "MatMul" else None
        return weight is not None and weight.op_type == "Mul" and weight.input[1] in self._arrays

    def _constant_beside(self, node: onnx.NodeProto, tensor: str) -> np.ndarray | None:
        other = next((i for i in node.input if i != tensor), "")
        return self._arrays.get(other)

    def _found(self, node: onnx.NodeProto) -> _Found:
        if node.op_type == "MatMul":
            scaled = self._maker[node.input[1]]
            parts = {"weight": self._arrays[self._maker[scaled.input[0]].input[0]], "scale": self._arrays[scaled.input[1]]}
            source, result = node.input[0], node.output[0]
        else:
            scaled = self._only(self._only(node.output[0], "Cast").output[0], "Mul")
            scale = next(self._maker[i] for i in scaled.input if self._maker[i].op_type == "Mul")
            zero = self._arrays[node.input[3]]
            parts = {"weight": self._arrays[node.input[1]], "scale": self._arrays[scale.input[1]], "zero": zero}
            source, result = self._maker[node.input[2]].input[0], scaled.output[0]
        for user in self._users[result]:
            bias = self._constant_beside(user, result) if user.op_type == "Add" else None
            if bias is not None:
                parts["bias"], result = bias, user.output[0]
        return _Found(product=Product(**parts), node=node, source=source, result=result)

    def take(self, rows: int, columns: int | None = None, *, floats: bool = False) -> _Found:
        """The next product of a shape, in the graph's order; each is given once."""
        for found in self._left_over:
            if found.shape == (rows, columns or found.shape[1]) and (found.product.zero is None) == floats:
                self._left_over.remove(found)
                return found
        raise _Refused(f"no product of {rows} × {columns or 'any'}")

    def take_before(self, output: str) -> _Found:
        source = self._maker[output].input[0]
        found = next((f for f in self._left_over if f.result == source), None)
        if found is None:
            raise _Refused(f"{output} is not made by a product")
        self._left_over.remove(found)
        return found

    def _gain(self, norm: onnx.NodeProto) -> np.ndarray:
        if norm.op_type != "LayerNormalization" or self._arrays[norm.input[2]].any():
            raise _Refused(f"{norm.name}: not a layer norm without an offset")
        return self._arrays[norm.input[1]]

    def gain_before(self, found: _Found) -> np.ndarray:
        return self._gain(self._maker[found.source])

    def state_beside(self, found: _Found) -> str:
        """The state whose frames those of a product follow."""
        tensor = found.result
        while True:
            user = next(n for n in self._users[tensor] if n.op_type in ("Reshape", "Transpose", "Concat"))
            if user.op_type == "Concat":
                break
            tensor = user.output[0]
        tensor = user.input[0]
        while tensor in self._maker:
            tensor = self._maker[tensor].input[0]
        return tensor

    def _shares(self) -> list[np.ndarray]:
        """Of the layers in the mix: plain norms, each times a number."""
        shares = []
        for node in self._nodes:
            users = self._users.get(node.output[0], [])
            if node.op_type == "LayerNormalization" and len(users) == 1 and users[0].op_type == "Mul":
                share = self._constant_beside(users[0], node.output[0])
                if share is None or share.size > 1 or (self._gain(node) != 1).any():
                    raise _Refused(f"{node.name}: not a layer's share of the mix")
                shares.append(share.reshape(()))
        return shares

    def _layer(self, width: int, inner: int, share: np.ndarray) -> LayerWeights:
        pair = {self.state_beside(f): f for f in (self.take(width, inner, floats=True) for _ in range(2))}
        if set(pair) != {"keys", "values"}:
            raise _Refused(f"products beside the states {sorted(pair)} instead of keys and values")
        q, o, fc1 = self.take(width, inner), self.take(inner, width), self.take(width)
        fc2 = self.take(fc1.shape[1], width)
        norms = {"attention_norm": self.gain_before(q), "mlp_norm": self.gain_before(fc1)}
        if not np.array_equal(self.gain_before(pair["keys"]), norms["attention_norm"]):
            raise _Refused("keys and queries are made from norms that differ")
        products = {"q": q, "k": pair["keys"], "v": pair["values"], "o": o, "fc1": fc1, "fc2": fc2}
        return LayerWeights(**{name: f.product for name, f in products.items()}, **norms, share=share)

    def weights(self) -> Weights:
        if not {"keys", "values", "trunk", "local"} <= set(self.inputs):
            raise _Refused(f"inputs {', '.join(self.inputs)}")
        layers, heads, left, head = self.inputs["keys"]
        trunk, local = self.inputs["trunk"][2], self.inputs["local"][2]
        conv1 = next(n for n in self._nodes if n.op_type == "Conv")
        offset = next(n for n in self._nodes if n.op_type == "Add" and self._arrays.get(n.input[1], np.zeros(0)).shape[1:] == (1,))
        gain = self._maker[offset.input[0]]
        angle = self._maker[next(n for n in self._nodes if n.op_type == "Cos").input[0]]
        ctc, frames = self.take_before("ctc_log_probs"), self.take_before("frame_log_probs")
        width = len(self._arrays[gain.input[1]])
        conv2 = [self.take(7 * width)]
        conv2.append(self.take(conv2[0].shape[1]))
        conv3 = [self.take(3 * conv2[1].shape[1], floats=True)]
        conv3.append(self.take(conv3[0].shape[1], width, floats=True))
        fine = self.take(conv2[1].shape[1], local - trunk)
        shares = self._shares()
        if len(shares) != layers or (self.gain_before(fine) != 1).any():
            raise _Refused(f"{len(shares)} layers are mixed, not {layers}; or the 12 ms map is normed with a gain")
        stack = [self._layer(width, heads * head, share) for share in shares]
        smooth, hidden, reduce = self.take(3 * trunk, trunk), self.take(3 * local, trunk), self.take(width, 2 * trunk)
        if self._left_over:
            raise _Refused(f"{len(self._left_over)} products more than a streaming model has")
        return Weights(
            conv1=self._arrays[conv1.input[1]],
            gain=self._arrays[gain.input[1]],
            offset=self._arrays[offset.input[1]],
            conv2=(conv2[0].product, conv2[1].product),
            conv3=(conv3[0].product, conv3[1].product),
            layers=stack,
            frequencies=self._constant_beside(angle, angle.input[0]).ravel(),
            heads=heads,
            left=left,
            **{n: f.product for n, f in (("fine", fine), ("reduce", reduce), ("smooth", smooth), ("ctc", ctc))},
            frames_hidden=hidden.product,
            frames=frames.product,
        )


def lean(model: onnx.ModelProto) -> onnx.ModelProto:
    """Raises ValueError for a graph that is no exported and quantised streaming model, or lean already."""
    try:
        weights = _Exported(model).weights()
    except (KeyError, StopIteration, AttributeError) as error:
        raise _Refused(f"something is not where an exporter leaves it ({error!r})") from error
    made = build(weights, model)
    onnx_model.shorten_names(made.graph)
    onnx.checker.check_model(made, full_check=True)
    return made


def difference(before: Path, after: Path) -> float:
    """The largest of any number that two graphs give, states included, over windows and whole clips of noise that swells and fades."""
    sessions, rng = [onnx_model.session(file) for file in (before, after)], np.random.default_rng(0)
    names = [o.name for o in sessions[0].get_outputs()]
    start = {i.name: np.zeros(i.shape, np.float32) for i in sessions[0].get_inputs() if i.name != onnx_model.INPUT}
    worst, states = 0.0, [start, start]
    for number, steps in enumerate((*_WINDOWS, *_CLIPS)):
        if number >= len(_WINDOWS):
            states = [start, start]
        samples = steps * CHUNK_HOP + OVERLAP
        loudness = 0.1 * np.abs(np.sin(np.arange(samples) / 2000))
        pcm = (rng.standard_normal((1, samples)) * loudness).astype(np.float32)
        told = [s.run(names, state | {onnx_model.INPUT: pcm}) for s, state in zip(sessions, states, strict=True)]
        if [t.shape for t in told[0]] != [t.shape for t in told[1]]:
            raise ValueError(f"{after}: other shapes than {before} for {steps} steps")
        worst = max(worst, *(float(np.abs(a - b).max()) for a, b in zip(*told, strict=True)))
        states = [{n: t[names.index(f"{n}_out")] for n in start} for t in told]
    return worst


def put(bundle: Path, config: Path, results: Path = RESULTS) -> list[str]:
    """The lean graph into a bundle, with the version that its config says. Gives the names of the records that were of the bundle before
    and now are of this one. Raises ValueError where the graph gives other results; nothing is changed then.
    """
    content = config.read_bytes()
    said = tomllib.loads(content.decode())
    file, made = bundle / "model.onnx", bundle / "model.lean.onnx"
    onnx.save(lean(onnx.load(file)), made)
    worst = difference(file, made)
    if worst > 0:
        made.unlink()
        raise ValueError(f"{file}: the lean graph gives numbers that differ by {worst:g}")
    before = records.digests(bundle)
    made.replace(file)
    manifest = attach.read_manifest(bundle)
    manifest["files"] = [attach.file_entry(bundle, f["path"], f["role"]) for f in manifest["files"]]
    manifest["version"] = said["version"]
    manifest["provenance"] |= {"made_by": said["made_by"], "config_sha256": hashlib.sha256(content).hexdigest()}
    attach.write_manifest(bundle, manifest)
    return records.carry_over(results, before, records.digests(bundle))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m euphone_train.export.leaner", description=__doc__.split("\n")[0])
    parser.add_argument("bundle", type=Path)
    parser.add_argument("config", type=Path, help="what the manifest says of the bundle, as configs/bundle-tiny.toml")
    args = parser.parse_args()
    carried = put(args.bundle, args.config)
    print(f"{args.bundle}: the same results; records carried over: {', '.join(carried) or 'none'}")


if __name__ == "__main__":
    main()
