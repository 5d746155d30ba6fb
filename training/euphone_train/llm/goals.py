"""What a run works for: batches, each made of the seed and the step alone, and the loss on them."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from euphone_train.llm.model import Llama
from euphone_train.llm.text import Pair
from euphone_train.llm.tokens import talk_ids

_NOTHING = -100  # The target of what is not to be learned.


class Goal(Protocol):
    def loss(self, model: Llama, step: int) -> tuple[Tensor, int]:
        """The loss in nats a token at this step, and the tokens that were read."""


class NextToken:
    """Windows from anywhere in the text."""

    def __init__(self, ids: np.ndarray, batch: int, length: int, seed: int) -> None:
        if len(ids) <= length:
            raise ValueError(f"a text of {len(ids)} tokens has no window of {length}")
        self.ids, self.batch, self.length, self.seed = ids, batch, length, seed

    def windows(self, step: int) -> Tensor:
        """[batch, length + 1]."""
        starts = np.random.default_rng((self.seed, step)).integers(0, len(self.ids) - self.length, self.batch)
        return torch.from_numpy(np.stack([self.ids[s : s + self.length + 1] for s in starts]))

    def loss(self, model: Llama, step: int) -> tuple[Tensor, int]:
        windows = self.windows(step)
        logits = model(windows[:, :-1])
        return F.cross_entropy(logits.flatten(0, 1), windows[:, 1:].flatten()), windows[:, 1:].numel()


class Distilled(NextToken):
    """The teacher's odds for the next token, and the token itself (Hinton et al., arXiv:1503.02531)."""

    def __init__(
        self, ids: np.ndarray, batch: int, length: int, seed: int, *, teacher: Llama, share: float = 0.7, temperature: float = 1.5
    ) -> None:
        super().__init__(ids, batch, length, seed)
        self.teacher, self.share, self.temperature = teacher.eval(), share, temperature

    def loss(self, model: Llama, step: int) -> tuple[Tensor, int]:
        windows = self.windows(step)
        logits = model(windows[:, :-1]).flatten(0, 1)
        with torch.no_grad():
            told = (self.teacher(windows[:, :-1]).flatten(0, 1) / self.temperature).log_softmax(-1)
        apart = F.kl_div((logits / self.temperature).log_softmax(-1), told, reduction="batchmean", log_target=True)
        plain = F.cross_entropy(logits, windows[:, 1:].flatten())
        return self.share * self.temperature**2 * apart + (1 - self.share) * plain, windows[:, 1:].numel()


class Answers:
    """Only what is answered counts. A system's message stands before one in two: some text, for the model to read past."""

    def __init__(self, pairs: tuple[Pair, ...], texts: tuple[str, ...], tokenizer: Tokenizer, batch: int, longest: int, seed: int) -> None:
        self.pairs, self.texts, self.tokenizer = pairs, texts, tokenizer
        self.batch, self.longest, self.seed = batch, longest, seed

    def loss(self, model: Llama, step: int) -> tuple[Tensor, int]:
        chance = np.random.default_rng((self.seed, step))
        drawn = [self.pairs[i] for i in chance.integers(0, len(self.pairs), self.batch)]
        talks = [talk_ids(self.tokenizer, pair.question, pair.answer, self._system(chance)) for pair in drawn]
        tokens, targets = padded(talks, self.longest)
        return F.cross_entropy(model(tokens).flatten(0, 1), targets.flatten(), ignore_index=_NOTHING), tokens.numel()

    def _system(self, chance: np.random.Generator) -> str:
        if chance.random() < 0.5:
            return ""
        text = self.texts[chance.integers(len(self.texts))].replace("\n", " ")
        start = chance.integers(max(1, len(text) - 200))
        return text[start : start + chance.integers(20, 900)]


def padded(talks: list[tuple[list[int], int]], longest: int) -> tuple[Tensor, Tensor]:
    """Tokens and what follows each of them, where that is part of the answer; cut to `longest`."""
    length = min(longest, max(len(ids) for ids, _ in talks) - 1)
    tokens = torch.zeros(len(talks), length, dtype=torch.long)
    targets = torch.full_like(tokens, _NOTHING)
    for row, (ids, begin) in enumerate(talks):
        kept = torch.tensor(ids[: length + 1])
        tokens[row, : len(kept) - 1] = kept[:-1]
        targets[row, begin - 1 : len(kept) - 1] = kept[begin:]
    return tokens, targets
