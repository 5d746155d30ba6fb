"""Reads the weights of a streaming model back out of its lean graph (lean_graph.py), for another kind of file to be made of them."""

from __future__ import annotations

import numpy as np
import onnx

from euphone_train.export.lean_graph import LayerWeights, Product, Weights
from euphone_train.export.onnx_index import OnnxIndex


class _Lean(OnnxIndex):
    """The products and norms of a graph in the order in which lean_graph.build() writes them."""

    def __init__(self, model: onnx.ModelProto) -> None:
        super().__init__(model)
        found = [self._product(n) for n in self._nodes if n.op_type in ("MatMulInteger", "MatMul")]
        self._products = [p for p in found if p is not None]
        self._norms = [self._arrays[n.input[1]] for n in self._nodes if n.op_type == "LayerNormalization"]

    def _beside(self, node: onnx.NodeProto, tensor: str) -> np.ndarray | None:
        return self._arrays.get(next((i for i in node.input if i != tensor), ""))

    def _bias(self, tensor: str) -> np.ndarray | None:
        users = self._users.get(tensor, [])
        bias = self._beside(users[0], tensor) if len(users) == 1 and users[0].op_type == "Add" else None
        return bias if bias is not None and bias.ndim == 1 else None

    def _product(self, node: onnx.NodeProto) -> Product | None:
        """None for a product that has no weights."""
        if node.op_type == "MatMul":
            made = self._maker.get(node.input[1])
            cast = self._maker.get(made.input[0]) if made is not None and made.op_type == "Mul" else None
            if cast is None or cast.input[0] not in self._arrays:
                return None
            return Product(weight=self._arrays[cast.input[0]], scale=self._arrays[made.input[1]], bias=self._bias(node.output[0]))
        scaled = self._users[self._users[node.output[0]][0].output[0]][0]
        factors = next(self._maker[i] for i in scaled.input if self._maker[i].op_type == "Mul")
        scale = next(self._arrays[i] for i in factors.input if i in self._arrays)
        zero = self._arrays[node.input[3]]
        return Product(weight=self._arrays[node.input[1]], scale=scale.ravel(), zero=zero, bias=self._bias(scaled.output[0]))

    def take(self, *shape: int | None) -> Product:
        """The next one, of so many inputs and outputs where they are known."""
        product = self._products.pop(0)
        if any(want is not None and want != is_ for want, is_ in zip(shape, product.weight.shape, strict=False)):
            raise ValueError(f"a product of {product.weight.shape} instead of {shape}: this is no lean graph of a streaming model")
        return product

    def _layer(self, width: int, inner: int) -> LayerWeights:
        attention_norm, mlp_norm, share = (self._norms.pop(0) for _ in range(3))
        q, kv, o = self.take(width, inner), self.take(width, 2 * inner), self.take(inner, width)
        k, v = (Product(weight=w, scale=s) for w, s in zip(*(np.split(a, 2, 1) for a in (kv.weight, kv.scale)), strict=True))
        fc1 = self.take(width)
        fc2 = self.take(fc1.weight.shape[1], width)
        if np.ptp(share) > 0:
            raise ValueError("the third norm of a layer is not its share of the mix: this is no lean graph of a streaming model")
        return LayerWeights(
            attention_norm=attention_norm, q=q, k=k, v=v, o=o, mlp_norm=mlp_norm, fc1=fc1, fc2=fc2, share=share[0].reshape(())
        )

    def weights(self) -> Weights:
        layers, heads, left, head = self.inputs["keys"]
        trunk, local = self.inputs["trunk"][2], self.inputs["local"][2]
        conv1 = next(n for n in self._nodes if n.op_type == "Conv")
        columns = [self._arrays[i] for n in self._nodes for i in n.input if i in self._arrays and self._arrays[i].shape[1:] == (1,)]
        gain, offset = [c for c in columns if len(c) == len(self._arrays[conv1.input[1]])][:2]
        turned = next(n for n in self._nodes if n.op_type == "Cos")
        frequencies = next(self._arrays[i] for i in self._maker[turned.input[0]].input if self._arrays[i].ndim == 1)
        width = len(gain)
        conv2 = [self.take(7 * width)]
        conv2.append(self.take(conv2[0].weight.shape[1]))
        conv3 = [self.take(3 * conv2[1].weight.shape[1])]
        conv3.append(self.take(conv3[0].weight.shape[1], width))
        stack = [self._layer(width, heads * head) for _ in range(layers)]
        reduce, smooth = self.take(width, 2 * trunk), self.take(3 * trunk, trunk)
        fine = self.take(conv2[1].weight.shape[1], local - trunk)
        hidden, ctc, frames = self.take(3 * local, trunk), self.take(trunk), self.take(trunk)
        if self._products:
            raise ValueError(f"{len(self._products)} products more than a streaming model has")
        return Weights(
            conv1=self._arrays[conv1.input[1]],
            gain=gain,
            offset=offset,
            conv2=(conv2[0], conv2[1]),
            conv3=(conv3[0], conv3[1]),
            layers=stack,
            frequencies=frequencies[frequencies > 0][::2],
            reduce=reduce,
            smooth=smooth,
            ctc=ctc,
            fine=fine,
            frames_hidden=hidden,
            frames=frames,
            heads=heads,
            left=left,
        )


def read(model: onnx.ModelProto) -> tuple[Weights, dict[str, list[int]]]:
    """The weights, and the shapes of the inputs (0 where one is open). Raises ValueError for another kind of graph."""
    try:
        lean = _Lean(model)
        return lean.weights(), lean.inputs
    except (KeyError, StopIteration, IndexError) as error:
        raise ValueError(f"something is not where a lean graph has it ({error!r}): this is no lean graph of a streaming model") from error
