"""Takes parts out of an acoustic model for good: what remains is a smaller, working model, as it is before any recovery."""

from __future__ import annotations

import copy

import torch
from torch import nn

from euphone_train.distil.prune import Importance, best, low_rank, rows_of_heads
from euphone_train.models.acoustic import AcousticModel


def with_thin_convolutions(model: AcousticModel, importance: Importance, conv2_rank: int, conv3_rank: int) -> AcousticModel:
    """The two large convolutions as products of two thin ones."""
    model = copy.deepcopy(model)
    for name, rank in (("conv2", conv2_rank), ("conv3", conv3_rank)):
        source = getattr(model.encoder, name)
        outer, inner = low_rank(source.weight.detach().flatten(1), importance.reads[name], rank)
        first = nn.Conv1d(source.in_channels, rank, source.kernel_size[0], source.stride[0], bias=False)
        second = nn.Conv1d(rank, source.out_channels, 1)
        with torch.no_grad():
            first.weight.copy_(inner.view_as(first.weight))
            second.weight.copy_(outer[..., None])
            second.bias.copy_(source.bias)
        setattr(model.encoder, name, nn.Sequential(first, second))
    return model


def _linear(weight: torch.Tensor, bias: torch.Tensor | None) -> nn.Linear:
    layer = nn.Linear(weight.shape[1], weight.shape[0], bias is not None)
    with torch.no_grad():
        layer.weight.copy_(weight)
        if bias is not None:
            layer.bias.copy_(bias)
    return layer


def with_fewer_heads(model: AcousticModel, importance: Importance, heads: int) -> AcousticModel:
    model = copy.deepcopy(model)
    for i, layer in enumerate(model.encoder.layers):
        rows = rows_of_heads(best(importance.heads[i], heads))
        attention = layer.attention
        for name in ("q_proj", "k_proj", "v_proj"):
            setattr(attention, name, _linear(getattr(attention, name).weight[rows], None))
        attention.o_proj = _linear(attention.o_proj.weight[:, rows], None)
    return model


def with_fewer_neurons(model: AcousticModel, importance: Importance, neurons: int) -> AcousticModel:
    model = copy.deepcopy(model)
    for i, layer in enumerate(model.encoder.layers):
        kept = best(importance.neurons[i], neurons)
        layer.mlp.fc1 = _linear(layer.mlp.fc1.weight[kept], layer.mlp.fc1.bias[kept])
        layer.mlp.fc2 = _linear(layer.mlp.fc2.weight[:, kept], layer.mlp.fc2.bias)
    return model


def with_first_layers(model: AcousticModel, count: int) -> AcousticModel:
    model = copy.deepcopy(model)
    model.encoder.layers = model.encoder.layers[:count]
    model.layer_weights = nn.Parameter(model.layer_weights.detach()[:count].clone())
    return model


@torch.no_grad()
def with_zeros(model: AcousticModel, share: float) -> AcousticModel:
    """The smallest weights of every matrix of the encoder set to zero: unstructured, so that the shapes stay."""
    model = copy.deepcopy(model)
    for name, weight in model.encoder.named_parameters():
        if weight.ndim > 1 and not name.startswith("conv1"):
            edge = weight.abs().flatten().kthvalue(max(1, int(share * weight.numel()))).values
            weight.mul_((weight.abs() > edge).to(weight.dtype))
    return model
