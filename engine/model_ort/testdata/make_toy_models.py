#!/usr/bin/env python3
"""Writes the toy models that the tests run; needs the packages onnx and numpy.

toy_acoustic.onnx  pcm [1, samples] -> ctc, frames [1, samples // 160, 3], features [1, samples // 160, 2]
toy_stream.onnx    pcm [1, n * 160 + 40], seen [1] -> ctc, frames [1, n, 3], features [1, n, 2], seen_out [1]
toy_g2p.onnx       letters [1, steps] -> ctc [1, steps, 5]
toy_scorer.onnx    features [T, 2], ctc, frames [T, 3], spans [N, 2], phones, words [N], prosody [N, 1]
                   -> phone_scores [2, N], word_scores [2, W, 2], sentence_scores [2, 3], heard [N, 3]
toy_encoder.onnx   pcm, pcm_mask [1, samples] -> frames [1, samples // 160, 6]
toy_decoder.onnx   token [1, 1], heard [1, T, 6], heard_mask [1, samples], use_past [1], past.0.(decoder|encoder).(key|value) [1, 1, n, 6]
                   -> logits [1, 1, 6] and present.0.… likewise
bad_endless.onnx, bad_greedy.onnx  as toy_g2p.onnx, but the one never ends and the other takes 4 GB
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


def encoder() -> ModelProto:
    """A logit for each token of a recogniser: 2 to end, 20 times the mean of a frame for 3, 1 less for 5, the negative mean for 4."""
    kernel = np.zeros((6, 1, FRAME), np.float32)
    kernel[[3, 5]], kernel[4] = 20.0 / FRAME, -20.0 / FRAME
    weights = {"kernel": kernel, "bias": np.float32([-9, -9, 2, 0, 0, -1]), "channel": np.array([1], np.int64)}
    node = helper.make_node
    nodes = [
        node("Cast", ["pcm_mask"], ["ones"], to=TensorProto.FLOAT),
        node("Mul", ["pcm", "ones"], ["masked"]),
        node("Unsqueeze", ["masked", "channel"], ["signal"]),
        node("Conv", ["signal", "kernel", "bias"], ["filtered"], strides=[FRAME]),
        node("Transpose", ["filtered"], ["frames"], perm=[0, 2, 1]),
    ]
    value = helper.make_tensor_value_info
    inputs = [value("pcm", TensorProto.FLOAT, [1, "samples"]), value("pcm_mask", TensorProto.INT64, [1, "samples"])]
    return finished(nodes, inputs, [value("frames", TensorProto.FLOAT, [1, "time", 6])], weights)


def decoder() -> ModelProto:
    """Run i says frame i as the encoder's key has it, which the first run makes of `heard`; behind the last frame token 2.

    After a token 3, token 5 gets 2 more. The decoder's own key grows by the token that came in; values are as keys."""
    value, node = helper.make_tensor_value_info, helper.make_node
    cache = value("cache", TensorProto.FLOAT, [1, 1, "n", 6])
    recall = helper.make_graph([node("Identity", ["past.0.encoder.key"], ["cache"])], "recall", [], [cache])
    hear = helper.make_graph([node("Unsqueeze", ["heard", "back"], ["cache"])], "hear", [], [cache])
    follows = np.zeros((6, 6), np.float32)
    follows[3, 5] = 2.0
    weights = {
        "follows": follows,
        "end": np.float32([[[[-9, -9, 9, -9, -9, -9]]]]),
        "back": np.array([1], np.int64),
        "length": np.array(2, np.int64),
        "frame": np.array(FRAME, np.int64),
        "heads": np.array([1, 1, 1, 6], np.int64),
        "one_token": np.array([1, 1, 6], np.int64),
    }
    nodes = [
        node("If", ["use_past"], ["present.0.encoder.key"], then_branch=recall, else_branch=hear),
        node("Identity", ["present.0.encoder.key"], ["present.0.encoder.value"]),
        node("Shape", ["past.0.decoder.key"], ["own_shape"]),
        node("Gather", ["own_shape", "length"], ["position"]),
        node("ReduceSum", ["heard_mask"], ["samples"], keepdims=0),
        node("Div", ["samples", "frame"], ["last"]),
        node("Min", ["position", "last"], ["at"]),
        node("Concat", ["present.0.encoder.key", "end"], ["script"], axis=2),
        node("Gather", ["script", "at"], ["said"], axis=2),
        node("Reshape", ["said", "one_token"], ["plain"]),
        node("Gather", ["follows", "token"], ["bonus"]),
        node("Add", ["plain", "bonus"], ["logits"]),
        node("Reshape", ["bonus", "heads"], ["own"]),
        node("Concat", ["past.0.decoder.key", "own"], ["present.0.decoder.key"], axis=2),
        node("Concat", ["past.0.decoder.value", "own"], ["present.0.decoder.value"], axis=2),
    ]
    sides = [f"0.{side}.{part}" for side in ("decoder", "encoder") for part in ("key", "value")]
    inputs = [value("token", TensorProto.INT64, [1, 1]), value("heard", TensorProto.FLOAT, [1, "T", 6])]
    inputs += [value("heard_mask", TensorProto.INT64, [1, "samples"]), value("use_past", TensorProto.BOOL, [1])]
    inputs += [value(f"past.{side}", TensorProto.FLOAT, [1, 1, f"n{i}", 6]) for i, side in enumerate(sides)]
    outputs = [value("logits", TensorProto.FLOAT, [1, 1, 6])]
    outputs += [value(f"present.{side}", TensorProto.FLOAT, [1, 1, f"m{i}", 6]) for i, side in enumerate(sides)]
    return finished(nodes, inputs, outputs, weights)


