"""Writes an acoustic model as ONNX, float32 and int8, and checks each against PyTorch."""

from __future__ import annotations

import copy
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from euphone_train.export.products import with_products
from euphone_train.models.acoustic import AcousticModel, DescribedModel
from euphone_train.models.streaming import CHUNK_HOP, OVERLAP

INPUT, CTC, FRAMES, FEATURES = "pcm", "ctc_log_probs", "frame_log_probs", "features"
OPSET = 17
_IR_VERSION = 8  # readable by ONNX Runtime 1.10 and later
Axes = dict[str, dict[int, str]]  # By tensor: the names of the axes whose length is not fixed.


def session(file: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _feed(model: onnxruntime.InferenceSession, pcm: np.ndarray) -> dict[str, np.ndarray]:
    """The clip and, for a model that streams, the states of a beginning; such a model hears whole steps only."""
    states = {i.name: np.zeros(i.shape, np.float32) for i in model.get_inputs() if i.name != INPUT}
    if states:
        pcm = pcm[: (len(pcm) - OVERLAP) // CHUNK_HOP * CHUNK_HOP + OVERLAP]
    return states | {INPUT: pcm[None].astype(np.float32)}


def run(model: onnxruntime.InferenceSession, pcm: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """CTC and frame log probabilities [frames, 40] of one float32 clip."""
    ctc, frames = model.run([CTC, FRAMES], _feed(model, pcm))
    return ctc[0], frames[0]


def run_all(model: onnxruntime.InferenceSession, pcm: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features [frames, width], CTC and frame log probabilities [frames, 40] of one float32 clip."""
    features, ctc, frames = model.run([FEATURES, CTC, FRAMES], _feed(model, pcm))
    return features[0], ctc[0], frames[0]


def write(model: nn.Module, example: tuple, file: Path, inputs: Axes, outputs: Axes, opset: int = OPSET) -> None:
    """Traces `model` on `example`; the tables give the tensors in the order of its arguments and results."""
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model.eval(),
            example,
            str(file),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: axes for name, axes in (inputs | outputs).items() if axes},
            opset_version=opset,
            dynamo=False,
        )
    graph = onnx.load(file)
    graph.ir_version = _IR_VERSION
    onnx.save(graph, file)


def export_float(model: AcousticModel, file: Path) -> None:
    """Dynamic clip length, batch 1. Raises ValueError when ONNX Runtime and PyTorch disagree."""
    model.eval()
    outputs = {name: {1: "frames"} for name in (CTC, FRAMES, FEATURES)}
    described = with_products(DescribedModel(copy.deepcopy(model)))
    write(described, (torch.randn(1, 40_000) * 0.05,), file, {INPUT: {1: "samples"}}, outputs)
    check(model, file, tolerance=2e-3)


def check(model: AcousticModel, file: Path, tolerance: float) -> float:
    """Largest difference of probabilities between file and model over clips of several lengths."""
    runtime, worst = session(file), 0.0
    rng = np.random.default_rng(0)
    for samples in (4_000, 16_000, 51_234, 160_001):
        envelope = np.abs(np.sin(np.arange(samples) / 3000.0))
        pcm = (rng.standard_normal(samples) * 0.1 * envelope).astype(np.float32)
        with torch.no_grad():
            expected = [t[0].exp().numpy() for t in model(torch.from_numpy(pcm)[None])]
        for a, b in zip(expected, run(runtime, pcm), strict=True):
            if a.shape != b.shape:
                raise ValueError(f"{file}: shape {b.shape} instead of {a.shape} for {samples} samples")
            worst = max(worst, float(np.abs(a - np.exp(b)).max()))
    if worst > tolerance:
        raise ValueError(f"{file}: probabilities differ by {worst:.4f} from PyTorch, more than {tolerance}")
    return worst


def products_of(file: Path, *parts: str) -> list[str]:
    """Names of the matrix products in some parts of the network."""
    products = [node.name for node in onnx.load(file, load_external_data=False).graph.node if node.op_type == "MatMul"]
    return [name for name in products if any(part in name for part in parts)]


def quantise(source: Path, target: Path, per_channel: bool = True, kept_float: tuple[str, ...] = ("/conv3/",)) -> None:
    """Matrix products in int8: weights unsigned, what flows into them with a scale for each clip.

    Those of `kept_float` are computed in float32 from int8 weights: the input of the third convolution has a few channels far out of
    range, and one scale for all of them triples the phone error.
    """
    prepared, dynamic = target.with_suffix(".prepared.onnx"), target.with_suffix(".dynamic.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(dynamic),
        op_types_to_quantize=["MatMul"],
        per_channel=per_channel,
        weight_type=QuantType.QUInt8,
        nodes_to_exclude=products_of(source, *kept_float),
        extra_options={"MatMulConstBOnly": True},
    )
    model = onnx.load(dynamic)
    quantise_before_unfolding(model.graph)
    onnx.save(model, dynamic)
    shrink(dynamic, target)
    prepared.unlink()
    dynamic.unlink()


def shrink(source: Path, target: Path, kept_float: tuple[str, ...] = ()) -> None:
    """Weights of matrix products in int8, one scale for each column; they are computed with in float32, as they are few. (Quantising
    what flows between them, too, moves phone scores by up to 0.8 of 100 points.) Those in `kept_float` parts stay as they are. A
    runtime folds Cast and Mul into float weights once, when it starts; DequantizeLinear it would run each time."""
    model = onnx.load(source)
    graph = model.graph
    weights = {i.name: i for i in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights and not any(part in node.name for part in kept_float):
            name = node.input[1]
            table = numpy_helper.to_array(weights[name])
            scale = np.maximum(np.abs(table).max(-2, keepdims=True), 1e-12).astype(np.float32) / 127
            small = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
            graph.initializer.remove(weights.pop(name))
            graph.initializer.extend([numpy_helper.from_array(small, f"{name}_int8"), numpy_helper.from_array(scale, f"{name}_scale")])
            nodes.append(helper.make_node("Cast", [f"{name}_int8"], [f"{name}_unscaled"], name=f"{name}_cast", to=TensorProto.FLOAT))
            nodes.append(helper.make_node("Mul", [f"{name}_unscaled", f"{name}_scale"], [name], name=f"{name}_float"))
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    shorten_names(graph)
    onnx.checker.check_model(model)
    onnx.save(model, target)


def quantise_before_unfolding(graph: onnx.GraphProto) -> None:
    """Where the gathered neighbours of a convolution (products.py) are quantised, quantises what they are gathered from instead: the same
    numbers, but bytes are gathered in place of floats, and each once."""
    nodes = list(graph.node)
    made_by = {tensor: node for node in nodes for tensor in node.output}
    for quantised in [n for n in nodes if n.op_type == "DynamicQuantizeLinear"]:
        joined = made_by.get(quantised.input[0])
        taps = [made_by.get(tensor) for tensor in joined.input] if joined is not None and joined.op_type == "Concat" else [None]
        if not all(tap is not None and tap.op_type == "Slice" for tap in taps) or len({tap.input[0] for tap in taps}) > 1:
            continue
        whole, result = f"{quantised.output[0]}_whole", quantised.output[0]
        quantised.input[0], quantised.output[0], joined.output[0] = taps[0].input[0], whole, result
        for tap in taps:
            tap.input[0] = whole
        for node in (*taps, joined):
            nodes.remove(node)
        at = nodes.index(quantised) + 1
        nodes[at:at] = [*taps, joined]
    del graph.node[:]
    graph.node.extend(nodes)
    del graph.value_info[:]  # It tells the types of before.


def shorten_names(graph: onnx.GraphProto) -> None:
    """Of everything but inputs and outputs: a twentieth of a small model's bytes are paths of the modules that its tensors come from."""
    names = {x.name: x.name for x in (*graph.input, *graph.output)} | {"": ""}

    def short(name: str) -> str:
        return names.setdefault(name, f"t{len(names)}")

    for initializer in graph.initializer:
        initializer.name = short(initializer.name)
    for number, node in enumerate(graph.node):
        node.name = f"n{number}"
        node.doc_string = ""
        for tensors in (node.input, node.output):
            tensors[:] = [short(name) for name in tensors]
    del graph.value_info[:]
