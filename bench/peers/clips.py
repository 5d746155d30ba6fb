"""What everybody hears: recordings of exactly five seconds, out of samples/, and a held vowel that is made."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "figures"))

import numpy as np  # noqa: E402
from common import FIVE_SECONDS_TEXT, RATE, SAMPLES, five_seconds, read_audio, write_audio  # noqa: E402
from voice_signals import Vowel, make  # noqa: E402

SECONDS = 5
BLOCK = RATE // 20
LEARNERS = (
    ("so762-005750347", "It would be impossible in this little flat."),
    ("so762-014070336", "Next year will be different, she thought."),
    ("so762-040050015", "I thought he was a brilliant man."),
)


@dataclass(frozen=True)
class Clip:
    path: Path
    text: str


def _with_room(pcm: np.ndarray) -> np.ndarray:
    """To five seconds, with noise as loud as its quietest moment: a microphone stays open when the reader has finished."""
    blocks = pcm[: len(pcm) // BLOCK * BLOCK].reshape(-1, BLOCK)
    quietest = float(np.sqrt((blocks**2).mean(1)).min())
    room = np.random.default_rng(1).normal(0, quietest, SECONDS * RATE - len(pcm))
    return np.concatenate([pcm, room]).astype(np.float32)


def make_clips(folder: Path) -> list[Clip]:
    """Two native readers in one clip, then three learners."""
    clips = [Clip(five_seconds(folder), FIVE_SECONDS_TEXT)]
    for name, text in LEARNERS:
        pcm = _with_room(read_audio(SAMPLES / f"{name}.opus"))
        clips.append(Clip(write_audio(folder / f"{name}.wav", pcm), text))
    return clips


VOWEL = Vowel(f0=170, tract=1.15, jitter=0.01, shimmer=0.05, noise_db=20, rate=44100, seed=3)
VOWEL_BETWEEN = (0.2, 1.3)


def make_vowel(folder: Path) -> Path:
    return write_audio(folder / "vowel.wav", make(VOWEL), VOWEL.rate)
