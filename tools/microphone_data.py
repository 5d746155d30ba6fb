"""Ages recordings as microphones age, from a known day on: for the tests and figures of `euphone watch microphone`."""

from __future__ import annotations

import random
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

RATE = 16000
ONSET = 6  # The first day with the fault; days count from 0.
A_DAY = 5  # Recordings.


def read(path: Path) -> np.ndarray:
    """Mono at 16 kHz."""
    pcm, rate = soundfile.read(path, always_2d=True)
    pcm = pcm.mean(1)
    if rate == RATE:
        return pcm
    count = round(len(pcm) * RATE / rate)
    spectrum = np.fft.rfft(pcm)[: count // 2 + 1]
    return np.fft.irfft(np.pad(spectrum, (0, count // 2 + 1 - len(spectrum))), count) * count / len(pcm)


def write(path: Path, pcm: np.ndarray) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(pcm, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def day_of(folder: Path, day: int, count: int = A_DAY) -> list[tuple[str, np.ndarray]]:
    """The recordings of a day: some of those in the folder, each as loud as somebody speaks who sits a little nearer or farther."""
    rng = random.Random(day)
    chosen = rng.sample(sorted(folder.glob("*.opus")), count)
    return [(path.stem, read(path) * 10 ** (rng.uniform(-2, 2) / 20)) for path in chosen]


def healthy(pcm: np.ndarray, _day: int) -> np.ndarray:
    return pcm


def low_pass(pcm: np.ndarray, hz: float) -> np.ndarray:
    """Butterworth, fourth order, no delay."""
    frequencies = np.fft.rfftfreq(len(pcm), 1 / RATE)
    return np.fft.irfft(np.fft.rfft(pcm) / np.sqrt(1 + (frequencies / hz) ** 8), len(pcm))


def dull(pcm: np.ndarray, day: int) -> np.ndarray:
    """Lint settles in the opening: each day a fifth of an octave less."""
    return pcm if day < ONSET else low_pass(pcm, 5000 * 2 ** (-(day - ONSET) / 5))


def covered(pcm: np.ndarray, day: int) -> np.ndarray:
    return pcm if day < ONSET else low_pass(pcm, 2500)


def hum_of(hz: float) -> Callable[[np.ndarray, int], np.ndarray]:
    def hum(pcm: np.ndarray, day: int) -> np.ndarray:
        time = np.arange(len(pcm)) / RATE
        tones = sum(np.sin(2 * np.pi * hz * k * time) / k for k in (1, 2, 3))
        return pcm if day < ONSET else pcm + 0.006 * tones

    hum.__name__ = f"hum_{hz:.0f}"
    return hum


def quieter(pcm: np.ndarray, day: int) -> np.ndarray:
    return pcm if day < ONSET else pcm * 0.4  # 8 dB


def dropouts(pcm: np.ndarray, day: int) -> np.ndarray:
    """A buffer of 10 ms in 400 is not filled."""
    if day < ONSET:
        return pcm
    pcm = pcm.copy()
    for begin in range(1000, len(pcm) - 160, 6400):
        pcm[begin : begin + 160] = 0
    return pcm


def noisy(pcm: np.ndarray, day: int) -> np.ndarray:
    return pcm if day < ONSET else pcm + np.random.default_rng(len(pcm)).normal(0, 0.008, len(pcm))


def offset(pcm: np.ndarray, day: int) -> np.ndarray:
    return pcm if day < ONSET else pcm + 0.04


@dataclass(frozen=True)
class Fault:
    name: str
    trouble: str  # What it is to be called.
    change: Callable[[np.ndarray, int], np.ndarray]
    days_off: int = 0  # By how much the day may be missed: what grows begins unheard.


FAULTS = (
    Fault("covered at once", "dull", covered),
    Fault("duller by the day", "dull", dull, 2),
    Fault("hum of 50 Hz", "hum_50", hum_of(50)),
    Fault("hum of 60 Hz", "hum_60", hum_of(60)),
    Fault("8 dB quieter", "quieter", quieter, 1),
    Fault("dropouts", "dropouts", dropouts),
    Fault("a fan", "noisier", noisy, 1),
    Fault("an offset", "offset", offset),
)
