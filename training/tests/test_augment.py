"""What augmentation changes, and what it must not: how long a clip is, and when each sound of it comes."""

import numpy as np
import pytest

from euphone_train.data.audio_cache import RATE_HZ
from euphone_train.data.augment import AugmentSpec, augment, coloured, over_telephone, through_opus
from euphone_train.export.reference_clip import reference_clip


def lag(a: np.ndarray, b: np.ndarray) -> int:
    """By how many samples `b` comes after `a`."""
    size = 1 << (len(a) + len(b)).bit_length()
    match = np.fft.irfft(np.conj(np.fft.rfft(a, size)) * np.fft.rfft(b, size))
    best = int(np.argmax(match))
    return best if best < size // 2 else best - size


@pytest.mark.parametrize(
    "change",
    [
        lambda pcm, rng: coloured(pcm, 6.0, rng),
        through_opus,
        lambda pcm, _: over_telephone(pcm),
    ],
    ids=["another microphone", "Opus", "a telephone"],
)
def test_sounds_stay_where_they_are(change) -> None:
    pcm = np.tile(reference_clip(), 2)
    changed = change(pcm, np.random.default_rng(3))
    assert len(changed) == len(pcm)
    assert np.isfinite(changed).all()
    assert abs(lag(pcm, changed)) <= RATE_HZ // 1000
    assert np.corrcoef(pcm, changed)[0, 1] > 0.5
    assert np.abs(pcm - changed).max() > 1e-3


def test_everything_at_once_stays_a_clip() -> None:
    spec = AugmentSpec(speed=0.0, reverb=1.0, colour=1.0, codec=1.0, noise=1.0, mask=1.0)
    for seed in range(6):
        changed, speed = augment(reference_clip(), spec, np.random.default_rng(seed))
        assert speed == 1.0
        assert len(changed) == len(reference_clip())
        assert changed.dtype == np.float32
        assert np.abs(changed).max() <= 1.0


def test_the_same_seed_gives_the_same_sound() -> None:
    first, second = (augment(reference_clip(), AugmentSpec(codec=1.0), np.random.default_rng(5))[0] for _ in range(2))
    assert np.array_equal(first, second)
