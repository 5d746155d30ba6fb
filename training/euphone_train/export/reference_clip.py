"""A short speech-like clip for a bundle's self-test, made from numbers alone."""

from __future__ import annotations

import numpy as np

from euphone_train.data.audio_cache import RATE_HZ

# Seconds, then three formants in Hz, whether voiced, and level: roughly "see how all".
_SOUNDS = (
    (0.15, (0, 0, 0), False, 0.0),
    (0.16, (4800, 6200, 7200), False, 0.25),
    (0.22, (300, 2300, 3000), True, 0.6),
    (0.08, (750, 1250, 2500), False, 0.15),
    (0.12, (750, 1250, 2500), True, 0.7),
    (0.14, (420, 950, 2400), True, 0.6),
    (0.20, (600, 900, 2500), True, 0.7),
    (0.18, (380, 1000, 2600), True, 0.4),
    (0.20, (0, 0, 0), False, 0.0),
)


def _resonate(x: np.ndarray, hz: float, width: float = 90.0) -> np.ndarray:
    """Two-pole resonator of unit gain at its centre."""
    r = np.exp(-np.pi * width / RATE_HZ)
    a1, a2 = 2 * r * np.cos(2 * np.pi * hz / RATE_HZ), -r * r
    y = np.zeros(len(x) + 2)
    for i, v in enumerate(x):
        y[i + 2] = (1 - r) * v + a1 * y[i + 1] + a2 * y[i]
    return y[2:]


def reference_clip() -> np.ndarray:
    """Float32 samples at 16 kHz; the same on every call."""
    rng = np.random.Generator(np.random.PCG64(7))
    parts = []
    for seconds, formants, voiced, level in _SOUNDS:
        count = int(seconds * RATE_HZ)
        if level == 0.0:
            parts.append(rng.standard_normal(count) * 1e-3)
            continue
        source = rng.standard_normal(count) * 0.3
        if voiced:
            source = source * 0.05
            source[:: RATE_HZ // 120] += 4.0
        sound = sum(_resonate(source, hz) / (k + 1) for k, hz in enumerate(formants))
        ramp = np.minimum(1.0, np.minimum(np.arange(count), np.arange(count)[::-1]) / 160)
        parts.append(level * 0.4 * ramp * sound / (np.abs(sound).max() + 1e-9))
    return np.concatenate(parts).astype(np.float32)
