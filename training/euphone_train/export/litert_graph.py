"""Writes StreamingModel.step as a LiteRT model: the network of lean_graph.py in the operators that LiteRT has, most of which XNNPACK runs.

Weights stay bytes, scaled for each output alone; what flows through them is made bytes while it runs, each frame on a scale of its own.
Lengths follow the input: nothing here holds one, so that one model hears a window or a whole clip.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from euphone_train.export.flat_model import Writer
from euphone_train.export.lean_graph import Product, Weights
from euphone_train.models.encoder import CONVS, ROTARY
from euphone_train.models.streaming import CHUNK_HOP, LONGEST_MEMORY, OVERLAP, PRIOR_FRAMES, PRIOR_SQUARE, REACH, TAIL

_STEPS = 6  # Of the window whose shapes are written down.
_EPSILON = 1e-5
_HIDDEN = -1e4  # Added to what a frame may not see.


class _Network:
    def __init__(self, w: Weights, shapes: dict[str, list[int]]) -> None:
        self.write = write = Writer()
        self.w = w
        self.add, self.sub, self.mul, self.div = (partial(write.both, kind) for kind in ("ADD", "SUB", "MUL", "DIV"))
        samples = _STEPS * CHUNK_HOP + OVERLAP
        self.inputs = {n: write.input(n, [1, samples], [1]) if n == "pcm" else write.input(n, s) for n, s in shapes.items()}

    def product(self, x: int, p: Product, kernel: int = 1, stride: int = 1) -> int:
        """Of so many frames at once, each `stride` after the one before. What flows in is made bytes on one scale for the whole window, as
        ONNX Runtime does; or the weights are widened, and what flows in stays as it is.
        """
        write = self.write
        if p.zero is None:
            return write.connected(x, write.widened(write.constant(p.weight.T, p.scale.ravel())), p.bias)
        # Bytes about zero, and one output more: the sum of what flows in, which makes up for the zeros that the weights had.
        outputs = p.weight.shape[1]
        weight = np.concatenate((p.weight.T.astype(np.int16) - 128, np.full((1, len(p.weight)), 127))).astype(np.int8)
        scales = np.append(p.scale, np.float32(1 / 127))
        bias = np.append(np.zeros(outputs) if p.bias is None else p.bias, 0)
        if kernel == 1:
            weight = np.pad(weight, ((0, 0), (0, 2)))
            made = write.connected(self.with_ends(x), write.constant(weight, scales), bias)
        else:
            made = write.convolved(x, write.constant(weight.reshape(outputs + 1, 1, kernel, -1), scales), stride, bias)
        zeros = (p.zero.astype(np.float32) - 128) * p.scale
        return self.sub(write.part(made, 2, 0, outputs), self.mul(write.part(made, 2, outputs, None), write.constant(zeros)))

    def with_ends(self, x: int) -> int:
        """Every frame with the window's least and greatest number beside its own. LiteRT makes the frames of a product bytes each on a
        scale of its own, from the least to the greatest in it: with these it is the same for all. (A convolution has one anyway.)
        """
        write = self.write
        ends = write.joined(2, *(write.reduced(kind, x, 1, 2) for kind in ("REDUCE_MIN", "REDUCE_MAX")))
        return write.joined(2, x, self.add(self.mul(write.part(x, 2, 0, 1), write.number(0)), ends))

    def normed(self, x: int, gain: np.ndarray) -> int:
        write = self.write
        mean = write.reduced("MEAN", x, -1)
        variance = write.reduced("MEAN", write.both("SQUARED_DIFFERENCE", x, mean), -1)
        scale = write.each("RSQRT", self.add(variance, write.number(_EPSILON)))
        x = self.mul(self.sub(x, mean), scale)
        return x if (gain == 1).all() else self.mul(x, write.constant(gain.astype(np.float32)))

    def front(self) -> tuple[int, int, int]:
        """The 12 ms map [1, 2 n, conv_width], the frames [1, n, width], and ones [n, 1]."""
        write, w = self.write, self.w
        (kernel, stride), _, _ = CONVS
        pcm = write.shaped(self.inputs["pcm"], 1, -1, 1)
        x = write.each("TANH", write.convolved(pcm, write.constant(w.conv1.reshape(-1, 1, kernel, 1)), stride))
        x = self.running_norm(x)
        fine = write.gelu(self.product(self.product(x, w.conv2[0], 7, 3), w.conv2[1]))
        out = write.gelu(self.product(self.beside(fine), w.conv3[1]))
        return write.part(fine, 1, 0, -1), out, 0

    def beside(self, fine: int) -> int:
        """The third convolution: a pair of frames, and the one after it."""
        write, width = self.write, self.w.conv2[1].weight.shape[1]
        pairs = write.shaped(write.part(fine, 1, 0, -1), 1, -1, 2 * width)
        after = write.shaped(write.part(fine, 1, 1, None), 1, -1, 2 * width)
        after = write.part(after, 2, width, None)
        return self.product(write.joined(2, pairs, after), self.w.conv3[0])

    def running_norm(self, x: int) -> int:
        write, number = self.write, self.write.number
        state = self.inputs["norm"]
        before, moments = write.part(state, 0, 0, 1), write.part(state, 0, 1, 3)
        # A state that has heard anything has counted the first frames of this window: `fresh` is 1 if it has not, else 0.
        fresh = self.sub(number(1), self.div(write.both("MINIMUM", before, number(REACH)), number(REACH)))
        sums = []
        ones = self.add(self.mul(write.reduced("MEAN", x, -1), number(0)), number(1))
        for t in (ones, write.reduced("MEAN", x, -1), write.reduced("MEAN", self.mul(x, x), -1)):
            head, tail = (write.shaped(write.reduced("SUM", p, 1), 1) for p in (write.part(t, 1, 0, REACH), write.part(t, 1, REACH, None)))
            sums.append(self.add(self.mul(head, fresh), tail))
        count = self.add(before, sums[0])
        moments = self.div(self.add(self.mul(moments, before), write.joined(0, *sums[1:])), count)
        write.output("norm_out", write.joined(0, write.both("MINIMUM", count, number(LONGEST_MEMORY)), moments))
        share = self.div(count, self.add(count, number(PRIOR_FRAMES)))
        moments = self.mul(moments, share)
        mean, square = write.part(moments, 0, 0, 1), write.part(moments, 0, 1, 2)
        square = self.add(square, self.mul(self.sub(number(1), share), number(PRIOR_SQUARE)))
        variance = write.both("MAXIMUM", self.sub(square, self.mul(mean, mean)), number(1e-6))
        x = self.div(self.sub(x, mean), write.each("SQRT", self.add(variance, number(1e-5))))
        return self.add(self.mul(x, write.constant(self.w.gain.reshape(-1))), write.constant(self.w.offset.reshape(-1)))

    def turned(self, x: int, cosine: int, sine: int) -> int:
        """Rotates interleaved pairs, as lean_graph._Rotary."""
        return self.add(self.mul(x, cosine), self.mul(self.write.connected(x, self.swap), sine))

    def layers(self, x: int) -> int:
        """The mix of all layers [1, n, width]; writes keys, values and how many of them there are."""
        write, w, number = self.write, self.w, self.write.number
        inner = w.layers[0].q.weight.shape[1]
        width = inner // w.heads
        frequencies, signed = np.zeros((2, width), np.float32)
        frequencies[:ROTARY] = np.repeat(w.frequencies, 2)
        signed[:ROTARY] = frequencies[:ROTARY] * np.tile([-1, 1], ROTARY // 2)
        swapped = np.arange(width)
        swapped[:ROTARY] ^= 1
        self.swap = write.constant(np.eye(width, dtype=np.float32)[swapped])
        # One number for each step of the window: 1, and where it stands among all frames that are seen.
        steps = write.part(self.inputs["pcm"], 1, OVERLAP, None, CHUNK_HOP)
        none = write.shaped(self.mul(steps, number(0)), -1, 1)
        ones = self.add(none, number(1))
        positions = self.add(write.cumulated(ones), number(w.left - 1))
        now = [write.each(f, self.mul(positions, write.constant(a))) for f, a in (("COS", frequencies), ("SIN", signed))]
        then = np.arange(w.left, dtype=np.float32)[:, None]
        kept_keys = self.turned(self.inputs["keys"], write.constant(np.cos(then * frequencies)), write.constant(np.sin(then * signed)))
        kept_keys = write.split(kept_keys, 0, len(w.layers))
        kept_values = write.split(self.inputs["values"], 0, len(w.layers))
        past = self.inputs["past"]
        count = write.shaped(write.reduced("SUM", ones, 0), 1)
        write.output("past_out", write.both("MINIMUM", self.add(past, count), number(w.left)))
        beyond = self.sub(self.sub(number(w.left), past), write.constant(np.arange(w.left, dtype=np.float32)))
        gone = write.both("MAXIMUM", write.both("MINIMUM", beyond, number(1)), number(0))
        mask = write.joined(0, self.mul(gone, number(_HIDDEN)), write.shaped(none, -1))
        mixed, new_keys, new_values = None, [], []
        for layer, old_k, old_v in zip(w.layers, kept_keys, kept_values, strict=True):
            normed = self.normed(x, layer.attention_norm)
            q = self.mul(self.product(normed, layer.q), number(width**-0.5))
            heads = write.shaped(write.joined(2, q, self.product(normed, layer.k.beside(layer.v))), 1, -1, 3 * w.heads, width)
            q, k, v = write.split(write.transposed(heads, 0, 2, 1, 3), 1, 3)
            new_keys.append(k)
            new_values.append(v)
            q, k = (self.turned(t, *now) for t in (q, k))
            scores = write.matmul(q, write.joined(2, old_k, k), transposed=True)
            weights = write.softmax(self.add(scores, mask))
            heard = write.transposed(write.matmul(weights, write.joined(2, old_v, v)), 0, 2, 1, 3)
            x = self.add(x, self.product(write.shaped(heard, 1, -1, inner), layer.o))
            hidden = write.gelu(self.product(self.normed(x, layer.mlp_norm), layer.fc1))
            x = self.add(x, self.product(hidden, layer.fc2))
            part = self.mul(self.normed(x, np.ones(1)), number(float(layer.share)))
            mixed = part if mixed is None else self.add(mixed, part)
        for name, new in (("keys", new_keys), ("values", new_values)):
            frames = write.joined(2, self.inputs[name], write.joined(0, *new))
            write.output(f"{name}_out", write.part(frames, 2, -w.left, None))
        return mixed

    def looking_back(self, x: int, tail: str, p: Product) -> int:
        return self.write.gelu(self.product(self.write.joined(1, self.inputs[tail], x), p, TAIL + 1))

    def heads(self, mixed: int, fine: int) -> None:
        write, w = self.write, self.w
        first = write.shaped(write.gelu(self.product(mixed, w.reduce)), 1, -1, w.smooth.weight.shape[1])
        trunk = self.looking_back(first, "trunk", w.smooth)
        both = write.joined(2, trunk, write.gelu(self.product(self.normed(fine, np.ones(1)), w.fine)))
        hidden = self.looking_back(both, "local", w.frames_hidden)
        for name, x in (("trunk", first), ("local", both)):
            write.output(f"{name}_out", write.part(x, 1, -TAIL, None))
        for name, x, p in (("ctc_log_probs", trunk, w.ctc), ("frame_log_probs", hidden, w.frames)):
            write.output(name, write.each("LOG_SOFTMAX", self.product(x, p), "LogSoftmaxOptions"))
        write.output("features", write.shaped(write.joined(2, mixed, mixed), 1, -1, w.reduce.weight.shape[0]))


def build(w: Weights, shapes: dict[str, list[int]]) -> bytes:
    """A model with inputs of these shapes, "pcm" of any length."""
    network = _Network(w, shapes)
    fine, x, _ = network.front()
    network.heads(network.layers(x), fine)
    return network.write.model("euphone_train")