def endless() -> ModelProto:
    """Adds to a number for ever before it answers."""
    value, node = helper.make_tensor_value_info, helper.make_node
    body = helper.make_graph(
        [node("Identity", ["go_on"], ["goes_on"]), node("Add", ["x", "x"], ["doubled"])],
        "body",
        [value("turn", TensorProto.INT64, []), value("go_on", TensorProto.BOOL, []), value("x", TensorProto.FLOAT, [])],
        [value("goes_on", TensorProto.BOOL, []), value("doubled", TensorProto.FLOAT, [])],
    )
    weights = {"turns": np.array(2**62, np.int64), "yes": np.array(True)}
    return answering([node("Loop", ["turns", "yes", "sum"], ["last"], body=body)], weights)


def greedy() -> ModelProto:
    """Writes 4 GB before it answers."""
    node = helper.make_node
    weights = {"many": np.array([2**30], np.int64)}
    return answering([node("Expand", ["sum", "many"], ["rows"]), node("ReduceMax", ["rows"], ["last"], keepdims=0)], weights)


def answering(nodes: list, weights: dict[str, np.ndarray]) -> ModelProto:
    """A grapheme model that does `nodes`, from `sum` to `last`, for each answer."""
    value, node = helper.make_tensor_value_info, helper.make_node
    before = [node("Cast", ["letters"], ["numbers"], to=TensorProto.FLOAT), node("ReduceSum", ["numbers"], ["sum"], keepdims=0)]
    after = [
        node("Unsqueeze", ["numbers", "two"], ["columns"]),
        node("Expand", ["columns", "shape"], ["wide"]),
        node("Add", ["wide", "last"], ["ctc"]),
    ]
    weights |= {"two": np.array([2], np.int64), "shape": np.array([1, 1, 5], np.int64)}
    letters = value("letters", TensorProto.INT64, [1, "steps"])
    return finished(before + nodes + after, [letters], [value("ctc", TensorProto.FLOAT, [1, "steps", 5])], weights)


if __name__ == "__main__":
    folder = Path(__file__).parent
    save(acoustic(), folder / "toy_acoustic.onnx")
    save(streaming(), folder / "toy_stream.onnx")
    save(grapheme(), folder / "toy_g2p.onnx")
    save(scorer(), folder / "toy_scorer.onnx")
    save(encoder(), folder / "toy_encoder.onnx")
    save(decoder(), folder / "toy_decoder.onnx")
    save(endless(), folder / "bad_endless.onnx")
    save(greedy(), folder / "bad_greedy.onnx")
