"""Writes the trained model as an int8 ONNX file."""

import json
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from euphone_train.export import onnx_model

from .model import LetterCtc, ModelSpec

_OPSET = 18


class _FinalOnly(nn.Module):
    """The model without its first guess, which serves training only."""

    def __init__(self, model: LetterCtc) -> None:
        super().__init__()
        self.model = model

    def forward(self, letters: Tensor) -> Tensor:
        return self.model(letters)[0]


def load_trained(run: Path) -> LetterCtc:
    """Returns the model that `train` left in the folder run."""
    spec = ModelSpec(**json.loads((run / "model.json").read_text(encoding="utf-8")))
    model = LetterCtc(spec)
    model.load_state_dict(torch.load(run / "model.pt", weights_only=True))
    return model.eval()


def export_float(model: LetterCtc, path: Path) -> None:
    """Writes float32 ONNX: letters [1, L] -> log_probs [1, T, C] for any L of at least 1."""
    example = (torch.ones(1, 7, dtype=torch.int64),)
    onnx_model.write(_FinalOnly(model), example, path, {"letters": {1: "letters"}}, {"log_probs": {1: "frames"}}, _OPSET)


def export_int8(model: LetterCtc, path: Path) -> None:
    """Writes the int8 ONNX file: the weights of every matrix product, one scale for each column.

    The weights keep to 7 bits, so that processors without 8-bit dot-product instructions do not saturate and
    every machine gives the same answer.
    """
    with tempfile.TemporaryDirectory() as scratch:
        plain, prepared = Path(scratch) / "float.onnx", Path(scratch) / "prepared.onnx"
        export_float(model, plain)
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(path),
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
    shipped = onnx.load(path)
    del shipped.graph.value_info[:]
    shipped.doc_string = ""
    onnx.save(shipped, path)
    onnx.checker.check_model(str(path))
