#!/usr/bin/env python3
"""Start-up time and peak memory of the program as a process."""

import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from common import PROGRAM, RATE, SAMPLES, read_audio, report, write_audio

RUNS = 15


def started() -> float:
    """Milliseconds until the engine is ready: with nothing on standard input it then complains and ends."""
    begin = time.perf_counter()
    result = subprocess.run([PROGRAM, "analyze", "-", "--text", "Hello."], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert result.returncode == 1, result.stderr
    return 1000 * (time.perf_counter() - begin)


def peak(clip: Path) -> float:
    """Peak resident MB of one analysis on one thread."""
    process = subprocess.Popen([PROGRAM, "analyze", clip, "--text", "This is not a serious problem.", "--jobs", "1"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_maxrss * 1024 / 1e6


with tempfile.TemporaryDirectory() as folder:
    pcm = read_audio(SAMPLES / "so762-010270265.opus")
    five = write_audio(Path(folder) / "five.wav", list(pcm)[: 5 * RATE] + [0.0] * max(0, 5 * RATE - len(pcm)))
    memory = max(peak(five) for _ in range(3))
report({"main.startup_ms": statistics.median(started() for _ in range(RUNS)), "main.peak_memory_mb": memory})
