"""Decodes a corpus once into a single int16 file, so that training reads clips by offset."""

from __future__ import annotations

import json
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from euphone_train.data.corpora import Utterance

RATE_HZ = 16_000


def read_audio(file: Path) -> np.ndarray:
    """Mono float32 in [-1, 1] at 16 kHz; other rates are resampled, other channels averaged."""
    pcm, rate = soundfile.read(file, dtype="float32", always_2d=True)
    mono = pcm.mean(1)
    return mono if rate == RATE_HZ else resample_poly(mono, RATE_HZ, rate).astype(np.float32)


def _decoded(file: Path) -> np.ndarray:
    return np.clip(read_audio(file) * 32768.0, -32768, 32767).astype(np.int16)


class AudioCache:
    """Clips of a corpus by utterance name, float32 in [-1, 1] at 16 kHz."""

    def __init__(self, folder: Path, name: str) -> None:
        self._spans: dict[str, tuple[int, int]] = json.loads((folder / f"{name}.json").read_text())
        self._samples = np.memmap(folder / f"{name}.i16", dtype=np.int16, mode="r")

    @classmethod
    def build(cls, folder: Path, name: str, utterances: list[Utterance]) -> AudioCache:
        """Opens the cache, after decoding the corpus if it is not there yet."""
        index = folder / f"{name}.json"
        if not index.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            spans, offset = {}, 0
            files = [utterance.audio for utterance in utterances]
            with (folder / f"{name}.i16").open("wb") as out, ProcessPoolExecutor(os.cpu_count()) as workers:
                for utterance, pcm in zip(utterances, workers.map(_decoded, files, chunksize=32), strict=True):
                    out.write(pcm.tobytes())
                    spans[utterance.name] = (offset, len(pcm))
                    offset += len(pcm)
            index.write_text(json.dumps(spans))
        return cls(folder, name)

    def samples(self, utterance: str) -> int:
        return self._spans[utterance][1]

    def pcm(self, utterance: str) -> np.ndarray:
        offset, length = self._spans[utterance]
        return self._samples[offset : offset + length].astype(np.float32) / 32768.0
