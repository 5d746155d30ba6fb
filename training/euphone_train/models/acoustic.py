"""The acoustic model of Euphone: two phone classifiers on a 12 ms grid above the Moonshine encoder."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from euphone_train.models.encoder import CONV_WIDTH, LAYERS, WIDTH, Encoder, conv_lengths, valid_mask


@dataclass(frozen=True, kw_only=True)
class HeadSpec:
    classes: int = 40
    width: int = 256
    fine_width: int = 96
    dropout: float = 0.1


def frame_count(samples):
    """Output frames of a clip of `samples` samples (int or integer tensor)."""
    return 2 * conv_lengths(samples)[2]


def without_padding(x: Tensor, lengths: Tensor | None) -> Tensor:
    """x [batch, frames, width] with zeros after the valid frames, so that convolutions see clips end alike."""
    return x if lengths is None else x * valid_mask(lengths, x.shape[1])[..., None].to(x.dtype)


def on_fine_grid(mixed: Tensor) -> Tensor:
    """[batch, frames, width] at 24 ms to [batch, 2 frames, width] at 12 ms."""
    return torch.cat((mixed, mixed), -1).reshape(mixed.shape[0], -1, mixed.shape[2])


class AcousticModel(nn.Module):
    """pcm to two sets of natural-log probabilities [batch, frames, 40] over blank/silence and 39 phones."""

    FRONT = ("encoder.conv", "encoder.group_norm", "encoder.final_norm")  # Weights that may stand still: near enough from the start.

    def __init__(self, spec: HeadSpec = HeadSpec()) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.layer_weights = nn.Parameter(torch.zeros(LAYERS))
        self.reduce = nn.Linear(WIDTH, spec.width)
        self.dropout = nn.Dropout(spec.dropout)
        self.upsample = nn.ConvTranspose1d(spec.width, spec.width, 4, stride=2, padding=1)
        self.smooth = nn.Conv1d(spec.width, spec.width, 3, padding=1)
        self.ctc = nn.Linear(spec.width, spec.classes)
        self.fine = nn.Linear(CONV_WIDTH, spec.fine_width)
        self.frames_hidden = nn.Conv1d(spec.width + spec.fine_width, spec.width, 3, padding=1)
        self.frames = nn.Linear(spec.width, spec.classes)

    def mixed(self, layers: list[Tensor]) -> Tensor:
        """[batch, frames / 2, WIDTH]: the normalised layers, weighted."""
        weights = self.layer_weights.float().softmax(0)
        return sum(weights[i] * F.layer_norm(x.float(), (WIDTH,), eps=1e-5) for i, x in enumerate(layers))

    def trunk(self, layers: list[Tensor], samples: Tensor | None = None) -> Tensor:
        """[batch, frames, width] features at 12 ms, shared by both heads; zero on padding."""
        return self.trunk_of(self.mixed(layers), samples)

    def trunk_of(self, mixed: Tensor, samples: Tensor | None = None) -> Tensor:
        hidden = self.dropout(F.gelu(self.reduce(mixed)))
        hidden = without_padding(hidden, None if samples is None else conv_lengths(samples)[2])
        hidden = F.gelu(self.upsample(hidden.transpose(1, 2))).transpose(1, 2)
        frames = None if samples is None else frame_count(samples)
        hidden = without_padding(hidden, frames)
        hidden = F.gelu(self.smooth(hidden.transpose(1, 2))).transpose(1, 2)
        return without_padding(hidden, frames)

    def ctc_head(self, trunk: Tensor) -> Tensor:
        return self.ctc(self.dropout(trunk)).float().log_softmax(-1)

    def frame_head(self, trunk: Tensor, fine: Tensor, samples: Tensor | None = None) -> Tensor:
        """`fine` is the encoder's 12 ms map: it sees only 32 ms around each frame, so boundaries stay sharp."""
        local = fine.transpose(1, 2)[:, : trunk.shape[1]].float()
        local = F.gelu(self.fine(F.layer_norm(local, (CONV_WIDTH,), eps=1e-5)))
        local = without_padding(local, None if samples is None else frame_count(samples))
        both = torch.cat((trunk, local.to(trunk.dtype)), -1)
        hidden = F.gelu(self.frames_hidden(self.dropout(both).transpose(1, 2))).transpose(1, 2)
        return self.frames(self.dropout(hidden)).float().log_softmax(-1)

    def forward(self, pcm: Tensor, samples: Tensor | None = None) -> tuple[Tensor, Tensor]:
        return self.tables(pcm, samples)[:2]

    def tables(self, pcm: Tensor, samples: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """The two sets of log-probabilities and, on the same frames, the mixed encoder layers [batch, frames, WIDTH]."""
        fine, layers = self.encoder(pcm, samples)
        mixed = self.mixed(layers)
        trunk = self.trunk_of(mixed, samples)
        return self.ctc_head(trunk), self.frame_head(trunk, fine, samples), on_fine_grid(mixed)


class DescribedModel(nn.Module):
    """What is exported: `tables` of one clip."""

    def __init__(self, model: AcousticModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, pcm: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.model.tables(pcm)
