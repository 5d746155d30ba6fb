#!/usr/bin/env python3
"""Which constants of engine/voice an installed Praat confirms, asked with made signals: those that its manual leaves open, or states otherwise.

Each is moved until Praat's answer turns, or its answers are held against what the constant predicts (docs/decisions/036-voice-constants.md).
The values are read out of our sources, so that one which changes there is asked for again. Needs Praat (Debian: praat), which is run as a
program of its own.
"""

import math
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from common import ROOT, report, skip, write_audio

RATE_HZ = 48000
PERIOD = 1920  # Samples of the made voice, 40 ms: long, so that by chance no other shift is alike.
PERIODS = 50
SECONDS = PERIODS * PERIOD / RATE_HZ
PULSES, PITCH, PERTURBATION = "pulses.cc", "pitch_contour.h", "perturbation.cc"


def ours(source: str, name: str) -> float:
    text = (ROOT / "engine" / "voice" / source).read_text(encoding="utf-8")
    return float(re.search(rf"\bdouble {name} = ([0-9.]+);", text).group(1))


class Praat:
    """Collects commands, runs them all in one go, and gives back the lines that they wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.lines, self.files = folder, [], 0

    def sound(self, name: str, pcm: np.ndarray) -> None:
        self.files += 1
        path = write_audio(self.folder / f"{self.files}.wav", pcm, RATE_HZ)
        self.lines.append(f'{name} = Read from file: "{path}"')

    def pitch(self, name: str, hz: float, start_s: float = 0.0, end_s: float = SECONDS) -> None:
        """A contour that has one pitch from `start_s` to `end_s` and none elsewhere, a frame each millisecond."""
        count = round(SECONDS * 1000)
        frames = []
        for i in range(count):
            voiced = start_s <= (i + 0.5) / 1000 <= end_s
            frames.append(f"1\n1\n{hz if voiced else 0}\n{0.9 if voiced else 0}\n")
        self.files += 1
        path = self.folder / f"{self.files}.Pitch"
        head = f'File type = "ooTextFile"\nObject class = "Pitch 1"\n\n0\n{SECONDS}\n{count}\n0.001\n0.0005\n600\n1\n'
        path.write_text(head + "".join(frames))
        self.lines.append(f'{name} = Read from file: "{path}"')

    def say(self, *lines: str) -> None:
        self.lines += lines

    def run(self) -> list[list[float]]:
        script = self.folder / "ask.praat"
        script.write_text("\n".join(self.lines) + "\n")
        self.lines = []
        result = subprocess.run(["praat", "--run", script], capture_output=True, text=True, check=True)
        return [[math.nan if v.startswith("--") else float(v) for v in line.split()] for line in result.stdout.splitlines()]


POINTS = """selectObject: sound, pitch
points = To PointProcess (cc)
n = Get number of points
line$ = ""
for i to n
  t = Get time from index: i
  line$ = line$ + " " + fixed$ (t, 9)
endfor
appendInfoLine: "0", line$"""


def smooth_noise(count: int, seed: int, highest_hz: float = 16000.0) -> np.ndarray:
    """One turn of a noise that repeats after `count` samples."""
    rng = np.random.default_rng(seed)
    spectrum = rng.normal(size=count // 2 + 1) + 1j * rng.normal(size=count // 2 + 1)
    spectrum[np.arange(count // 2 + 1) * RATE_HZ / count > highest_hz] = 0
    spectrum[0] = 0
    turn = np.fft.irfft(spectrum, count)
    return turn / np.sqrt(np.mean(turn**2))


def voice_like(likeness: float) -> np.ndarray:
    """Each period correlates with the next by `likeness`, wherever the window of one period lies: a part that repeats, and one that comes
    back with its sign turned."""
    same, turned = smooth_noise(PERIOD, 1), smooth_noise(PERIOD, 2)
    share = math.sqrt((1 - likeness) / (1 + likeness))
    return 0.1 * np.concatenate([same + share * (-1) ** i * turned for i in range(PERIODS)])


def edge(values: list[float], holds: list[bool]) -> tuple[float, float]:
    """The last value before the answer turns, and the first after it. It must turn once."""
    turns = [i for i in range(1, len(holds)) if holds[i] != holds[i - 1]]
    if len(turns) != 1:
        raise RuntimeError(f"Praat's answer turns {len(turns)} times from {values[0]} to {values[-1]}")
    return values[turns[0] - 1], values[turns[0]]


def steps_between_pulses(praat: Praat, low: float, high: float) -> tuple[float, float]:
    """Of `period / what the pitch says` from low to high: where the true period begins or ends to be found."""
    ratios = [float(r) for r in np.arange(low, high, 0.005)]
    praat.sound("sound", voice_like(1.0))
    for ratio in ratios:
        praat.pitch("pitch", ratio * RATE_HZ / PERIOD)
        praat.say(POINTS)
    found = []
    for line in praat.run():
        distance = float(np.median(np.diff(line[1:]))) * RATE_HZ
        found.append(abs(distance - PERIOD) < 0.5)
    return edge(ratios, found)


def likeness_edge(praat: Praat, low: float, high: float, beyond: bool) -> tuple[float, float]:
    """From which likeness on pulses are kept: within a voiced stretch, or one beyond each of its ends."""
    likenesses = [float(c) for c in np.arange(low, high, 0.005)]
    start, end = 0.7 * SECONDS / 2, 1.3 * SECONDS / 2
    for likeness in likenesses:
        praat.sound("sound", voice_like(likeness))
        praat.pitch("pitch", RATE_HZ / PERIOD, start, end)
        praat.say(POINTS)
    found = []
    for line in praat.run():
        points = line[1:]
        outside = sum(t < start or t > end for t in points)
        found.append(outside == 2 if beyond else len(points) - outside > 10)
    return edge(likenesses, found)


def softest_pulse(praat: Praat, low: float, high: float) -> tuple[float, float]:
    """How loud the second half of a voice must be, as a share of the first, for its pulses to be kept."""
    shares = [float(s) for s in np.geomspace(low, high, 30)]
    for share in shares:
        gain = np.where(np.arange(PERIODS * PERIOD) < PERIODS * PERIOD // 2, 1.0, share)
        praat.sound("sound", 2.0 * gain * voice_like(1.0))
        praat.pitch("pitch", RATE_HZ / PERIOD)
        praat.say(POINTS)
    return edge(shares, [sum(t > 0.7 * SECONDS for t in line[1:]) > 5 for line in praat.run()])


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        praat = Praat(Path(scratch))
        print("first", steps_between_pulses(praat, 0.7, 0.9))
        print("last", steps_between_pulses(praat, 1.1, 1.4))
        print("least", likeness_edge(praat, 0.2, 0.4, False))
        print("beyond", likeness_edge(praat, 0.6, 0.8, True))
        print("soft", softest_pulse(praat, 0.002, 0.1))


if not shutil.which("praat"):
    skip("needs Praat: apt-get install praat")
main()
