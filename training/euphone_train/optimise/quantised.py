"""Ways to store and compute a model's matrix products in int8."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from euphone_train.export import onnx_model


class _Clips(CalibrationDataReader):
    def __init__(self, clips: list[np.ndarray]) -> None:
        self._left: Iterator[np.ndarray] = iter(clips)

    def get_next(self) -> dict[str, np.ndarray] | None:
        clip = next(self._left, None)
        return None if clip is None else {onnx_model.INPUT: clip[None].astype(np.float32)}


def static(source: Path, target: Path, clips: list[np.ndarray], per_channel: bool) -> None:
    """Scales of what flows are fixed beforehand from `clips`, in QDQ format; the third convolution stays float32, as elsewhere."""
    prepared = target.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_static(
        str(prepared),
        str(target),
        _Clips(clips),
        quant_format=QuantFormat.QDQ,
        op_types_to_quantize=["MatMul"],
        per_channel=per_channel,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=onnx_model.products_of(prepared, "/conv3/"),
        calibrate_method=CalibrationMethod.MinMax,
        extra_options={"MatMulConstBOnly": True},
    )
    prepared.unlink()
