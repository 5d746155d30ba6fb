"""Held vowels of which jitter, shimmer and noise are known: for voice_measures.py and tests/integration/test_voice.py.

A pulse for each period sets off four damped formants, which are computed where the samples lie, so that periods need not be whole
numbers of samples. Chance comes from Python's own generator, whose numbers are the same everywhere.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import numpy as np

FORMANTS = ((700, 90, 1.0), (1200, 110, 0.5), (2600, 160, 0.25), (3500, 250, 0.1))  # Hz, bandwidth in Hz, weight.
RING_S = 0.05
SPREAD = math.sqrt(math.pi) / 2  # Of normal numbers whose mean difference is 1.


@dataclass(frozen=True, kw_only=True)
class Vowel:
    f0: float
    tract: float = 1.0  # What the formants of a man are multiplied by: a woman 1.15, a child 1.35.
    jitter: float = 0.0  # Mean difference of neighbouring periods, as a share.
    shimmer: float = 0.0  # The same of strengths.
    noise_db: float | None = None  # How far breath, which the formants colour, is under the voice.
    rate: int = 44100
    seconds: float = 1.5
    seed: int = 1


def make(vowel: Vowel) -> np.ndarray:
    """Samples from -0.5 to 0.5."""
    rng = random.Random(vowel.seed)
    count = int(vowel.seconds * vowel.rate)
    pcm = np.zeros(count)
    time = 0.01
    while time < vowel.seconds - 0.01:
        first = math.ceil(time * vowel.rate)
        at = np.arange(first, min(count, first + int(RING_S * vowel.rate)))
        pcm[at] += (1 + vowel.shimmer * SPREAD * rng.gauss(0, 1)) * _ring(at / vowel.rate - time, vowel.tract)
        time += (1 + vowel.jitter * SPREAD * rng.gauss(0, 1)) / vowel.f0
    if vowel.noise_db is not None:
        white = np.array([rng.gauss(0, 1) for _ in range(count)])
        breath = np.convolve(white, _ring(np.arange(int(RING_S * vowel.rate)) / vowel.rate, vowel.tract))[:count]
        pcm += breath * np.sqrt(np.mean(pcm**2) / np.mean(breath**2)) * 10 ** (-vowel.noise_db / 20)
    pcm -= pcm.mean()  # As a microphone gives it; the program takes it off, Praat does not.
    return 0.5 * pcm / np.abs(pcm).max()


def _ring(seconds: np.ndarray, tract: float) -> np.ndarray:
    waves = (w * np.exp(-math.pi * b * seconds) * np.sin(2 * math.pi * tract * f * seconds) for f, b, w in FORMANTS)
    return sum(waves, np.zeros(len(seconds)))


def _all() -> list[Vowel]:
    vowels = []
    voices = ((90, 1.0), (125, 1.0), (170, 1.15), (220, 1.15), (270, 1.35), (340, 1.35))
    faults = ((0.0, 0.0, 30), (0.005, 0.02, 25), (0.01, 0.05, 20), (0.02, 0.1, 10), (0.03, 0.07, 5))
    for i, (f0, tract) in enumerate(voices):
        for k, (jitter, shimmer, noise) in enumerate(faults):
            rate = 44100 if (i + k) % 3 else 16000
            vowels.append(Vowel(f0=f0, tract=tract, jitter=jitter, shimmer=shimmer, noise_db=noise, rate=rate, seed=10 * i + k))
    return vowels


VOWELS = _all()  # 30: men, women and children, from a clear voice to a rough and breathy one.
