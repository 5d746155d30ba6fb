"""Begins a small model with the most important heads, neurons and layers of a large one, and with its convolutions at a lower rank.

Importance is how much a unit adds to what comes after it on real speech: its root mean square times the norm of the weights that read
it, after Molchanov et al., "Pruning convolutional neural networks for resource efficient inference", ICLR 2017. A convolution becomes the
product of two smaller ones that is nearest to it on real speech (Zhang et al., "Accelerating very deep convolutional networks for
classification and detection", TPAMI 2016).
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from euphone_train.models.acoustic import AcousticModel
from euphone_train.models.encoder import HEAD_WIDTH, HEADS, LAYERS, rotary_table, rotate
from euphone_train.models.streaming import StreamingModel, StreamingSpec

# Which of the six layers stay, by how many (docs/models/experiments.md).
_LAYERS = {6: (0, 1, 2, 3, 4, 5), 5: (0, 1, 2, 3, 4), 4: (0, 1, 2, 3), 3: (0, 1, 2)}
_RIDGE = 1e-4  # Of the mean variance, so that directions that never occur do not blow up.


class Importance:
    """What a teacher's units do over some clips: mean squares of heads and neurons, second moments of what its convolutions read."""

    def __init__(self, teacher: AcousticModel, clips: list[np.ndarray]) -> None:
        encoder = teacher.encoder
        inputs = {name: _inputs(getattr(encoder, name)) for name in ("conv2", "conv3")}
        self.reads = {name: torch.zeros(count, count, dtype=torch.float64) for name, count in inputs.items()}
        self.heads = torch.zeros(LAYERS, HEADS)
        self.neurons = torch.zeros(LAYERS, encoder.layers[0].mlp.fc1.out_features)
        teacher.eval()
        with torch.no_grad():
            for pcm in clips:
                self._add(teacher, torch.from_numpy(pcm)[None])
        self.heads = self.heads.sqrt()
        reading = torch.stack([layer.mlp.fc2.weight.detach().norm(dim=0) for layer in encoder.layers])
        self.neurons = self.neurons.sqrt() * reading

    def _add(self, teacher: AcousticModel, pcm: Tensor) -> None:
        encoder = teacher.encoder
        normed = encoder.group_norm(torch.tanh(encoder.conv1(pcm[:, None])), None)
        fine = F.gelu(encoder.conv2(normed))
        self._read("conv2", normed, encoder.conv2)
        self._read("conv3", fine, encoder.conv3)
        x = F.gelu(encoder.conv3(fine)).transpose(1, 2)
        cos, sin = rotary_table(x.shape[1], x.device)
        for i, layer in enumerate(encoder.layers):
            normed = layer.attention_norm(x)
            self.heads[i] += self._head_outputs(layer.attention, normed, cos, sin).square().sum((1, 2))
            x = x + layer.attention(normed, cos, sin, None)
            hidden = F.gelu(layer.mlp.fc1(layer.mlp_norm(x)))
            self.neurons[i] += hidden[0].square().sum(0)
            x = x + layer.mlp.fc2(hidden)

    def _read(self, name: str, x: Tensor, conv: torch.nn.Conv1d) -> None:
        patches = x[0].unfold(1, conv.kernel_size[0], conv.stride[0]).permute(1, 0, 2).flatten(1)
        self.reads[name] += (patches.T @ patches).double()

    @staticmethod
    def _head_outputs(attention, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """[heads, frames, width]: what each head adds."""
        q, k, v = (p(x)[0].view(-1, HEADS, HEAD_WIDTH).transpose(0, 1) for p in (attention.q_proj, attention.k_proj, attention.v_proj))
        q, k = rotate(q * HEAD_WIDTH**-0.5, cos, sin), rotate(k, cos, sin)
        seen = (q @ k.transpose(1, 2)).softmax(-1) @ v
        return torch.einsum("htd,hwd->htw", seen, attention.o_proj.weight.view(-1, HEADS, HEAD_WIDTH).transpose(0, 1))


def _inputs(conv: torch.nn.Conv1d) -> int:
    return conv.in_channels * conv.kernel_size[0]


def low_rank(weight: Tensor, moments: Tensor, rank: int) -> tuple[Tensor, Tensor]:
    """Two factors [outputs, rank] and [rank, inputs] of `weight` [outputs, inputs]: nearest on inputs with these second moments.

    The first has orthonormal columns, the second sums of the weight's own rows: both bear int8. (Whitened inputs in between would need
    large weights where little flows, and those amplify what rounding does to it.)
    """
    values, vectors = torch.linalg.eigh(moments + torch.eye(len(moments)) * moments.diagonal().mean() * _RIDGE)
    root = values.clamp(min=1e-12).sqrt()
    left, _, _ = torch.linalg.svd(weight.double() @ (vectors * root) @ vectors.T, full_matrices=False)
    outer = left[:, :rank]
    return outer.float(), (outer.T @ weight.double()).float()


def best(importance: Tensor, count: int) -> Tensor:
    """Positions of the `count` highest, in order."""
    return importance.topk(count).indices.sort().values


def rows_of_heads(heads: Tensor) -> Tensor:
    return (heads[:, None] * HEAD_WIDTH + torch.arange(HEAD_WIDTH)[None]).flatten()


@torch.no_grad()
def pruned(teacher: AcousticModel, spec: StreamingSpec, importance: Importance) -> StreamingModel:
    """A model of the sizes of `spec` with what the teacher can give it; its heads but for the last layers are new."""
    model, encoder = StreamingModel(spec), teacher.encoder
    model.conv1.load_state_dict(encoder.conv1.state_dict())
    model.gain.copy_(encoder.group_norm.weight)
    model.offset.copy_(encoder.group_norm.bias)
    for name, rank in (("conv2", spec.conv2_rank), ("conv3", spec.conv3_rank)):
        source, (first, second) = getattr(encoder, name), getattr(model, name)
        outer, inner = low_rank(source.weight.flatten(1), importance.reads[name], rank)
        first.weight.copy_(inner.view_as(first.weight))
        second.weight.copy_(outer[..., None])
        second.bias.copy_(source.bias)
    kept = _LAYERS[spec.layers]
    for layer, i in zip(model.layers, kept, strict=True):
        source = encoder.layers[i]
        rows = rows_of_heads(best(importance.heads[i], spec.heads))
        for name in ("q_proj", "k_proj", "v_proj"):
            getattr(layer.attention, name).weight.copy_(getattr(source.attention, name).weight[rows])
        layer.attention.o_proj.weight.copy_(source.attention.o_proj.weight[:, rows])
        layer.attention_norm.load_state_dict(source.attention_norm.state_dict())
        layer.mlp_norm.load_state_dict(source.mlp_norm.state_dict())
        neurons = best(importance.neurons[i], spec.mlp_width)
        layer.fc1.weight.copy_(source.mlp.fc1.weight[neurons])
        layer.fc1.bias.copy_(source.mlp.fc1.bias[neurons])
        layer.fc2.weight.copy_(source.mlp.fc2.weight[:, neurons])
        layer.fc2.bias.copy_(source.mlp.fc2.bias)
    model.layer_weights.copy_(teacher.layer_weights[list(kept)])
    return model
