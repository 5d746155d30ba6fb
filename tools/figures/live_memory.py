#!/usr/bin/env python3
"""Whether hours of listening cost memory: a reader goes through the same page again and again, as fast as it can be heard.

The page is five minutes of native readings that no training has seen, each up to 10 s, with a second of quiet room after each. The
memory is the resident set of the whole program: its highest value of all, and how far its median over the last page is above that over
the second one, in which the fifth minute lies (a full pass needs 20 MB for a tenth of a second: which of its moments are seen is chance).
`--hours 8` is what the figure stands for (about 20 minutes of a core); without it an hour is heard.
"""

import argparse
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
from common import PROGRAM, RATE, data_folder, native_dev, read_audio, report

PAGE, LONGEST = 300.0, 10.0
PIECE = RATE  # Samples written at a time.


def page() -> tuple[np.ndarray, list[str]]:
    rng = np.random.default_rng(3)
    pieces, texts, seconds = [], [], 0.0
    for audio, text in native_dev(data_folder("mini-librispeech")):
        pcm = read_audio(audio)
        if len(pcm) > LONGEST * RATE:
            continue
        pieces += [pcm, rng.normal(0, 5e-4, RATE).astype(np.float32)]
        texts.append(text.capitalize() + ".")
        seconds += len(pcm) / RATE + 1
        if seconds >= PAGE:
            break
    return np.concatenate(pieces), texts


def resident(process: int) -> float:
    """MB."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    return 0.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--hours", type=float, default=1.0)
    hours = parser.parse_args().hours
    pcm, texts = page()
    raw = (np.clip(pcm, -1, 1) * 32767).astype("<i2").tobytes()
    rounds = max(3, round(hours * 3600 * RATE / len(pcm)))
    command = [PROGRAM, "live", "--from", "-", "--speed", "0", "--events", "--text", " ".join(texts)]
    counts = {"sentence_finished": 0, "word_scored": 0}

    def count(lines) -> None:
        for line in lines:
            for kind in counts:
                counts[kind] += f'"event":"{kind}"' in line

    peaks, medians = [], []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        reader = threading.Thread(target=count, args=((line.decode() for line in running.stdout),))
        reader.start()
        for number in range(rounds):
            seen = []
            for at in range(0, len(raw), 2 * PIECE):
                running.stdin.write(raw[at : at + 2 * PIECE])
                seen.append(resident(running.pid))
            peaks.append(max(seen))
            medians.append(float(np.median(seen)))
            if sys.stderr.isatty() or number % 12 == 0:
                hours_heard = (number + 1) * len(pcm) / RATE / 3600
                print(f"{hours_heard:.2f} h: {medians[-1]:.1f} MB, at most {peaks[-1]:.1f} MB", file=sys.stderr, flush=True)
        running.stdin.close()
        reader.join()
    heard = rounds * len(pcm) / RATE / 3600
    print(f"{heard:.2f} h, {len(texts)} sentences a page; {counts}; medians {medians[1]:.1f} … {medians[-1]:.1f} MB", file=sys.stderr)
    if running.returncode not in (0, 3) or counts["sentence_finished"] < rounds * len(texts) / 2:
        raise RuntimeError(f"exit code {running.returncode}, {counts}")
    report({"live.memory_mb": max(peaks), "live.memory_growth": 100 * (medians[-1] / medians[1] - 1), "live.memory_hours": heard})


if __name__ == "__main__":
    main()
