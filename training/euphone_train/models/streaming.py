"""The small acoustic model: the Moonshine encoder made narrower, able to hear a clip at once or in chunks with a state between them.

Attention is limited to chunks and a bounded past, as in dynamic chunk training (Zhang et al., "Unified streaming and non-streaming
two-pass end-to-end model for speech recognition", 2020): the same weights serve both ways. The clip-wide group norm becomes a running
one, and the heads look only back. A chunk of n encoder frames is a window of n × CHUNK_HOP + OVERLAP samples; windows follow each other
every n × CHUNK_HOP samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from euphone_train.models.acoustic import on_fine_grid
from euphone_train.models.encoder import CONVS, HEAD_WIDTH, Norm, conv_lengths, rotary_table, rotate, valid_mask

CHUNK_HOP = 64 * 3 * 2  # Samples from one encoder frame to the next, 24 ms.
OVERLAP = 64 * 6 + 127  # Samples by which a window is longer than its frames: what the convolutions look ahead.
STEPS = 6  # Frames of the first convolution for each encoder frame …
REACH = 7  # … and how many more a window needs.
PRIOR_FRAMES, PRIOR_SQUARE = 25.0, 2e-3  # Of the running norm: a tenth of a second of quiet.
LONGEST_MEMORY = 8000.0  # Frames of the first convolution (32 s) after which the running norm forgets.
TAIL = 2  # Frames of 12 ms that each of the heads' convolutions looks back.


@dataclass(frozen=True, kw_only=True)
class StreamingSpec:
    """Sizes; `chunk` is how many encoder frames are heard at a time live, `left` how many of the past a chunk may look at, the ranks
    those of the two large convolutions, each a product of two smaller ones.
    """

    width: int = 288
    conv_width: int = 576
    conv2_rank: int = 128
    conv3_rank: int = 96
    heads: int = 5
    mlp_width: int = 512
    layers: int = 4
    chunk: int = 6
    left: int = 64
    head_width: int = 128
    fine_width: int = 48
    classes: int = 40
    dropout: float = 0.1


class State(NamedTuple):
    """What is carried from chunk to chunk; all zero at the beginning. Batch 1."""

    norm: Tensor  # [3]: frames seen by the running norm, their mean, their mean square.
    past: Tensor  # [1]: how many of the kept frames are there, at most `left`.
    keys: Tensor  # [layers, heads, left, HEAD_WIDTH], not rotated.
    values: Tensor  # The same.
    trunk: Tensor  # [1, TAIL, head_width]
    local: Tensor  # [1, TAIL, head_width + fine_width]


def fresh_state(spec: StreamingSpec) -> State:
    kept = (spec.layers, spec.heads, spec.left, HEAD_WIDTH)
    tails = (1, TAIL, spec.head_width), (1, TAIL, spec.head_width + spec.fine_width)
    return State(torch.zeros(3), torch.zeros(1), torch.zeros(kept), torch.zeros(kept), *map(torch.zeros, tails))


class Attention(nn.Module):
    def __init__(self, spec: StreamingSpec) -> None:
        super().__init__()
        inner = spec.heads * HEAD_WIDTH
        self.heads = spec.heads
        self.q_proj = nn.Linear(spec.width, inner, bias=False)
        self.k_proj = nn.Linear(spec.width, inner, bias=False)
        self.v_proj = nn.Linear(spec.width, inner, bias=False)
        self.o_proj = nn.Linear(inner, spec.width, bias=False)

    def split(self, projected: Tensor) -> Tensor:
        """[batch, frames, inner] to [batch, heads, frames, HEAD_WIDTH]."""
        return projected.view(projected.shape[0], projected.shape[1], self.heads, HEAD_WIDTH).transpose(1, 2)

    def attend(self, x: Tensor, keys: Tensor, values: Tensor, mask: Tensor, rotary: tuple[Tensor, Tensor]) -> Tensor:
        """x [batch, frames, width] are the last frames of `keys` and `values` [batch, heads, past + frames, HEAD_WIDTH]."""
        cos, sin = rotary
        frames = x.shape[1]
        q = rotate(self.split(self.q_proj(x)) * HEAD_WIDTH**-0.5, cos[-frames:], sin[-frames:]).to(values.dtype)
        k = rotate(keys, cos, sin).to(values.dtype)
        weights = (q @ k.transpose(-1, -2) + mask.to(values.dtype)).softmax(-1)
        return self.o_proj((weights.to(values.dtype) @ values).transpose(1, 2).flatten(2))


def _low_rank(inputs: int, outputs: int, rank: int, kernel: int, stride: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv1d(inputs, rank, kernel, stride, bias=False), nn.Conv1d(rank, outputs, 1))


class Layer(nn.Module):
    def __init__(self, spec: StreamingSpec) -> None:
        super().__init__()
        self.attention_norm, self.attention = Norm(spec.width), Attention(spec)
        self.mlp_norm = Norm(spec.width)
        self.fc1, self.fc2 = nn.Linear(spec.width, spec.mlp_width), nn.Linear(spec.mlp_width, spec.width)

    def keys_and_values(self, x: Tensor) -> tuple[Tensor, Tensor]:
        x = self.attention_norm(x)
        return self.attention.split(self.attention.k_proj(x)), self.attention.split(self.attention.v_proj(x))

    def forward(self, x: Tensor, keys: Tensor, values: Tensor, mask: Tensor, rotary: tuple[Tensor, Tensor]) -> Tensor:
        x = x + self.attention.attend(self.attention_norm(x), keys, values, mask, rotary)
        return x + self.fc2(F.gelu(self.fc1(self.mlp_norm(x))))


def chunk_mask(frames: int, chunk: int, left: int, valid: Tensor) -> Tensor:
    """[batch, 1, frames, frames]: 0 where a frame may look, −10,000 elsewhere. `valid` [batch, frames]."""
    index = torch.arange(frames, device=valid.device)
    first = torch.div(index, chunk, rounding_mode="floor") * chunk
    seen = (index[None] < (first + chunk)[:, None]) & (index[None] >= (first - left)[:, None])
    return torch.where(seen[None, None] & valid[:, None, None], 0.0, -1e4)


class StreamingModel(nn.Module):
    """pcm to CTC and frame log-probabilities on the 12 ms grid, and features on it, as AcousticModel."""

    FRONT = ("conv1", "gain", "offset", "conv2", "conv3")  # As AcousticModel.FRONT.

    def __init__(self, spec: StreamingSpec = StreamingSpec()) -> None:
        super().__init__()
        self.spec = spec
        self.conv1 = nn.Conv1d(1, spec.width, *CONVS[0], bias=False)
        self.gain, self.offset = nn.Parameter(torch.ones(spec.width)), nn.Parameter(torch.zeros(spec.width))
        self.conv2 = _low_rank(spec.width, spec.conv_width, spec.conv2_rank, *CONVS[1])
        self.conv3 = _low_rank(spec.conv_width, spec.width, spec.conv3_rank, *CONVS[2])
        self.layers = nn.ModuleList(Layer(spec) for _ in range(spec.layers))
        self.layer_weights = nn.Parameter(torch.zeros(spec.layers))
        self.reduce = nn.Linear(spec.width, 2 * spec.head_width)
        self.smooth = nn.Conv1d(spec.head_width, spec.head_width, TAIL + 1)
        self.ctc = nn.Linear(spec.head_width, spec.classes)
        self.fine = nn.Linear(spec.conv_width, spec.fine_width)
        self.frames_hidden = nn.Conv1d(spec.head_width + spec.fine_width, spec.head_width, TAIL + 1)
        self.frames = nn.Linear(spec.head_width, spec.classes)
        self.dropout = nn.Dropout(spec.dropout)

    def _normed(self, x: Tensor, mean: Tensor, square: Tensor, count: Tensor) -> Tensor:
        """With the prior mixed in; statistics broadcast against x […, width, frames]."""
        share = count / (count + PRIOR_FRAMES)
        mean = mean * share
        square = square * share + PRIOR_SQUARE * (1 - share)
        x = (x - mean) * torch.rsqrt((square - mean.square()).clamp(min=1e-6) + 1e-5)
        return x * self.gain[:, None] + self.offset[:, None]

    def _convolved(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """A normed window [batch, width, 6 n + 7] to the 12 ms map [batch, 2 n, conv_width] and n frames [batch, n, width]."""
        fine = F.gelu(self.conv2(x))
        return fine[..., :-1].transpose(1, 2), F.gelu(self.conv3(fine)).transpose(1, 2)

    def front(self, pcm: Tensor, samples: Tensor, chunk: int) -> tuple[Tensor, Tensor]:
        """Every chunk of a padded batch at once: the 12 ms map and the frames, whole chunks of them."""
        frames = conv_lengths(samples)[2]
        chunks = -(-int(frames.max()) // chunk)
        x = torch.tanh(self.conv1(F.pad(pcm, (0, max(0, chunks * chunk * CHUNK_HOP + OVERLAP - pcm.shape[1])))[:, None])).float()
        x = x[..., : chunks * chunk * STEPS + REACH]
        with torch.no_grad():
            valid = valid_mask(STEPS * frames + REACH, x.shape[-1]).float()
            ends = torch.arange(1, chunks + 1, device=x.device) * chunk * STEPS + REACH - 1
            count, mean, square = (t.cumsum(1)[:, ends] for t in (valid, x.mean(1) * valid, x.square().mean(1) * valid))
            mean, square = mean / count, square / count
        windows = x.unfold(2, chunk * STEPS + REACH, chunk * STEPS).transpose(1, 2)  # [batch, chunks, width, frames]
        shaped = [t[..., None, None] for t in (mean, square, count)]
        fine, out = self._convolved(self._normed(windows, *shaped).flatten(0, 1))
        return fine.reshape(len(pcm), -1, fine.shape[-1]), out.reshape(len(pcm), -1, out.shape[-1])

    def mixed(self, layers: list[Tensor]) -> Tensor:
        weights = self.layer_weights.float().softmax(0)
        return sum(weights[i] * F.layer_norm(x.float(), (self.spec.width,), eps=1e-5) for i, x in enumerate(layers))

    def trunk_input(self, mixed: Tensor) -> Tensor:
        """[batch, 2 frames, head_width]"""
        return F.gelu(self.reduce(mixed)).reshape(mixed.shape[0], -1, self.spec.head_width)

    def ctc_head(self, trunk: Tensor) -> Tensor:
        return self.ctc(self.dropout(trunk)).float().log_softmax(-1)

    def local_input(self, trunk: Tensor, fine: Tensor) -> Tensor:
        local = F.gelu(self.fine(F.layer_norm(fine.float(), (self.spec.conv_width,), eps=1e-5)))
        return torch.cat((trunk, local.to(trunk.dtype)), -1)

    def frame_head(self, hidden: Tensor) -> Tensor:
        return self.frames(self.dropout(hidden)).float().log_softmax(-1)

    @staticmethod
    def _looking_back(conv: nn.Conv1d, x: Tensor, tail: Tensor | None) -> Tensor:
        """x [batch, frames, width] through a convolution that sees `tail` (or silence) before it."""
        before = x.new_zeros(x.shape[0], TAIL, x.shape[2]) if tail is None else tail.to(x.dtype)
        return F.gelu(conv(torch.cat((before, x), 1).transpose(1, 2))).transpose(1, 2)

    def _heads(self, mixed: Tensor, fine: Tensor, tails: tuple[Tensor, Tensor] | None) -> tuple[Tensor, Tensor, tuple[Tensor, Tensor]]:
        first = self.dropout(self.trunk_input(mixed))
        trunk = self._looking_back(self.smooth, first, tails and tails[0])
        both = self.local_input(trunk, fine)
        hidden = self._looking_back(self.frames_hidden, both, tails and tails[1])
        return self.ctc_head(trunk), self.frame_head(hidden), (first[:, -TAIL:], both[:, -TAIL:])

    def forward(self, pcm: Tensor, samples: Tensor, chunk: int | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """CTC, frames [batch, T, classes] and mixed layers [batch, T / 2, width] of a padded batch, heard in chunks or, without, whole."""
        frames = conv_lengths(samples)[2]
        chunk = chunk or int(frames.max())
        fine, x = self.front(pcm, samples, chunk)
        valid = valid_mask(frames, x.shape[1])
        mask = chunk_mask(x.shape[1], chunk, self.spec.left, valid)
        rotary = rotary_table(x.shape[1], x.device)
        outputs = []
        for layer in self.layers:
            x = layer(x, *layer.keys_and_values(x), mask, rotary)
            outputs.append(x)
        mixed = self.mixed(outputs)
        ctc, frame_logs, _ = self._heads(mixed, fine, None)
        return ctc, frame_logs, mixed

    def tables(self, pcm: Tensor, samples: Tensor, chunk: int | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """As AcousticModel.tables, with whole chunks of frames."""
        ctc, frames, mixed = self(pcm, samples, chunk)
        return ctc, frames, on_fine_grid(mixed)

    def step(self, window: Tensor, state: State) -> tuple[Tensor, Tensor, Tensor, State]:
        """One window [1, n × CHUNK_HOP + OVERLAP] after another: CTC, frames, features [1, 2 n, …] and the state for the next.

        export/lean_graph.py writes the same as a graph: what is changed here is changed there, or the export is refused.
        """
        x = torch.tanh(self.conv1(window[:, None]))
        # The window's first frames were counted with the one before it; at the very beginning there was none.
        fresh = (state.norm[0] > 0).float() * REACH
        new = (torch.arange(x.shape[-1], device=x.device) >= fresh).to(x.dtype)
        added = new.sum()
        count = state.norm[0] + added
        mean = (state.norm[1] * state.norm[0] + (x.mean(1)[0] * new).sum()) / count
        square = (state.norm[2] * state.norm[0] + (x.square().mean(1)[0] * new).sum()) / count
        fine, x = self._convolved(self._normed(x, mean, square, count))
        spec = self.spec
        gone = torch.arange(spec.left, device=x.device) < spec.left - state.past
        mask = torch.cat((torch.where(gone, -1e4, 0.0), torch.zeros_like(x[0, :, 0])))[None, None, None]
        rotary = _positions(spec.left, x)
        outputs, keys, values = [], [], []
        for i, layer in enumerate(self.layers):
            k, v = (
                torch.cat((old[i][None], now), 2) for old, now in zip((state.keys, state.values), layer.keys_and_values(x), strict=True)
            )
            x = layer(x, k, v, mask, rotary)
            outputs.append(x)
            keys.append(k[0, :, -spec.left :])
            values.append(v[0, :, -spec.left :])
        mixed = self.mixed(outputs)
        ctc, frames, (trunk, local) = self._heads(mixed, fine, (state.trunk, state.local))
        norm = torch.stack((count.clamp(max=LONGEST_MEMORY), mean, square))
        past = (state.past + (x[0, :, :1] * 0 + 1).sum()).clamp(max=float(spec.left))
        return ctc, frames, on_fine_grid(mixed), State(norm, past, torch.stack(keys), torch.stack(values), trunk, local)


def _positions(left: int, x: Tensor) -> tuple[Tensor, Tensor]:
    """The rotary table of `left` kept frames and those of x [1, frames, …]; of a length that an exported graph can follow."""
    inverse = 10_000.0 ** (-torch.arange(0, 32, 2, dtype=torch.float32, device=x.device) / 32)
    now = torch.cumsum(x[0, :, 0] * 0 + 1, 0) + (left - 1)
    angle = torch.cat((torch.arange(left, dtype=torch.float32, device=x.device), now))[:, None] * inverse[None]
    return angle.cos(), angle.sin()
