"""Makes a clean clip sound like other rooms, microphones, lines and speeds. What is said, and in what order, stays."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import soundfile
from scipy.signal import butter, oaconvolve, resample_poly, sosfilt

from euphone_train.data.audio_cache import RATE_HZ

_SPEEDS = ((10, 9), (1, 1), (10, 11))  # resampling ratios: 0.9, 1.0 and 1.1 times as fast
_PHONE_LINE = butter(4, (300, 3400), "bandpass", fs=RATE_HZ, output="sos")


@dataclass(frozen=True, kw_only=True)
class AugmentSpec:
    """Probabilities per clip and ranges; times in seconds, levels in dB."""

    speed: float = 0.5
    reverb: float = 0.25
    colour: float = 0.25
    colour_db: float = 6.0
    codec: float = 0.1
    phone_line: float = 0.08
    low_pass: float = 0.08
    noise: float = 0.5
    snr_db: tuple[float, float] = (5.0, 35.0)
    gain_db: tuple[float, float] = (-20.0, 12.0)
    mask: float = 0.5
    mask_every: float = 3.0
    mask_longest: float = 0.1

    @classmethod
    def of(cls, values: dict) -> AugmentSpec:
        """From a table of a configuration, where ranges are lists."""
        return cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})


def noise_like(length: int, slope: float, rng: np.random.Generator) -> np.ndarray:
    """Gaussian noise of unit power with a spectrum falling as frequency^-slope (0 white, 0.5 pink, 1 brown)."""
    spectrum = np.fft.rfft(rng.standard_normal(length).astype(np.float32))
    frequency = np.maximum(np.arange(len(spectrum)) * RATE_HZ / length, 50.0)
    noise = np.fft.irfft(spectrum * frequency**-slope, length)
    return (noise / (np.sqrt(np.mean(noise**2)) + 1e-9)).astype(np.float32)


def room(rng: np.random.Generator) -> np.ndarray:
    """Impulse response of a small room: a direct sound and a decaying noise tail, RT60 0.1 to 0.5 s."""
    rt60 = rng.uniform(0.1, 0.5)
    t = np.arange(int(rt60 * RATE_HZ)) / RATE_HZ
    tail = rng.standard_normal(len(t)) * 10.0 ** (-3.0 * t / rt60)
    tail[: int(0.002 * RATE_HZ)] = 0.0
    tail *= 10.0 ** (-rng.uniform(0.0, 12.0) / 20.0) / (np.sqrt(np.sum(tail**2)) + 1e-9)
    tail[0] = 1.0
    return tail.astype(np.float32)


def coloured(pcm: np.ndarray, most_db: float, rng: np.random.Generator) -> np.ndarray:
    """As through another microphone: a smooth curve over log frequency, within ± most_db."""
    spectrum = np.fft.rfft(pcm)
    octave = np.log2(np.maximum(np.arange(len(spectrum)) * RATE_HZ / len(pcm), 60.0) / 60.0)
    knots = np.arange(0.0, octave[-1] + 1.0)
    gain_db = np.interp(octave, knots, rng.uniform(-most_db, most_db, len(knots)))
    return np.fft.irfft(spectrum * 10.0 ** (gain_db / 20.0), len(pcm))


def through_opus(pcm: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Encoded at a low to middling rate and decoded; as long as before, in the same place."""
    file = io.BytesIO()
    level = float(rng.uniform(0.5, 1.0))  # 1.0 is the lowest bit rate that libsndfile offers.
    soundfile.write(file, np.clip(pcm, -1, 1), RATE_HZ, format="OGG", subtype="OPUS", compression_level=level)
    file.seek(0)
    decoded, rate = soundfile.read(file, dtype="float32")
    return np.resize(resample_poly(decoded, RATE_HZ, rate) if rate != RATE_HZ else decoded, len(pcm))


def over_telephone(pcm: np.ndarray) -> np.ndarray:
    """8 kHz and 8 bits of µ-law (ITU-T G.711)."""
    line = np.clip(resample_poly(pcm, 1, 2), -1, 1)
    pressed = np.sign(line) * np.log1p(255 * np.abs(line)) / np.log(256)
    rough = np.rint(pressed * 127) / 127
    back = np.sign(rough) * (256 ** np.abs(rough) - 1) / 255
    return resample_poly(back, 2, 1)[: len(pcm)]


def augment(pcm: np.ndarray, spec: AugmentSpec, rng: np.random.Generator) -> tuple[np.ndarray, float]:
    """A new float32 clip in [-1, 1] and its speed: sample i of it shows sample i × speed of `pcm`."""
    speed = 1.0
    if rng.random() < spec.speed:
        up, down = _SPEEDS[2 * rng.integers(2)]
        pcm, speed = resample_poly(pcm, up, down), down / up
    if rng.random() < spec.reverb:
        pcm = oaconvolve(pcm, room(rng))[: len(pcm)]
    if rng.random() < spec.colour:
        pcm = coloured(pcm, spec.colour_db, rng)
    kind = rng.random()
    if kind < spec.phone_line:
        pcm = sosfilt(_PHONE_LINE, pcm)
    elif kind < spec.phone_line + spec.low_pass:
        pcm = sosfilt(butter(4, rng.uniform(2500, 6000), "lowpass", fs=RATE_HZ, output="sos"), pcm)
    if rng.random() < spec.mask:
        pcm = np.array(pcm)
        for _ in range(rng.integers(1, 2 + int(len(pcm) / RATE_HZ / spec.mask_every))):
            size = int(rng.uniform(0.02, spec.mask_longest) * RATE_HZ)
            start = int(rng.integers(0, max(1, len(pcm) - size)))
            pcm[start : start + size] = 0.0
    if rng.random() < spec.noise:
        power = np.sqrt(np.mean(pcm**2)) + 1e-6
        level = power * 10.0 ** (-rng.uniform(*spec.snr_db) / 20.0)
        pcm = pcm + level * noise_like(len(pcm), rng.uniform(0.0, 1.0), rng)
    if rng.random() < spec.codec:
        pcm = through_opus(pcm, rng) if rng.random() < 0.7 else over_telephone(pcm)
    pcm = pcm * 10.0 ** (rng.uniform(*spec.gain_db) / 20.0)
    return np.clip(pcm, -1.0, 1.0).astype(np.float32), speed
