"""Reads the Moonshine tiny-en encoder out of its ONNX Runtime flatbuffer.

The `.ort` file ships inside the MIT-licensed `moonshine-voice` wheel. Its convolutions are float32, its
projections uint8 with one scale and zero point per matrix; they are dequantised here.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import torch
from onnxruntime.tools.ort_format_model.ort_flatbuffers_py.fbs.InferenceSession import InferenceSession

_FLOAT32, _UINT8, _INT64 = 1, 2, 7
_DTYPES = {_FLOAT32: np.float32, _UINT8: np.uint8, _INT64: np.int64}
_PROJECTION = re.compile(r"/layers\.(\d)/(self_attn|mlp)/(\w+)/MatMul_quant")


def _tensors(graph) -> dict[str, np.ndarray]:
    arrays = {}
    for i in range(graph.InitializersLength()):
        tensor = graph.Initializers(i)
        dtype = _DTYPES.get(tensor.DataType())
        if dtype is None:
            continue
        shape = [tensor.Dims(d) for d in range(tensor.DimsLength())]
        arrays[tensor.Name().decode()] = tensor.RawDataAsNumpy().view(dtype).reshape(shape)
    return arrays


def read_encoder(ort_file: Path) -> dict[str, torch.Tensor]:
    """State dict of `models.encoder.Encoder`, float32. Raises ValueError on a file of another shape."""
    graph = InferenceSession.GetRootAs(ort_file.read_bytes(), 0).Model().Graph()
    tensors = _tensors(graph)
    state = {
        "conv1.weight": tensors["conv1.weight_add_tensor"],
        "conv2.weight": tensors["conv2.weight_add_tensor"],
        "conv2.bias": tensors["conv2.bias"],
        "conv3.weight": tensors["conv3.weight_add_tensor"],
        "conv3.bias": tensors["conv3.bias"],
        "final_norm.weight": tensors["layer_norm.weight"],
    }
    for i in range(graph.NodesLength()):
        node = graph.Nodes(i)
        inputs = [node.Inputs(j).decode() for j in range(node.InputsLength())]
        if node.Name() == b"/groupnorm/Mul":
            state["group_norm.weight"] = tensors[inputs[1]].reshape(-1)
        elif node.Name() == b"/groupnorm/Add":
            state["group_norm.bias"] = tensors[inputs[1]].reshape(-1)
        elif match := _PROJECTION.fullmatch(node.Name().decode()):
            layer, part, name = match.groups()
            stem = next(x for x in inputs if x.endswith("_quantized") and x.startswith("onnx::"))[: -len("_quantized")]
            zero = float(tensors[stem + "_zero_point"])
            weight = (tensors[stem + "_quantized"].astype(np.float32) - zero) * tensors[stem + "_scale"]
            prefix = f"layers.{layer}.{'attention' if part == 'self_attn' else 'mlp'}.{name}"
            state[prefix + ".weight"] = weight.T
            if part == "mlp":
                state[prefix + ".bias"] = tensors[f"layers.{layer}.mlp.{name}.bias"]
    for layer in range(6):
        state[f"layers.{layer}.attention_norm.weight"] = tensors[f"layers.{layer}.input_layernorm.weight"]
        state[f"layers.{layer}.mlp_norm.weight"] = tensors[f"layers.{layer}.post_attention_layernorm.weight"]
    if len(state) != 8 + 6 * 10:
        raise ValueError(f"{ort_file}: found {len(state)} tensors instead of 68; is this moonshine-voice 0.0.73 tiny-en?")
    return {name: torch.from_numpy(np.array(array, dtype=np.float32)) for name, array in state.items()}
