#!/usr/bin/env python3
"""Writes the four toy models that the unit tests run; needs the packages onnx and numpy.

toy_acoustic.onnx  pcm [1, samples] -> ctc, frames [1, samples // 160, 3], features [1, samples // 160, 2]
toy_stream.onnx    pcm [1, n * 160 + 40], seen [1] -> ctc, frames [1, n, 3], features [1, n, 2], seen_out [1]
toy_g2p.onnx       letters [1, steps] -> ctc [1, steps, 5]
toy_scorer.onnx    features [T, 2], ctc, frames [T, 3], spans [N, 2], phones, words [N], prosody [N, 1]
                   -> phone_scores [2, N], word_scores [2, W, 2], sentence_scores [2, 3], heard [N, 3]
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
    """Mean, alternating sum and a constant over frames of 160 samples, as logits; `frames` doubles them.

    `features` are the first and the last of them."""
    kernel = np.zeros((3, 1, FRAME), np.float32)
    kernel[0] = 4.0 / FRAME
    kernel[1, 0] = np.where(np.arange(FRAME) % 2 == 0, 4.0, -4.0) / FRAME
    weights = {"kernel": kernel, "bias": np.array([0.0, 0.0, 0.5], np.float32), "two": np.float32([2.0])}
    weights |= {"channel": np.array([1], np.int64), "described": np.array([0, 2], np.int64)}
    nodes = [
        helper.make_node("Unsqueeze", ["pcm", "channel"], ["signal"]),
        helper.make_node("Conv", ["signal", "kernel", "bias"], ["filtered"], strides=[FRAME]),
        helper.make_node("Transpose", ["filtered"], ["logits"], perm=[0, 2, 1]),
        helper.make_node("Mul", ["logits", "two"], ["doubled"]),
        helper.make_node("LogSoftmax", ["logits"], ["ctc"], axis=-1),
        helper.make_node("LogSoftmax", ["doubled"], ["frames"], axis=-1),
        helper.make_node("Gather", ["logits", "described"], ["features"], axis=2),
    ]
    pcm = helper.make_tensor_value_info("pcm", TensorProto.FLOAT, [1, "samples"])
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, [1, "time", 3]) for n in ("ctc", "frames")]
    outputs.append(helper.make_tensor_value_info("features", TensorProto.FLOAT, [1, "time", 2]))
    return finished(nodes, [pcm], outputs, weights)


def streaming() -> ModelProto:
    """Frames of 200 samples, 160 apart: as logits their mean and a constant. `features` are a frame's number since the beginning and
    its mean; `seen` counts the frames of the windows before."""
    kernel = np.zeros((3, 1, FRAME + 40), np.float32)
    kernel[0] = 1.0 / (FRAME + 40)
    weights = {"kernel": kernel, "bias": np.array([0.0, 0.0, 0.5], np.float32), "axis": np.array(1, np.int64)}
    weights |= {"channel": np.array([1], np.int64), "mean": np.array([0], np.int64)}
    weights |= {"zero": np.float32([0.0]), "one": np.float32([1.0])}
    node = helper.make_node
    nodes = [
        node("Unsqueeze", ["pcm", "channel"], ["signal"]),
        node("Conv", ["signal", "kernel", "bias"], ["filtered"], strides=[FRAME]),
        node("Transpose", ["filtered"], ["logits"], perm=[0, 2, 1]),
        node("LogSoftmax", ["logits"], ["ctc"], axis=-1),
        node("LogSoftmax", ["logits"], ["frames"], axis=-1),
        node("Gather", ["logits", "mean"], ["means"], axis=2),
        node("Mul", ["means", "zero"], ["zeros"]),
        node("Add", ["zeros", "one"], ["ones"]),
        node("CumSum", ["ones", "axis"], ["counted"]),
        node("Add", ["counted", "seen"], ["numbers"]),
        node("Concat", ["numbers", "means"], ["features"], axis=2),
        node("ReduceMax", ["numbers"], ["seen_out"], axes=[0, 1], keepdims=0),
    ]
    value = helper.make_tensor_value_info
    inputs = [value("pcm", TensorProto.FLOAT, [1, "samples"]), value("seen", TensorProto.FLOAT, [1])]
    outputs = [value(name, TensorProto.FLOAT, [1, "time", 3]) for name in ("ctc", "frames")]
    outputs += [value("features", TensorProto.FLOAT, [1, "time", 2]), value("seen_out", TensorProto.FLOAT, [1])]
    return finished(nodes, inputs, outputs, weights)


def grapheme() -> ModelProto:
    """A table look-up: letter i says class i with logit 3."""
    nodes = [
        helper.make_node("Gather", ["table", "letters"], ["logits"]),
        helper.make_node("LogSoftmax", ["logits"], ["ctc"], axis=-1),
    ]
    letters = helper.make_tensor_value_info("letters", TensorProto.INT64, [1, "steps"])
    ctc = helper.make_tensor_value_info("ctc", TensorProto.FLOAT, [1, "steps", 5])
    return finished(nodes, [letters], [ctc], {"table": 3.0 * np.eye(4, 5, dtype=np.float32)})


def scorer() -> ModelProto:
    """Two members; the second answers 0.2 more than the first, everywhere.

    A phone's score is feature 0 of its first frame, times its posterior in `frames` there; a word's accuracy the mean of its
    phones', its stress the mean of their `prosody`; the sentence's accuracy the mean over all phones, its fluency the mean
    length of a phone in frames, its prosodic score the mean of `prosody`. What was heard is `ctc` of a phone's first frame.
    """
    weights = {
        "members": np.float32([[0.0], [0.2]]),
        "first": np.array(0, np.int64),
        "second": np.array(1, np.int64),
        "one": np.array(1, np.int64),
        "unit": np.float32([0.0, 1.0]),
        "flat": np.array([-1], np.int64),
        "front": np.array([0], np.int64),
        "back": np.array([1], np.int64),
        "last": np.array([2], np.int64),
    }
    node = helper.make_node
    nodes = [
        node("Gather", ["spans", "first"], ["begin"], axis=1),
        node("Gather", ["spans", "second"], ["end"], axis=1),
        node("Sub", ["end", "begin"], ["frames_long"]),
        node("Cast", ["frames_long"], ["length"], to=TensorProto.FLOAT),
        node("Gather", ["features", "first"], ["level"], axis=1),
        node("Gather", ["level", "begin"], ["said"]),
        node("Add", ["phones", "one"], ["columns"]),
        node("Unsqueeze", ["begin", "back"], ["begin_column"]),
        node("Unsqueeze", ["columns", "back"], ["phone_column"]),
        node("Concat", ["begin_column", "phone_column"], ["cells"], axis=1),
        node("GatherND", ["frames", "cells"], ["log_posterior"]),
        node("Exp", ["log_posterior"], ["posterior"]),
        node("Mul", ["said", "posterior"], ["values"]),
        node("Add", ["values", "members"], ["phone_scores"]),
        node("Gather", ["ctc", "begin"], ["heard"]),
        # [N, W]: which phone stands in which word.
        node("ReduceMax", ["words"], ["last_word"], keepdims=1),
        node("Add", ["last_word", "one"], ["word_count"]),
        node("OneHot", ["words", "word_count", "unit"], ["membership"], axis=-1),
        node("ReduceSum", ["membership", "front"], ["sizes"], keepdims=0),
        node("Reshape", ["prosody", "flat"], ["melody"]),
        node("MatMul", ["values", "membership"], ["word_sums"]),
        node("MatMul", ["melody", "membership"], ["melody_sums"]),
        node("Div", ["word_sums", "sizes"], ["word_means"]),
        node("Div", ["melody_sums", "sizes"], ["melody_means"]),
        node("Add", ["word_means", "members"], ["accuracies"]),
        node("Add", ["melody_means", "members"], ["stresses"]),
        node("Unsqueeze", ["accuracies", "last"], ["accuracy_column"]),
        node("Unsqueeze", ["stresses", "last"], ["stress_column"]),
        node("Concat", ["accuracy_column", "stress_column"], ["word_scores"], axis=2),
        node("ReduceMean", ["values"], ["accuracy"], axes=[0], keepdims=1),
        node("ReduceMean", ["length"], ["fluency"], axes=[0], keepdims=1),
        node("ReduceMean", ["melody"], ["prosodic"], axes=[0], keepdims=1),
        node("Concat", ["accuracy", "fluency", "prosodic"], ["sentence"], axis=0),
        node("Add", ["sentence", "members"], ["sentence_scores"]),
    ]
    value = helper.make_tensor_value_info
    inputs = [value("features", TensorProto.FLOAT, ["T", 2])]
    inputs += [value(name, TensorProto.FLOAT, ["T", 3]) for name in ("ctc", "frames")]
    inputs.append(value("spans", TensorProto.INT64, ["N", 2]))
    inputs += [value(name, TensorProto.INT64, ["N"]) for name in ("phones", "words")]
    inputs.append(value("prosody", TensorProto.FLOAT, ["N", 1]))
    outputs = [
        value("phone_scores", TensorProto.FLOAT, [2, "N"]),
        value("word_scores", TensorProto.FLOAT, [2, "W", 2]),
        value("sentence_scores", TensorProto.FLOAT, [2, 3]),
        value("heard", TensorProto.FLOAT, ["N", 3]),
    ]
    return finished(nodes, inputs, outputs, weights)


if __name__ == "__main__":
    folder = Path(__file__).parent
    save(acoustic(), folder / "toy_acoustic.onnx")
    save(streaming(), folder / "toy_stream.onnx")
    save(grapheme(), folder / "toy_g2p.onnx")
    save(scorer(), folder / "toy_scorer.onnx")
