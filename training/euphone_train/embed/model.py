"""all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020): one sentence's tokens to one vector of length 1.

A BERT encoder without dropout, for one sentence at a time, so that no mask is needed. The mean of the last layer's vectors stands for the
sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, kw_only=True)
class EncoderSpec:
    """Sizes as in the published config.json."""

    words: int = 30522
    positions: int = 512
    width: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 6
    epsilon: float = 1e-12


class Layer(nn.Module):
    """Attention over the sentence, then two products; each added to what came in and normalised after (post-norm)."""

    def __init__(self, spec: EncoderSpec) -> None:
        super().__init__()
        self.heads = spec.heads
        self.query, self.key, self.value, self.out = (nn.Linear(spec.width, spec.width) for _ in range(4))
        self.up, self.down = nn.Linear(spec.width, spec.inner), nn.Linear(spec.inner, spec.width)
        self.after_attention, self.after = (nn.LayerNorm(spec.width, eps=spec.epsilon) for _ in range(2))

    def forward(self, x: Tensor) -> Tensor:
        def split(y: Tensor) -> Tensor:
            return y.reshape(1, -1, self.heads, y.shape[-1] // self.heads).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        shares = (query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5).softmax(-1)
        x = self.after_attention(x + self.out((shares @ value).transpose(1, 2).reshape(1, -1, x.shape[-1])))
        return self.after(x + self.down(functional.gelu(self.up(x))))


class SentenceEncoder(nn.Module):
    """Tokens [1, T] (int64, with those of begin and end) to a vector [1, width]."""

    def __init__(self, spec: EncoderSpec) -> None:
        super().__init__()
        self.words = nn.Embedding(spec.words, spec.width)
        self.places = nn.Parameter(torch.zeros(spec.positions, spec.width))  # The segment's vector is added to them.
        self.first = nn.LayerNorm(spec.width, eps=spec.epsilon)
        self.layers = nn.ModuleList(Layer(spec) for _ in range(spec.layers))

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.first(self.words(tokens) + self.places[: tokens.shape[1]])
        for layer in self.layers:
            x = layer(x)
        mean = x.mean(1)
        return mean / mean.norm(dim=-1, keepdim=True)


# Modules of the published weights, and ours.
_MODULES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "after_attention",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "after",
}


def load_published(weights: Path, spec: EncoderSpec) -> SentenceEncoder:
    """Returns the encoder with the weights of model.safetensors."""
    theirs = load_file(weights)
    ours = {
        "words.weight": theirs["embeddings.word_embeddings.weight"],
        "places": theirs["embeddings.position_embeddings.weight"] + theirs["embeddings.token_type_embeddings.weight"][0],
        "first.weight": theirs["embeddings.LayerNorm.weight"],
        "first.bias": theirs["embeddings.LayerNorm.bias"],
    }
    for number in range(spec.layers):
        for module, name in _MODULES.items():
            for part in ("weight", "bias"):
                ours[f"layers.{number}.{name}.{part}"] = theirs[f"encoder.layer.{number}.{module}.{part}"]
    model = SentenceEncoder(spec)
    model.load_state_dict(ours)
    return model.eval()
