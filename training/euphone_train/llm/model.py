"""A transformer of the Llama family (Touvron et al., arXiv:2302.13971), small: root-mean-square norms, rotary places, SwiGLU.

The parameters are named as Hugging Face names them, so that a state dict is a checkpoint of LlamaForCausalLM as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True, kw_only=True)
class ModelSpec:
    """`feed_forward` and `width` are multiples of 32, the block that weights are quantised by; `width` one of `heads`."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    feed_forward: int
    context: int = 1024
    theta: float = 10_000.0
    epsilon: float = 1e-5


class RmsNorm(nn.Module):
    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x, self.weight.shape, self.weight, self.epsilon)


class Attention(nn.Module):
    def __init__(self, spec: ModelSpec) -> None:
        super().__init__()
        self.heads = spec.heads
        for name in ("q_proj", "k_proj", "v_proj", "o_proj"):
            setattr(self, name, nn.Linear(spec.width, spec.width, bias=False))

    def forward(self, x: Tensor, places: tuple[Tensor, Tensor]) -> Tensor:
        """x: [batch, time, width]."""
        q, k, v = (project(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for project in (self.q_proj, self.k_proj, self.v_proj))
        mixed = F.scaled_dot_product_attention(turned(q, places), turned(k, places), v, is_causal=True)
        return self.o_proj(mixed.transpose(1, 2).flatten(-2))


class FeedForward(nn.Module):
    def __init__(self, spec: ModelSpec) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(spec.width, spec.feed_forward, bias=False)
        self.up_proj = nn.Linear(spec.width, spec.feed_forward, bias=False)
        self.down_proj = nn.Linear(spec.feed_forward, spec.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class Layer(nn.Module):
    def __init__(self, spec: ModelSpec) -> None:
        super().__init__()
        self.self_attn, self.mlp = Attention(spec), FeedForward(spec)
        self.input_layernorm = RmsNorm(spec.width, spec.epsilon)
        self.post_attention_layernorm = RmsNorm(spec.width, spec.epsilon)

    def forward(self, x: Tensor, places: tuple[Tensor, Tensor], dropout: float) -> Tensor:
        x = x + F.dropout(self.self_attn(self.input_layernorm(x), places), dropout, self.training)
        return x + F.dropout(self.mlp(self.post_attention_layernorm(x)), dropout, self.training)


class Body(nn.Module):
    def __init__(self, spec: ModelSpec) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(spec.vocabulary, spec.width)
        self.layers = nn.ModuleList(Layer(spec) for _ in range(spec.layers))
        self.norm = RmsNorm(spec.width, spec.epsilon)


class Llama(nn.Module):
    """Tokens in, logits of the next ones out. The embeddings are also what the output is compared with."""

    def __init__(self, spec: ModelSpec, dropout: float = 0.0) -> None:
        super().__init__()
        self.spec, self.dropout = spec, dropout
        self.model = Body(spec)
        for name, weight in self.named_parameters():
            if weight.ndim == 2:  # What is added to the stream starts smaller, the deeper the model (Radford et al. 2019).
                share = (2 * spec.layers) ** -0.5 if name.endswith(("o_proj.weight", "down_proj.weight")) else 1.0
                nn.init.normal_(weight, std=0.02 * share)

    def forward(self, tokens: Tensor) -> Tensor:
        """[batch, time] → [batch, time, vocabulary]."""
        x = self.model.embed_tokens(tokens)
        places = rotary(tokens.shape[1], self.spec.width // self.spec.heads, self.spec.theta)
        for layer in self.model.layers:
            x = layer(x, places, self.dropout)
        return F.linear(self.model.norm(x), self.model.embed_tokens.weight)

    @torch.no_grad()
    def most_likely(self, tokens: list[int], most: int, end: int) -> list[int]:
        """What the model says next, the likeliest token each time, up to `end` or `most` tokens."""
        said: list[int] = []
        while len(said) < most:
            heard = torch.tensor([(tokens + said)[-self.spec.context :]])
            best = int(self(heard)[0, -1].argmax())
            if best == end:
                break
            said.append(best)
        return said


def rotary(length: int, size: int, theta: float) -> tuple[Tensor, Tensor]:
    """Cosines and sines, [time, size], of the angles by which a head's numbers are turned at each place (Su et al., arXiv:2104.09864)."""
    speeds = theta ** -(torch.arange(0, size, 2, dtype=torch.float32) / size)
    angles = torch.outer(torch.arange(length, dtype=torch.float32), speeds).repeat(1, 2)
    return angles.cos(), angles.sin()


def turned(x: Tensor, places: tuple[Tensor, Tensor]) -> Tensor:
    """Number i of a head is turned together with number i + half of them, as Hugging Face pairs them."""
    low, high = x.chunk(2, -1)
    return x * places[0] + torch.cat([-high, low], -1) * places[1]
