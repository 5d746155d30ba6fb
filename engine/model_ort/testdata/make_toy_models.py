#!/usr/bin/env python3
"""Writes the two toy models that the unit tests run; needs the packages onnx and numpy.

toy_acoustic.onnx  pcm [1, samples] -> ctc, frames [1, samples // 160, 3]
toy_g2p.onnx       letters [1, steps] -> ctc [1, steps, 5]
"""

from pathlib import Path

import numpy as np
from onnx import ModelProto, TensorProto, checker, helper, numpy_helper, save

FRAME = 160


def finished(nodes: list, inputs: list, outputs: list, weights: dict[str, np.ndarray]) -> ModelProto:
    """Returns a checked model for runtimes back to 2022 (opset 13)."""
    initializers = [numpy_helper.from_array(value, name) for name, value in weights.items()]
    graph = helper.make_graph(nodes, "toy", inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    checker.check_model(model)
    return model


def acoustic() -> ModelProto:
    """Mean, alternating sum and a constant over frames of 160 samples, as logits; `frames` doubles them."""
    kernel = np.zeros((3, 1, FRAME), np.float32)
    kernel[0] = 4.0 / FRAME
    kernel[1, 0] = np.where(np.arange(FRAME) % 2 == 0, 4.0, -4.0) / FRAME
    weights = {"kernel": kernel, "bias": np.array([0.0, 0.0, 0.5], np.float32), "two": np.float32([2.0])}
    weights["channel"] = np.array([1], np.int64)
    nodes = [
        helper.make_node("Unsqueeze", ["pcm", "channel"], ["signal"]),
        helper.make_node("Conv", ["signal", "kernel", "bias"], ["filtered"], strides=[FRAME]),
        helper.make_node("Transpose", ["filtered"], ["logits"], perm=[0, 2, 1]),
        helper.make_node("Mul", ["logits", "two"], ["doubled"]),
        helper.make_node("LogSoftmax", ["logits"], ["ctc"], axis=-1),
        helper.make_node("LogSoftmax", ["doubled"], ["frames"], axis=-1),
    ]
    pcm = helper.make_tensor_value_info("pcm", TensorProto.FLOAT, [1, "samples"])
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, [1, "time", 3]) for n in ("ctc", "frames")]
    return finished(nodes, [pcm], outputs, weights)


def grapheme() -> ModelProto:
    """A table look-up: letter i says class i with logit 3."""
    nodes = [
        helper.make_node("Gather", ["table", "letters"], ["logits"]),
        helper.make_node("LogSoftmax", ["logits"], ["ctc"], axis=-1),
    ]
    letters = helper.make_tensor_value_info("letters", TensorProto.INT64, [1, "steps"])
    ctc = helper.make_tensor_value_info("ctc", TensorProto.FLOAT, [1, "steps", 5])
    return finished(nodes, [letters], [ctc], {"table": 3.0 * np.eye(4, 5, dtype=np.float32)})


if __name__ == "__main__":
    folder = Path(__file__).parent
    save(acoustic(), folder / "toy_acoustic.onnx")
    save(grapheme(), folder / "toy_g2p.onnx")
