"""Nodes and weights of an ONNX graph, found by what they are connected to."""

from __future__ import annotations

import onnx
from onnx import numpy_helper


class OnnxIndex:
    """To be built on by those who read one kind of graph."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self._arrays = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
        self._nodes = list(model.graph.node)
        self._maker = {t: n for n in self._nodes for t in n.output}
        self._users: dict[str, list[onnx.NodeProto]] = {}
        for node in self._nodes:
            for tensor in node.input:
                self._users.setdefault(tensor, []).append(node)
        self.inputs = {i.name: [d.dim_value for d in i.type.tensor_type.shape.dim] for i in model.graph.input}
