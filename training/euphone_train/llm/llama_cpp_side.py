"""The same model in llama.cpp, through the package llama-cpp-python: what it makes of tokens, and how fast."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from llama_cpp import Llama as LlamaCpp


class InLlamaCpp:
    def __init__(self, file: Path, context: int, threads: int = 1) -> None:
        sizes = {"n_ctx": context, "n_batch": context, "n_ubatch": context}
        self.model = LlamaCpp(str(file), **sizes, n_threads=threads, n_threads_batch=threads, logits_all=True, verbose=False)

    def tokens(self, text: str) -> list[int]:
        return self.model.tokenize(text.encode(), add_bos=False, special=True)

    def logits(self, tokens: list[int]) -> np.ndarray:
        """[time, vocabulary]."""
        self.model.reset()
        self.model.eval(tokens)
        return np.array(self.model.scores[: len(tokens)])

    def loss_on(self, ids: np.ndarray, length: int) -> float:
        """As measure.loss_on."""
        total = 0.0
        for start in range(0, len(ids) - 1, length):
            window = ids[start : start + length + 1]
            logits = self.logits(window[:-1].tolist()).astype(np.float64)
            logits -= logits.max(1, keepdims=True)
            total -= (logits[np.arange(len(window) - 1), window[1:]] - np.log(np.exp(logits).sum(1))).sum()
        return float(total / (len(ids) - 1))

    def speed(self, tokens: list[int], said: int = 200) -> float:
        """Tokens a second, one after the other, as when it answers; the best of three."""
        best = 0.0
        for _ in range(3):
            self.model.reset()
            self.model.eval(tokens)
            began = time.perf_counter()
            for _ in range(said):
                self.model.eval([int(self.model.scores[self.model.n_tokens - 1].argmax())])
            best = max(best, said / (time.perf_counter() - began))
        return best
