"""Low-rank adaptation (Hu et al., arXiv:2106.09685): the weights stay, and what is learned is added as a product of two thin matrices."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

ADAPTED = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


class LoraLinear(nn.Module):
    """W x + scale · B A x; B is 0 at first, so that nothing has changed yet."""

    def __init__(self, inner: nn.Linear, rank: int, scale: float) -> None:
        super().__init__()
        self.weight = inner.weight.requires_grad_(False)
        self.scale = scale
        self.down = nn.Parameter(torch.randn(rank, inner.in_features) * inner.in_features**-0.5)
        self.up = nn.Parameter(torch.zeros(inner.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight) + self.scale * F.linear(F.linear(x, self.down), self.up)

    def merged(self) -> nn.Linear:
        out, into = self.weight.shape
        linear = nn.Linear(into, out, bias=False)
        with torch.no_grad():
            linear.weight.copy_(self.weight + self.scale * self.up @ self.down)
        return linear


def add(model: nn.Module, rank: int, scale: float = 2.0) -> None:
    """In place; from then on only the thin matrices learn."""
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if name in ADAPTED:
                setattr(parent, name, LoraLinear(child, rank, scale))


def merge(model: nn.Module) -> None:
    """In place: the thin matrices become part of the weights, and the model is as it was built."""
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, LoraLinear):
                setattr(parent, name, child.merged())


def thin(model: nn.Module) -> dict[str, Tensor]:
    """What was learned."""
    return {name: value for name, value in model.state_dict().items() if name.endswith((".down", ".up"))}
