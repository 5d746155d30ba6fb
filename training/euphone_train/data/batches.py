"""Groups clips of like length into padded batches and prepares them ahead in one thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch

from euphone_train.data.audio_cache import RATE_HZ
from euphone_train.data.augment import AugmentSpec, augment
from euphone_train.models.acoustic import frame_count
from euphone_train.models.encoder import FINE_FIRST_CENTRE_SAMPLE, FINE_HOP_SAMPLES

NO_LABEL = -100
_Item = TypeVar("_Item")


@dataclass(frozen=True, kw_only=True)
class Clip:
    """A training clip: where its audio is, the phone classes read in it, and perhaps the class of every frame."""

    corpus: str
    name: str
    samples: int
    target: tuple[int, ...]
    labels: np.ndarray | None = None


@dataclass(frozen=True, kw_only=True)
class Batch:
    pcm: torch.Tensor  # [batch, n] float32, zero-padded
    samples: torch.Tensor  # [batch] int64
    targets: torch.Tensor  # [sum of lengths] int64
    target_lengths: torch.Tensor  # [batch] int64
    labels: torch.Tensor  # [batch, frames] int64 class of every frame, NO_LABEL where there is none


def plan(clips: list[Clip], seconds: float, seed: int) -> list[list[Clip]]:
    """Batches of at most `seconds` of padded audio, like lengths together, in seeded random order."""
    rng = np.random.default_rng(seed)
    order = sorted(clips, key=lambda c: c.samples * rng.uniform(0.93, 1.07))
    batches: list[list[Clip]] = [[]]
    longest = 0
    for clip in order:
        longest = max(longest, clip.samples)
        if batches[-1] and longest * (len(batches[-1]) + 1) > seconds * RATE_HZ:
            batches.append([])
            longest = clip.samples
        batches[-1].append(clip)
    return [batches[i] for i in rng.permutation(len(batches))]


def stretched(labels: np.ndarray, frames: int, speed: float) -> np.ndarray:
    """Labels of a clip played `speed` times as fast, on the same grid, cut or repeated at the end."""
    first = FINE_FIRST_CENTRE_SAMPLE / FINE_HOP_SAMPLES
    source = np.rint((np.arange(frames) + first) * speed - first).astype(np.int64)
    return labels[np.clip(source, 0, len(labels) - 1)]


def collate(clips: list[Clip], caches: dict, spec: AugmentSpec | None, rng: np.random.Generator) -> Batch:
    """Reads, augments and pads. A `spec` of None leaves the audio as recorded."""
    sounds = [(caches[c.corpus].pcm(c.name), 1.0) for c in clips]
    if spec is not None:
        sounds = [augment(pcm, spec, rng) for pcm, _ in sounds]
    longest = max(len(pcm) for pcm, _ in sounds)
    pcm = torch.zeros(len(sounds), longest)
    labels = torch.full((len(sounds), frame_count(longest)), NO_LABEL)
    for row, (clip, (sound, speed)) in enumerate(zip(clips, sounds, strict=True)):
        pcm[row, : len(sound)] = torch.from_numpy(sound)
        if clip.labels is not None:
            frames = frame_count(len(sound))
            labels[row, :frames] = torch.from_numpy(stretched(clip.labels, frames, speed).astype(np.int64))
    return Batch(
        pcm=pcm,
        samples=torch.tensor([len(sound) for sound, _ in sounds]),
        targets=torch.tensor([t for c in clips for t in c.target], dtype=torch.int64),
        target_lengths=torch.tensor([len(c.target) for c in clips]),
        labels=labels,
    )


def stream(batches: list[list[Clip]], caches: dict, spec: AugmentSpec | None, seed: int) -> Iterator[Batch]:
    """Yields the batches in order, prepared ahead; the same seed gives the same audio."""
    return ahead(collate(clips, caches, spec, np.random.default_rng((seed, i))) for i, clips in enumerate(batches))


def ahead(items: Iterable[_Item]) -> Iterator[_Item]:
    """The same items, made up to four ahead in one thread."""
    ready: queue.Queue = queue.Queue(maxsize=4)
    end = object()

    def prepare() -> None:
        try:
            for item in items:
                ready.put(item)
            ready.put(end)
        except Exception as error:  # handed to the reader, which raises it
            ready.put(error)

    threading.Thread(target=prepare, daemon=True).start()
    while (item := ready.get()) is not end:
        if isinstance(item, Exception):
            raise item
        yield item
