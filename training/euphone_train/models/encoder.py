"""The Moonshine tiny-en encoder: 16 kHz samples to one vector per 24 ms, with the outputs of every layer."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDTH, CONV_WIDTH, HEADS, LAYERS, ROTARY = 288, 576, 8, 6, 32
HEAD_WIDTH = WIDTH // HEADS
CONVS = ((127, 64), (7, 3), (3, 2))  # kernel, stride
FINE_HOP_SAMPLES = 64 * 3
FINE_FIRST_CENTRE_SAMPLE = (127 + 6 * 64 - 1) // 2
MIN_SAMPLES = 127 + 64 * (6 + 3 * 2)


def conv_lengths(samples):
    """Frames after each of the three convolutions; works on ints and on integer tensors."""
    lengths = []
    for kernel, stride in CONVS:
        samples = (samples - kernel) // stride + 1
        lengths.append(samples)
    return lengths


def valid_mask(lengths: Tensor, size: int) -> Tensor:
    """[batch, size] bool, true on the frames of each clip."""
    return torch.arange(size, device=lengths.device)[None] < lengths[:, None]


class MaskedGroupNorm(nn.Module):
    """One group over all channels and all frames of a clip; padding takes no part."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(WIDTH))
        self.bias = nn.Parameter(torch.zeros(WIDTH))

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x [batch, WIDTH, frames]; mask [batch, frames] or None when nothing is padded."""
        x = x.float()
        if mask is None:
            mean = x.mean((1, 2), keepdim=True)
            variance = (x - mean).square().mean((1, 2), keepdim=True)
        else:
            m = mask[:, None].float()
            count = m.sum((1, 2), keepdim=True) * WIDTH
            mean = (x * m).sum((1, 2), keepdim=True) / count
            variance = ((x - mean).square() * m).sum((1, 2), keepdim=True) / count
        x = (x - mean) * torch.rsqrt(variance + 1e-5)
        return x * self.weight[:, None] + self.bias[:, None]


class Norm(nn.Module):
    """Layer norm with a gain and no offset, always in float32."""

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        self.width = width
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x.float(), (self.width,), self.weight, None, 1e-5)


def rotary_table(frames: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Cosine and sine [frames, ROTARY / 2]."""
    inverse = 10_000.0 ** (-torch.arange(0, ROTARY, 2, dtype=torch.float32, device=device) / ROTARY)
    angle = torch.arange(frames, dtype=torch.float32, device=device)[:, None] * inverse[None]
    return angle.cos(), angle.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotates the interleaved pairs of the first ROTARY dimensions of x [batch, heads, frames, HEAD_WIDTH]."""
    turned, rest = x[..., :ROTARY], x[..., ROTARY:]
    even, odd = turned[..., 0::2], turned[..., 1::2]
    pairs = torch.stack((even * cos - odd * sin, odd * cos + even * sin), -1)
    return torch.cat((pairs.flatten(-2), rest), -1)


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.q_proj = nn.Linear(WIDTH, WIDTH, bias=False)
        self.k_proj = nn.Linear(WIDTH, WIDTH, bias=False)
        self.v_proj = nn.Linear(WIDTH, WIDTH, bias=False)
        self.o_proj = nn.Linear(WIDTH, WIDTH, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor | None) -> Tensor:
        batch, frames, _ = x.shape

        count = self.q_proj.out_features // HEAD_WIDTH

        def heads(projected: Tensor) -> Tensor:
            return projected.view(batch, frames, count, HEAD_WIDTH).transpose(1, 2)

        def flat(split: Tensor) -> Tensor:
            return split.reshape(batch * count, frames, HEAD_WIDTH)

        v = flat(heads(self.v_proj(x)))
        q = flat(rotate(heads(self.q_proj(x)) * HEAD_WIDTH**-0.5, cos, sin)).to(v.dtype)
        k = flat(rotate(heads(self.k_proj(x)), cos, sin)).to(v.dtype)
        scores = torch.bmm(q, k.transpose(1, 2)).view(batch, count, frames, frames)
        if mask is not None:
            scores = scores + mask.to(scores.dtype)
        y = torch.bmm(scores.softmax(-1).to(v.dtype).view(batch * count, frames, frames), v)
        y = y.view(batch, count, frames, HEAD_WIDTH).transpose(1, 2)
        return self.o_proj(y.reshape(batch, frames, count * HEAD_WIDTH))


class Mlp(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc1 = nn.Linear(WIDTH, 4 * WIDTH)
        self.fc2 = nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(F.gelu(self.fc1(x)))


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.attention_norm, self.attention = Norm(), Attention()
        self.mlp_norm, self.mlp = Norm(), Mlp()

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor | None) -> Tensor:
        x = x + self.attention(self.attention_norm(x), cos, sin, mask)
        return x + self.mlp(self.mlp_norm(x))


class Encoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(1, WIDTH, CONVS[0][0], CONVS[0][1], bias=False)
        self.group_norm = MaskedGroupNorm()
        self.conv2 = nn.Conv1d(WIDTH, CONV_WIDTH, *CONVS[1])
        self.conv3 = nn.Conv1d(CONV_WIDTH, WIDTH, *CONVS[2])
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.final_norm = Norm()

    def front(self, pcm: Tensor, samples: Tensor | None) -> tuple[Tensor, Tensor]:
        """pcm [batch, n] to the 12 ms map [batch, CONV_WIDTH, n2] and the 24 ms sequence [batch, n3, WIDTH]."""
        x = torch.tanh(self.conv1(pcm[:, None]))
        x = self.group_norm(x, None if samples is None else valid_mask(conv_lengths(samples)[0], x.shape[-1]))
        fine = F.gelu(self.conv2(x))
        return fine, F.gelu(self.conv3(fine)).transpose(1, 2)

    def forward(self, pcm: Tensor, samples: Tensor | None = None) -> tuple[Tensor, list[Tensor]]:
        """pcm [batch, n] in [-1, 1]; samples [batch] valid samples of each clip, or None if nothing is padded.

        Returns the 12 ms map (see `front`) and the LAYERS residual streams [batch, n3, WIDTH].
        """
        fine, x = self.front(pcm, samples)
        return fine, self.transform(x.float(), samples)

    def transform(self, x: Tensor, samples: Tensor | None) -> list[Tensor]:
        cos, sin = rotary_table(x.shape[1], x.device)
        mask = None
        if samples is not None:
            padding = ~valid_mask(conv_lengths(samples)[2], x.shape[1])
            mask = torch.zeros(padding.shape, device=x.device).masked_fill(padding, -1e4)[:, None, None]
        outputs = []
        for layer in self.layers:
            x = layer(x, cos, sin, mask)
            outputs.append(x)
        return outputs
