"""Hand-written encoders for WAV and AIFF, down to headers that no sane program writes."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass

PCM = 1
FLOAT = 3


@dataclass(frozen=True, kw_only=True)
class WavSpec:
    """What the header claims; `data_size` and `riff_size` default to the truth."""

    rate: int = 16_000
    channels: int = 1
    bits: int = 16
    coding: int = PCM
    data_size: int | None = None
    riff_size: int | None = None


def wav(samples: bytes, spec: WavSpec | None = None) -> bytes:
    """Puts a 44-byte header before interleaved little-endian `samples`."""
    spec = spec or WavSpec()
    block = max(1, spec.channels * spec.bits // 8) & 0xFFFF
    data_size = len(samples) if spec.data_size is None else spec.data_size
    riff_size = 36 + len(samples) if spec.riff_size is None else spec.riff_size
    header = struct.pack("<4sI4s4sI", b"RIFF", riff_size, b"WAVE", b"fmt ", 16)
    header += struct.pack("<HHI", spec.coding, spec.channels, spec.rate)
    header += struct.pack("<IHH", (spec.rate * block) & 0xFFFFFFFF, block, spec.bits)
    return header + struct.pack("<4sI", b"data", data_size) + samples


def aiff(samples: bytes, rate: int = 16_000, channels: int = 1, bits: int = 16) -> bytes:
    """Wraps interleaved big-endian `samples`."""
    frames = len(samples) // max(1, channels * bits // 8)
    common = struct.pack(">hIh", channels, frames, bits) + _extended(rate)
    sound = struct.pack(">II", 0, 0) + samples
    body = b"AIFF" + _chunk(b"COMM", common) + _chunk(b"SSND", sound)
    return b"FORM" + struct.pack(">I", len(body)) + body


def pcm16(values: Sequence[float], order: str = "<") -> bytes:
    """16-bit samples of values in [-1, 1]; `order` as in struct."""
    return struct.pack(f"{order}{len(values)}h", *(round(32_767 * value) for value in values))


def floats(values: Sequence[float]) -> bytes:
    """32-bit little-endian floats."""
    return struct.pack(f"<{len(values)}f", *values)


def voice(seconds: float, rate: int = 16_000) -> list[float]:
    """A buzz with three resonances that rises and falls four times a second, in [-1, 1]."""
    values = []
    for index in range(int(seconds * rate)):
        time = index / rate
        envelope = 0.5 - 0.5 * math.cos(2 * math.pi * 4 * time)
        tones = sum(math.sin(2 * math.pi * hz * time) for hz in (130, 520, 1430))
        values.append(0.25 * envelope * tones)
    return values


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack(">I", len(body)) + body + b"\0" * (len(body) % 2)


def _extended(value: int) -> bytes:
    """The 80-bit float of a positive whole number, which AIFF wants for the rate."""
    exponent = value.bit_length() - 1
    return struct.pack(">HQ", 16_383 + exponent, value << (63 - exponent))
