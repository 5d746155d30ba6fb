"""Writes the encoder's weights as docs/formats/bundle.md has them, matrices in int8, and says what that costs."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .model import SentenceEncoder

_MOST = 127


def _scales(rows: Tensor) -> Tensor:
    """One for each row, so that its largest number becomes 127."""
    return rows.abs().amax(1, keepdim=True).clamp_min(1e-12) / _MOST


def rounded(model: SentenceEncoder) -> SentenceEncoder:
    """Returns a copy that computes with the weights as they will stand in the file."""
    coarse = copy.deepcopy(model)
    with torch.no_grad():
        for module in coarse.modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                scales = _scales(module.weight)
                module.weight.copy_((module.weight / scales).round() * scales)
    return coarse.eval()


def write_weights(model: SentenceEncoder, path: Path, most_tokens: int) -> None:
    def floats(numbers: Tensor) -> bytes:
        return numbers.detach().numpy().astype("<f4").tobytes()

    def matrix(weight: Tensor) -> bytes:
        scales = _scales(weight.detach())
        return (weight.detach() / scales).round().numpy().astype(np.int8).tobytes() + floats(scales)

    def linear(module: nn.Linear) -> bytes:
        return matrix(module.weight) + floats(module.bias)

    def norm(module: nn.LayerNorm) -> bytes:
        return floats(module.weight) + floats(module.bias)

    with path.open("wb") as out:
        out.write(matrix(model.words.weight) + floats(model.places[:most_tokens]) + norm(model.first))
        for layer in model.layers:
            for module in (layer.query, layer.key, layer.value, layer.out):
                out.write(linear(module))
            out.write(norm(layer.after_attention) + linear(layer.up) + linear(layer.down) + norm(layer.after))


def likeness(model: SentenceEncoder, coarse: SentenceEncoder, sentences: list[list[int]]) -> tuple[float, float]:
    """Mean and least cosine between the vectors of both."""
    with torch.no_grad():
        cosines = [float((model(tokens) * coarse(tokens)).sum()) for tokens in (torch.tensor([ids]) for ids in sentences)]
    return float(np.mean(cosines)), min(cosines)
