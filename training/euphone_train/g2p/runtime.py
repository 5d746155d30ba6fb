"""The shipped model as an engine runs it: ONNX Runtime on one thread, one word at a time."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from .decode import greedy
from .symbols import encode_word


class OnnxG2p:
    """Pronounces words with an ONNX file (`letters` int64 [1, L] -> `log_probs` float32 [1, T, C])."""

    def __init__(self, model: Path, classes: Sequence[str]) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._classes = list(classes)
        self._vowels = [index for index, name in enumerate(classes) if name[-1].isdigit()]

    @classmethod
    def from_bundle(cls, folder: Path) -> "OnnxG2p":
        """Opens a bundle folder by its manifest."""
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        model = next(file["path"] for file in manifest["files"] if file["role"] == "model")
        return cls(folder / model, manifest["g2p"]["classes"])

    def log_probs(self, word: str) -> np.ndarray:
        """Returns [T, C] natural-log CTC probabilities of a lower-case word."""
        letters = np.asarray([encode_word(word)], dtype=np.int64)
        return self._session.run(["log_probs"], {"letters": letters})[0][0]

    def pronounce(self, word: str) -> list[str]:
        """Returns the ARPAbet phones of a lower-case word, vowels with stress digits."""
        return [self._classes[label] for label in greedy(self.log_probs(word), self._vowels)]
