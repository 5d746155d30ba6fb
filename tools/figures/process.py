#!/usr/bin/env python3
"""Start-up time and peak memory of the program as a process."""

import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from common import FIVE_SECONDS_TEXT, PROGRAM, five_seconds, report

RUNS = 15


def started() -> float:
    """Milliseconds until the engine is ready: with nothing on standard input it then complains and ends."""
    begin = time.perf_counter()
    result = subprocess.run([PROGRAM, "analyze", "-", "--text", "Hello."], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert result.returncode == 1, result.stderr
    return 1000 * (time.perf_counter() - begin)


def peak(clip: Path) -> float:
    """Peak resident MB of one analysis on one thread."""
    process = subprocess.Popen([PROGRAM, "analyze", clip, "--text", FIVE_SECONDS_TEXT, "--jobs", "1"], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, f"the program ended with {status}"
    return usage.ru_maxrss * 1024 / 1e6


with tempfile.TemporaryDirectory() as folder:
    five = five_seconds(Path(folder))
    memory = max(peak(five) for _ in range(3))
report({"main.startup_ms": statistics.median(started() for _ in range(RUNS)), "main.peak_memory_mb": memory})
