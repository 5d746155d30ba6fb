"""The network: letter windows, a pre-norm transformer over letters, several CTC frames a letter."""

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .symbols import PADDING


@dataclass(frozen=True, kw_only=True)
class ModelSpec:
    """Sizes of the network."""

    letters: int = 29
    classes: int = 70
    width: int = 192
    heads: int = 6
    feed_forward: int = 576
    layers: int = 4
    feedback_after: int = 2  # this many layers in, the first guess is fed back
    embedding: int = 64
    window: int = 3  # letters seen to each side by the input layer
    reach: int = 12  # relative distances beyond this share one attention bias
    frames_per_letter: int = 2
    dropout: float = 0.1

    def to_dict(self) -> dict[str, int | float]:
        return asdict(self)


class WordDropout(nn.Module):
    """Dropout that drops the same features at all positions of a word: one cheap draw for each word."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """x [B, S, width] -> the same shape."""
        if not self.training or self.share == 0:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= self.share
        return x * (kept.to(x.dtype) / (1 - self.share))


class Attention(nn.Module):
    """Self-attention with a learned bias for each head and clipped relative distance."""

    def __init__(self, spec: ModelSpec) -> None:
        super().__init__()
        self.heads = spec.heads
        self.head_width = spec.width // spec.heads
        self.reach = spec.reach
        self.query = nn.Linear(spec.width, spec.width)
        self.key = nn.Linear(spec.width, spec.width)
        self.value = nn.Linear(spec.width, spec.width)
        self.out = nn.Linear(spec.width, spec.width)
        self.distance_bias = nn.Parameter(torch.zeros(2 * spec.reach + 1, spec.heads))

    def forward(self, x: Tensor) -> Tensor:
        """x [B, S, width] -> [B, S, width]."""
        batch, length, _ = x.shape

        def by_head(y: Tensor) -> Tensor:
            return y.reshape(batch, length, self.heads, self.head_width).transpose(1, 2)

        position = torch.arange(length, device=x.device)
        distance = (position[None, :] - position[:, None]).clamp(-self.reach, self.reach) + self.reach
        bias = self.distance_bias[distance].permute(2, 0, 1)
        q, k, v = by_head(self.query(x)), by_head(self.key(x)), by_head(self.value(x))
        scores = q @ k.transpose(-2, -1) * self.head_width**-0.5
        weights = torch.softmax(scores + bias, dim=-1).to(v.dtype)
        return self.out((weights @ v).transpose(1, 2).reshape(batch, length, self.heads * self.head_width))


class Layer(nn.Module):
    """One pre-norm transformer layer."""

    def __init__(self, spec: ModelSpec) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(spec.width)
        self.attention = Attention(spec)
        self.feed_forward_norm = nn.LayerNorm(spec.width)
        self.expand = nn.Linear(spec.width, spec.feed_forward)
        self.contract = nn.Linear(spec.feed_forward, spec.width)
        self.dropout = WordDropout(spec.dropout)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.dropout(self.attention(self.attention_norm(x)))
        hidden = functional.gelu(self.expand(self.feed_forward_norm(x)))
        return x + self.dropout(self.contract(self.dropout(hidden)))


class LetterCtc(nn.Module):
    """Maps the letters of a word to CTC log-probabilities over phones.

    The word is framed by one boundary position on each side, so a word of L letters gives
    T = (L + 2) * frames_per_letter frames.
    """

    def __init__(self, spec: ModelSpec) -> None:
        super().__init__()
        self.spec = spec
        self.embedding = nn.Embedding(spec.letters, spec.embedding)
        self.mix = nn.Linear(spec.embedding * (2 * spec.window + 1), spec.width)
        self.layers = nn.ModuleList(Layer(spec) for _ in range(spec.layers))
        self.norm = nn.LayerNorm(spec.width)
        self.head = nn.Linear(spec.width, spec.frames_per_letter * spec.classes)
        self.feedback = nn.Linear(spec.frames_per_letter * spec.classes, spec.width)
        self.dropout = WordDropout(spec.dropout)

    def _log_probs(self, x: Tensor) -> Tensor:
        """x [B, S, width] -> [B, S * frames_per_letter, classes], natural logarithms in float32."""
        batch, length, _ = x.shape
        frames = length * self.spec.frames_per_letter
        scores = self.head(self.norm(x)).reshape(batch, frames, self.spec.classes)
        return torch.log_softmax(scores.float(), dim=-1)

    def forward(self, letters: Tensor) -> tuple[Tensor, Tensor]:
        """letters [B, L] int64, words of one length -> final and first-guess log-probs, each [B, T, C]."""
        batch, length = letters.shape
        window = self.spec.window
        padded = functional.pad(letters, (window + 1, window + 1), value=PADDING)
        embedded = self.embedding(padded)
        positions = length + 2
        views = [embedded[:, shift : shift + positions] for shift in range(2 * window + 1)]
        x = self.dropout(self.mix(torch.cat(views, dim=-1)))
        guess = None
        for index, layer in enumerate(self.layers):
            x = layer(x)
            if index + 1 == self.spec.feedback_after:
                guess = self._log_probs(x)
                x = x + self.feedback(guess.exp().reshape(batch, positions, -1))
        assert guess is not None, "feedback_after must lie within the layers"
        return self._log_probs(x), guess
