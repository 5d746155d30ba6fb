"""Writes the encoder as an int8 ONNX file and compares it with PyTorch."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from euphone_train.export import onnx_model

from .model import SentenceEncoder

INPUT, OUTPUT = "tokens", "vector"


def _smaller_table(graph: onnx.GraphProto) -> None:
    """The word vectors in int8 with one scale for each word; only the rows that a sentence needs become float."""
    weights = {i.name: i for i in graph.initializer}
    gather = next(node for node in graph.node if node.op_type == "Gather" and node.input[1] == INPUT)
    name, rows = gather.input[0], gather.output[0]
    table = numpy_helper.to_array(weights[name])
    scale = np.abs(table).max(1, keepdims=True).astype(np.float32) / 127
    graph.initializer.remove(weights[name])
    graph.initializer.append(numpy_helper.from_array(np.rint(table / scale).astype(np.int8), f"{name}_int8"))
    graph.initializer.append(numpy_helper.from_array(scale, f"{name}_scale"))
    at = list(graph.node).index(gather)
    graph.node.remove(gather)
    for node in reversed(
        [
            helper.make_node("Gather", [f"{name}_int8", INPUT], [f"{rows}_int8"]),
            helper.make_node("Cast", [f"{rows}_int8"], [f"{rows}_unscaled"], to=TensorProto.FLOAT),
            helper.make_node("Gather", [f"{name}_scale", INPUT], [f"{rows}_scale"]),
            helper.make_node("Mul", [f"{rows}_unscaled", f"{rows}_scale"], [rows]),
        ]
    ):
        graph.node.insert(at, node)


def export_int8(model: SentenceEncoder, path: Path) -> None:
    """Matrix products in int8, one scale for each column. The weights keep to 7 bits, as processors without 8-bit dot products would
    saturate, and every machine shall find the same."""
    with tempfile.TemporaryDirectory() as scratch:
        plain, prepared = Path(scratch) / "float.onnx", Path(scratch) / "prepared.onnx"
        example = (torch.ones(1, 7, dtype=torch.int64),)
        onnx_model.write(model, example, plain, {INPUT: {1: "tokens"}}, {OUTPUT: {}})
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(path),
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )
    shipped = onnx.load(path)
    _smaller_table(shipped.graph)
    onnx_model.shorten_names(shipped.graph)
    onnx.checker.check_model(shipped)
    onnx.save(shipped, path)


def likeness(model: SentenceEncoder, path: Path, sentences: list[list[int]]) -> tuple[float, float]:
    """Mean and least cosine between the file's vectors and PyTorch's."""
    runtime = onnx_model.session(path)
    cosines = []
    for tokens in sentences:
        (vector,) = runtime.run([OUTPUT], {INPUT: np.asarray([tokens], np.int64)})
        with torch.no_grad():
            cosines.append(float((model(torch.tensor([tokens]))[0].numpy() * vector[0]).sum()))
    return float(np.mean(cosines)), min(cosines)
