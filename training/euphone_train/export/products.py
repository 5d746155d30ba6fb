"""Rewrites convolutions as matrix products over gathered neighbours, which quantise and run faster in int8."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class ConvProduct(nn.Module):
    """The same numbers as a Conv1d with more than one input channel."""

    def __init__(self, conv: nn.Conv1d) -> None:
        super().__init__()
        self.kernel, self.stride, self.padding = conv.kernel_size[0], conv.stride[0], conv.padding[0]
        self.weight = nn.Parameter(conv.weight.detach().permute(2, 1, 0).reshape(-1, conv.out_channels))
        bias = torch.zeros(conv.out_channels) if conv.bias is None else conv.bias.detach()
        self.bias = nn.Parameter(bias)

    def forward(self, x: Tensor) -> Tensor:
        """x [batch, channels, frames]."""
        x = F.pad(x.transpose(1, 2), (0, 0, self.padding, self.padding))
        count = (x.shape[1] - self.kernel) // self.stride + 1
        reach = (count - 1) * self.stride + 1
        taps = [x[:, k : k + reach : self.stride] for k in range(self.kernel)]
        return (torch.cat(taps, -1) @ self.weight + self.bias).transpose(1, 2)


class UpsampleProduct(nn.Module):
    """The same numbers as ConvTranspose1d(kernel 4, stride 2, padding 1)."""

    def __init__(self, conv: nn.ConvTranspose1d) -> None:
        super().__init__()
        w = conv.weight.detach()  # [in, out, 4]
        zero = torch.zeros_like(w[..., 0])
        even = torch.cat((w[..., 3], w[..., 1], zero))
        odd = torch.cat((zero, w[..., 2], w[..., 0]))
        self.weight = nn.Parameter(torch.cat((even, odd), 1))
        self.bias = nn.Parameter(conv.bias.detach().repeat(2))

    def forward(self, x: Tensor) -> Tensor:
        x = F.pad(x.transpose(1, 2), (0, 0, 1, 1))
        near = torch.cat((x[:, :-2], x[:, 1:-1], x[:, 2:]), -1)
        y = near @ self.weight + self.bias
        return y.reshape(y.shape[0], -1, y.shape[2] // 2).transpose(1, 2)


def with_products(model: nn.Module) -> nn.Module:
    """Replaces, in place, every convolution that has more than one input channel."""
    for name, child in model.named_children():
        if isinstance(child, nn.Conv1d) and child.in_channels > 1:
            setattr(model, name, ConvProduct(child))
        elif isinstance(child, nn.ConvTranspose1d):
            setattr(model, name, UpsampleProduct(child))
        else:
            with_products(child)
    return model
