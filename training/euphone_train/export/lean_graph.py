"""Writes StreamingModel.step as an ONNX graph of few nodes: what a window of some frames costs is, for the most part, a price per node.

It is the network of models/streaming.py, product by product in the same order, so that it gives the same numbers bit by bit where a
runtime does; what it leaves out is what an exporter leaves behind (arithmetic on shapes, every layer's states one by one, a rotation
taken apart into even and odd). Weights come from a graph that was exported and quantised (leaner.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from euphone_train.models.encoder import CONVS, ROTARY
from euphone_train.models.streaming import LONGEST_MEMORY, PRIOR_FRAMES, PRIOR_SQUARE, REACH, STEPS, TAIL

_END = np.iinfo(np.int64).max
_EPSILON = 1e-5


@dataclass(frozen=True, kw_only=True, eq=False)
class Product:
    """A matrix product whose weights are bytes. `zero` is None where it is computed in float32: the bytes are signed then."""

    weight: np.ndarray  # [inputs, outputs]
    scale: np.ndarray  # [outputs], or [1, outputs] of one in float32.
    zero: np.ndarray | None = None  # [outputs]
    bias: np.ndarray | None = None  # [outputs]

    def beside(self, other: Product) -> Product:
        """Both as one, for two that are computed in float32 without a bias."""
        weight, scale = (np.concatenate(pair, 1) for pair in ((self.weight, other.weight), (self.scale, other.scale)))
        return Product(weight=weight, scale=scale)


@dataclass(frozen=True, kw_only=True, eq=False)
class LayerWeights:
    attention_norm: np.ndarray
    q: Product
    k: Product
    v: Product
    o: Product
    mlp_norm: np.ndarray
    fc1: Product
    fc2: Product
    share: np.ndarray  # [], of the mix.


@dataclass(frozen=True, kw_only=True, eq=False)
class Weights:
    conv1: np.ndarray
    gain: np.ndarray
    offset: np.ndarray
    conv2: tuple[Product, Product]
    conv3: tuple[Product, Product]
    layers: list[LayerWeights]
    frequencies: np.ndarray  # [ROTARY / 2]
    reduce: Product
    smooth: Product
    ctc: Product
    fine: Product
    frames_hidden: Product
    frames: Product
    heads: int
    left: int


class _Writer:
    """Nodes and constants of a graph; every method gives the name of a tensor."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[tuple, onnx.TensorProto] = {}

    def constant(self, value: np.ndarray) -> str:
        key = (value.dtype.str, value.shape, value.tobytes())
        if key not in self.constants:
            self.constants[key] = numpy_helper.from_array(value, f"constant{len(self.constants)}")
        return self.constants[key].name

    def number(self, value: float) -> str:
        return self.constant(np.array(value, np.float32))

    def integers(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    def __call__(self, kind: str, *inputs: str, into: str = "", **attributes) -> str:
        return self.several(kind, 1, *inputs, into=into, **attributes)[0]

    def several(self, kind: str, count: int, *inputs: str, into: str = "", **attributes) -> list[str]:
        name = into or f"{kind}{len(self.nodes)}"
        outputs = [name] if count == 1 else [f"{name}_{i}" for i in range(count)]
        self.nodes.append(helper.make_node(kind, inputs, outputs, **attributes))
        return outputs

    def part(self, x: str, start: int, end: int, axis: int, step: int = 1, into: str = "") -> str:
        return self("Slice", x, *map(self.integers, (start, end, axis, step)), into=into)

    def parts(self, x: str, count: int) -> list[str]:
        """As many along the first axis, of one each."""
        return self.several("Split", count, x, axis=0) if count > 1 else [x]

    def shaped(self, x: str, *shape: int, into: str = "") -> str:
        return self("Reshape", x, self.integers(*shape), into=into)

    def gelu(self, x: str) -> str:
        """In the form that runtimes know."""
        erf = self("Erf", self("Div", x, self.number(2**0.5)))
        return self("Mul", self("Mul", x, self("Add", erf, self.number(1))), self.number(0.5))

    def normed(self, x: str, gain: np.ndarray) -> str:
        return self("LayerNormalization", x, self.constant(gain), self.constant(np.zeros_like(gain)), axis=-1, epsilon=_EPSILON)

    def quantised(self, x: str) -> list[str]:
        return self.several("DynamicQuantizeLinear", 3, x)

    def multiplied(self, quantised: list[str], p: Product) -> str:
        values, scale, zero = quantised
        whole = self("MatMulInteger", values, self.constant(p.weight), zero, self.constant(p.zero))
        result = self("Mul", self("Cast", whole, to=TensorProto.FLOAT), self("Mul", scale, self.constant(p.scale)))
        return result if p.bias is None else self("Add", result, self.constant(p.bias))

    def product(self, x: str, p: Product) -> str:
        if p.zero is not None:
            return self.multiplied(self.quantised(x), p)
        weight = self("Mul", self("Cast", self.constant(p.weight), to=TensorProto.FLOAT), self.constant(p.scale))
        result = self("MatMul", x, weight)
        return result if p.bias is None else self("Add", result, self.constant(p.bias))


def _front(write: _Writer, w: Weights) -> tuple[str, str, str]:
    """The 12 ms map [1, 2 n, conv_width], the frames [1, n, width], and n, a number."""
    (kernel1, stride1), _, _ = CONVS
    pcm = write("Unsqueeze", "pcm", write.integers(1))
    x = write("Tanh", write("Conv", pcm, write.constant(w.conv1), kernel_shape=[kernel1], strides=[stride1]))
    length = write("Cast", write("Gather", write("Shape", x), write.constant(np.array(2))), to=TensorProto.FLOAT)
    steps = write("Div", write("Sub", length, write.number(REACH)), write.number(STEPS))

    # Sums over what is new in this window, as in step(); then mean and mean square side by side.
    before, moments = write.several("Split", 2, "norm", write.integers(1, 2), axis=0)
    seen = write("Min", before, write.number(REACH))  # A state that has heard anything has counted more than these.
    index = write("Range", write.number(0), length, write.number(1))
    old, sums = write("Less", index, seen), []
    for t in (x, write("Mul", x, x)):
        new = write("Where", old, write.number(0), write("ReduceMean", t, axes=[1], keepdims=0))
        sums.append(write("ReduceSum", new, write.integers(1), keepdims=0))
    sums = write("Concat", *sums, axis=0)
    count = write("Add", before, write("Sub", length, seen))
    moments = write("Div", write("Add", write("Mul", moments, before), sums), count)
    write("Concat", write("Min", count, write.number(LONGEST_MEMORY)), moments, axis=0, into="norm_out")

    share = write("Div", count, write("Add", count, write.number(PRIOR_FRAMES)))
    mean, square = write.several("Split", 2, write("Mul", moments, share), write.integers(1, 1), axis=0)
    prior = write("Mul", write("Sub", write.number(1), share), write.number(PRIOR_SQUARE))
    variance = write("Sub", write("Add", square, prior), write("Mul", mean, mean))
    deviation = write("Sqrt", write("Add", write("Max", variance, write.number(1e-6)), write.number(1e-5)))
    x = write("Div", write("Sub", x, mean), deviation)
    x = write("Add", write("Mul", x, write.constant(w.gain)), write.constant(w.offset))

    # Neighbours of the second convolution: two runs of three frames, and one frame more.
    values, scale, zero = write.quantised(write("Transpose", x, perm=[0, 2, 1]))
    runs = write.shaped(write.part(values, 0, -1, 1), 1, -1, 3 * len(w.gain))
    taps = write("Concat", write.part(runs, 0, -1, 1), write.part(runs, 1, _END, 1), write.part(values, 6, _END, 1, 3), axis=2)
    fine = write.gelu(write.product(write.multiplied([taps, scale, zero], w.conv2[0]), w.conv2[1]))
    # And of the third: one pair, and the frame after it.
    whole = write.part(fine, 0, -1, 1)
    pairs = write.shaped(whole, 1, -1, 2 * w.conv2[1].weight.shape[1])
    taps = write("Concat", pairs, write.part(fine, 2, _END, 1, 2), axis=2)
    return whole, write.gelu(write.product(write.product(taps, w.conv3[0]), w.conv3[1])), steps


class _Rotary:
    """Rotation of interleaved pairs: x × cosine + x with every pair swapped × sine, which is negative for the first of a pair."""

    def __init__(self, write: _Writer, w: Weights, width: int, positions: str) -> None:
        self._write = write
        frequencies, signed = np.zeros((2, width), np.float32)
        frequencies[:ROTARY] = np.repeat(w.frequencies, 2)
        signed[:ROTARY] = frequencies[:ROTARY] * np.tile([-1, 1], ROTARY // 2)
        swapped = np.arange(width)
        swapped[:ROTARY] ^= 1
        self._swap = write.constant(np.eye(width, dtype=np.float32)[swapped])
        tables = (("Cos", frequencies), ("Sin", signed))
        then = write.constant(np.arange(w.left, dtype=np.float32)[:, None])
        now = write("Unsqueeze", write.part(positions, w.left, _END, 0), write.integers(1))
        then, self._now = ([write(f, write("Mul", t, write.constant(a))) for f, a in tables] for t in (then, now))
        self.kept = write.parts(self._turned("keys", then), len(w.layers))

    def turned(self, x: str) -> str:
        """x [1, heads, n, width] at the positions of the window."""
        return self._turned(x, self._now)

    def _turned(self, x: str, table: list[str]) -> str:
        swapped = self._write("MatMul", x, self._swap)  # Exact, and faster than to gather single numbers.
        return self._write("Add", self._write("Mul", x, table[0]), self._write("Mul", swapped, table[1]))


def _layers(write: _Writer, w: Weights, x: str, steps: str) -> str:
    """The mix of all layers [1, n, width]; writes keys, values and how many of them there are."""
    inner = w.layers[0].q.weight.shape[1]
    width = inner // w.heads
    write("Min", write("Add", "past", steps), write.number(w.left), into="past_out")
    positions = write("Range", write.number(0), write("Add", steps, write.number(w.left)), write.number(1))
    gone = write("Less", positions, write("Sub", write.number(w.left), "past"))
    mask = write("Where", gone, write.number(-1e4), write.number(0))
    rotary = _Rotary(write, w, width, positions)
    kept_values = write.parts("values", len(w.layers))
    mixed, seen = "", []
    for layer, kept_keys, kept in zip(w.layers, rotary.kept, kept_values, strict=True):
        normed = write.normed(x, layer.attention_norm)
        q = write("Mul", write.product(normed, layer.q), write.number(width**-0.5))
        kv = write.product(normed, layer.k.beside(layer.v))
        heads = write.shaped(write("Concat", q, kv, axis=2), 1, -1, 3 * w.heads, width)
        seen.append(write("Transpose", heads, perm=[0, 2, 1, 3]))
        qk, v = write.several("Split", 2, seen[-1], write.integers(2 * w.heads, w.heads), axis=1)
        q, k = write.several("Split", 2, rotary.turned(qk), axis=1)
        k = write("Transpose", write("Concat", kept_keys, k, axis=2), perm=[0, 1, 3, 2])
        weights = write("Softmax", write("Add", write("MatMul", q, k), mask), axis=-1)
        heard = write("Transpose", write("MatMul", weights, write("Concat", kept, v, axis=2)), perm=[0, 2, 1, 3])
        x = write("Add", x, write.product(write.shaped(heard, 1, -1, inner), layer.o))
        hidden = write.gelu(write.product(write.normed(x, layer.mlp_norm), layer.fc1))
        x = write("Add", x, write.product(hidden, layer.fc2))
        part = write.normed(x, np.full_like(layer.mlp_norm, layer.share))
        mixed = write("Add", mixed, part) if mixed else part
    new = write("Concat", *seen, axis=0) if len(seen) > 1 else seen[0]
    _, *new = write.several("Split", 3, new, axis=1)
    for name, frames in zip(("keys", "values"), new, strict=True):
        write.part(write("Concat", name, frames, axis=2), -w.left, _END, 2, into=f"{name}_out")
    return mixed


def _looking_back(write: _Writer, x: str, tail: str, product: Product) -> str:
    values, scale, zero = write.quantised(write("Concat", tail, x, axis=1))
    ends = [*range(-TAIL, 0), _END]
    taps = write("Concat", *(write.part(values, i, end, 1) for i, end in enumerate(ends)), axis=2)
    return write.gelu(write.multiplied([taps, scale, zero], product))


def _heads(write: _Writer, w: Weights, mixed: str, fine: str) -> None:
    first = write.shaped(write.gelu(write.product(mixed, w.reduce)), 1, -1, w.smooth.weight.shape[1])
    trunk = _looking_back(write, first, "trunk", w.smooth)
    ones = np.ones(w.fine.weight.shape[0], np.float32)
    both = write("Concat", trunk, write.gelu(write.product(write.normed(fine, ones), w.fine)), axis=2)
    hidden = _looking_back(write, both, "local", w.frames_hidden)
    for name, x in (("trunk", first), ("local", both)):
        write.part(x, -TAIL, _END, 1, into=f"{name}_out")
    write("LogSoftmax", write.product(trunk, w.ctc), axis=-1, into="ctc_log_probs")
    write("LogSoftmax", write.product(hidden, w.frames), axis=-1, into="frame_log_probs")
    write.shaped(write("Concat", mixed, mixed, axis=2), 1, -1, w.reduce.weight.shape[0], into="features")


def build(w: Weights, like: onnx.ModelProto) -> onnx.ModelProto:
    """A graph with the inputs and outputs of `like`."""
    write = _Writer()
    fine, x, steps = _front(write, w)
    _heads(write, w, _layers(write, w, x, steps), fine)
    shapes = {i.name: [d.dim_value for d in i.type.tensor_type.shape.dim] for i in like.graph.input}
    classes, width = w.ctc.weight.shape[1], w.reduce.weight.shape[0]
    shapes |= {name: [1, "frames", classes] for name in ("ctc_log_probs", "frame_log_probs")} | {"features": [1, "frames", width]}
    outputs = [helper.make_tensor_value_info(o.name, TensorProto.FLOAT, shapes[o.name.removesuffix("_out")]) for o in like.graph.output]
    graph = helper.make_graph(write.nodes, "step", list(like.graph.input), outputs, list(write.constants.values()))
    opset = next(o.version for o in like.opset_import if not o.domain)
    return helper.make_model(
        graph, ir_version=like.ir_version, opset_imports=[helper.make_opsetid("", opset)], producer_name="euphone_train"
    )
