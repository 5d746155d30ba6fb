"""Augmented copies of a corpus, made once by all cores: where a run is too fast for audio to be augmented on the way."""

from __future__ import annotations

import hashlib
import json
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from euphone_train.data.audio_cache import AudioCache
from euphone_train.data.augment import AugmentSpec, augment

_FULL_SCALE = 32768.0
_AT_ONCE = 64  # Copies that one worker makes before it hands them over.


def _copies(spec: AugmentSpec, seed: int, clips: list[tuple[int, np.ndarray]]) -> list[tuple[np.ndarray, float]]:
    made = [augment(pcm, spec, np.random.default_rng((seed, number))) for number, pcm in clips]
    return [(np.rint(pcm * (_FULL_SCALE - 1)).astype(np.int16), speed) for pcm, speed in made]


class AugmentedPool:
    """`variants` copies of each clip, the first as it was recorded; in `folder`, named after what made it."""

    def __init__(self, folder: Path, cache: AudioCache, names: list[str], spec: AugmentSpec, variants: int, seed: int) -> None:
        made_of = json.dumps([sorted(names), asdict(spec), variants, seed])
        stem = folder / f"pool-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}"
        index = stem.with_suffix(".json")
        if not index.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            self._build(stem, cache, sorted(names), spec, variants, seed)
        self._spans: dict[str, list[tuple[int, int, float]]] = json.loads(index.read_text())
        self._samples = np.memmap(stem.with_suffix(".i16"), dtype=np.int16, mode="r")

    @staticmethod
    def _build(stem: Path, cache: AudioCache, names: list[str], spec: AugmentSpec, variants: int, seed: int) -> None:
        plain = AugmentSpec(speed=0, reverb=0, colour=0, codec=0, phone_line=0, low_pass=0, noise=0, gain_db=(0, 0), mask=0)
        spans: dict[str, list] = {name: [] for name in names}
        part, offset = stem.with_suffix(".part"), 0
        with part.open("wb") as out, ProcessPoolExecutor(os.cpu_count()) as workers:
            for v in range(variants):
                mine = list(enumerate(names, v * len(names)))
                groups = [mine[i : i + _AT_ONCE] for i in range(0, len(mine), _AT_ONCE)]
                clips = ([(number, cache.pcm(name)) for number, name in group] for group in groups)
                made = workers.map(partial(_copies, spec if v else plain, seed), clips)
                for group, copies in zip(groups, made, strict=True):
                    for (_, name), (pcm, speed) in zip(group, copies, strict=True):
                        out.write(pcm.tobytes())
                        spans[name].append((offset, len(pcm), speed))
                        offset += len(pcm)
        os.replace(part, stem.with_suffix(".i16"))
        stem.with_suffix(".json").write_text(json.dumps(spans))

    def copy(self, name: str, variant: int) -> tuple[np.ndarray, float]:
        """int16 PCM of one copy and its speed: its sample i shows sample i × speed of the clip."""
        offset, length, speed = self._spans[name][variant]
        return self._samples[offset : offset + length], speed


def padded(copies: list[np.ndarray], device: torch.device) -> tuple[Tensor, Tensor]:
    """int16 clips as PCM [batch, n] in [-1, 1] and its valid samples [batch]."""
    table = np.zeros((len(copies), max(map(len, copies))), np.int16)
    for row, pcm in zip(table, copies, strict=True):
        row[: len(pcm)] = pcm
    return torch.from_numpy(table).to(device).float() / _FULL_SCALE, torch.tensor([len(pcm) for pcm in copies], device=device)
