"""Log-mel features on the model's 12 ms grid, for the local classifier that finds boundaries."""

from __future__ import annotations

import numpy as np

from euphone_train.data.audio_cache import RATE_HZ
from euphone_train.models.acoustic import frame_count
from euphone_train.models.encoder import FINE_FIRST_CENTRE_SAMPLE, FINE_HOP_SAMPLES

BINS, WINDOW, FFT = 40, 320, 512


def _filters() -> np.ndarray:
    """Triangular mel filters [BINS, FFT / 2 + 1] from 60 to 7,600 Hz."""

    def mel(hz):
        return 2595.0 * np.log10(1.0 + hz / 700.0)

    edges = 700.0 * (10.0 ** (np.linspace(mel(60.0), mel(7600.0), BINS + 2) / 2595.0) - 1.0)
    hz = np.arange(FFT // 2 + 1) * RATE_HZ / FFT
    rise = (hz - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - hz) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0.0, np.minimum(rise, fall)).astype(np.float32)


_FILTERS, _HANN = _filters(), np.hanning(WINDOW).astype(np.float32)


def log_mel(pcm: np.ndarray) -> np.ndarray:
    """[frames, BINS] float32, zero mean per bin over the clip; frame i is centred where the model's frame i is."""
    count = frame_count(len(pcm))
    first = FINE_FIRST_CENTRE_SAMPLE - WINDOW // 2
    starts = first + np.arange(count) * FINE_HOP_SAMPLES
    padded = np.pad(pcm, (0, WINDOW))
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[starts] * _HANN
    power = np.abs(np.fft.rfft(windows, FFT)) ** 2
    features = np.log(power.astype(np.float32) @ _FILTERS.T + 1e-7)
    return features - features.mean(0)


def with_context(features: np.ndarray, reach: int) -> np.ndarray:
    """[frames, (2 reach + 1) BINS]: each frame beside its neighbours, edges repeated."""
    padded = np.pad(features, ((reach, reach), (0, 0)), mode="edge")
    return np.concatenate([padded[k : k + len(features)] for k in range(2 * reach + 1)], 1)
