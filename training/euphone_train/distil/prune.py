"""Begins a small model with the most important channels, heads, neurons and layers of a large one.

Importance is how much a unit adds to what comes after it on real speech: its root mean square times the norm of the weights that read
it, after Molchanov et al., "Pruning convolutional neural networks for resource efficient inference", ICLR 2017.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from euphone_train.models.acoustic import AcousticModel
from euphone_train.models.encoder import HEAD_WIDTH, HEADS, LAYERS, rotary_table, rotate
from euphone_train.models.streaming import StreamingModel, StreamingSpec

# Which of the six layers stay, by how many; the early and the late ones carry most of what phones need.
_LAYERS = {6: (0, 1, 2, 3, 4, 5), 5: (0, 1, 2, 4, 5), 4: (0, 1, 3, 5), 3: (0, 2, 5), 2: (0, 4)}


class Importance:
    """Sums of squares of every unit of a teacher over some clips."""

    def __init__(self, teacher: AcousticModel, clips: list[np.ndarray]) -> None:
        self.conv = torch.zeros(teacher.encoder.conv2.out_channels)
        self.heads = torch.zeros(LAYERS, HEADS)
        self.neurons = torch.zeros(LAYERS, teacher.encoder.layers[0].mlp.fc1.out_features)
        teacher.eval()
        with torch.no_grad():
            for pcm in clips:
                self._add(teacher, torch.from_numpy(pcm)[None])
        self.conv = self.conv.sqrt() * teacher.encoder.conv3.weight.detach().norm(dim=(0, 2))
        self.heads = self.heads.sqrt()
        reading = torch.stack([layer.mlp.fc2.weight.detach().norm(dim=0) for layer in teacher.encoder.layers])
        self.neurons = self.neurons.sqrt() * reading

    def _add(self, teacher: AcousticModel, pcm: Tensor) -> None:
        fine, x = teacher.encoder.front(pcm, None)
        self.conv += fine[0].square().sum(1)
        cos, sin = rotary_table(x.shape[1], x.device)
        for i, layer in enumerate(teacher.encoder.layers):
            normed = layer.attention_norm(x)
            self.heads[i] += self._head_outputs(layer.attention, normed, cos, sin).square().sum((1, 2))
            x = x + layer.attention(normed, cos, sin, None)
            hidden = F.gelu(layer.mlp.fc1(layer.mlp_norm(x)))
            self.neurons[i] += hidden[0].square().sum(0)
            x = x + layer.mlp.fc2(hidden)

    @staticmethod
    def _head_outputs(attention, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """[heads, frames, width]: what each head adds."""
        q, k, v = (p(x)[0].view(-1, HEADS, HEAD_WIDTH).transpose(0, 1) for p in (attention.q_proj, attention.k_proj, attention.v_proj))
        q, k = rotate(q * HEAD_WIDTH**-0.5, cos, sin), rotate(k, cos, sin)
        seen = (q @ k.transpose(1, 2)).softmax(-1) @ v
        return torch.einsum("htd,hwd->htw", seen, attention.o_proj.weight.view(-1, HEADS, HEAD_WIDTH).transpose(0, 1))


def _best(importance: Tensor, count: int) -> Tensor:
    """Positions of the `count` highest, in order."""
    return importance.topk(count).indices.sort().values


def _rows_of_heads(heads: Tensor) -> Tensor:
    return (heads[:, None] * HEAD_WIDTH + torch.arange(HEAD_WIDTH)[None]).flatten()


@torch.no_grad()
def pruned(teacher: AcousticModel, spec: StreamingSpec, importance: Importance) -> StreamingModel:
    """A model of the sizes of `spec` with what the teacher can give it; its heads but for the last layers are new."""
    model, encoder = StreamingModel(spec), teacher.encoder
    channels = _best(importance.conv, spec.conv_width)
    model.conv1.load_state_dict(encoder.conv1.state_dict())
    model.gain.copy_(encoder.group_norm.weight)
    model.offset.copy_(encoder.group_norm.bias)
    model.conv2.weight.copy_(encoder.conv2.weight[channels])
    model.conv2.bias.copy_(encoder.conv2.bias[channels])
    model.conv3.weight.copy_(encoder.conv3.weight[:, channels])
    model.conv3.bias.copy_(encoder.conv3.bias)
    kept = _LAYERS[spec.layers]
    for layer, i in zip(model.layers, kept, strict=True):
        source = encoder.layers[i]
        rows = _rows_of_heads(_best(importance.heads[i], spec.heads))
        for name in ("q_proj", "k_proj", "v_proj"):
            getattr(layer.attention, name).weight.copy_(getattr(source.attention, name).weight[rows])
        layer.attention.o_proj.weight.copy_(source.attention.o_proj.weight[:, rows])
        layer.attention_norm.load_state_dict(source.attention_norm.state_dict())
        layer.mlp_norm.load_state_dict(source.mlp_norm.state_dict())
        neurons = _best(importance.neurons[i], spec.mlp_width)
        layer.fc1.weight.copy_(source.mlp.fc1.weight[neurons])
        layer.fc1.bias.copy_(source.mlp.fc1.bias[neurons])
        layer.fc2.weight.copy_(source.mlp.fc2.weight[:, neurons])
        layer.fc2.bias.copy_(source.mlp.fc2.bias)
    model.layer_weights.copy_(teacher.layer_weights[list(kept)])
    return model
