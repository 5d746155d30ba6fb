#!/usr/bin/env python3
"""Which constants of engine/voice Praat confirms, asked with made signals: those that its manual leaves open, or states otherwise.

Each is moved until Praat's answer turns, or its answers are held against what it predicts (docs/decisions/036-voice-constants.md). The
values are read out of our sources, so that one which changes there is asked for again. Needs Praat (Debian: praat), which is run as a
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
PERIOD = 1440  # Samples of the made voice, 30 ms: long, so that by chance no other shift is alike.
PERIODS = 24
SECONDS = PERIODS * PERIOD / RATE_HZ
PULSES = "pulses.cc"
IMPULSE = int(0.9 * 32767) / 32768  # As 16 bits hold 0.9.
FULL_SCALE = 4e-10  # What Praat measures intensity from: the square of 20 micropascal.


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


# Of a constant: two values that must do as below it, and two that must do as above.
AROUND = (0.95, 0.99, 1.01, 1.05)


def turns_at(constant: float, holds_for) -> bool:
    """Whether Praat's answer turns within a hundredth of the constant, and nowhere else near it."""
    below, near_below, near_above, above = holds_for([constant * share for share in AROUND])
    return below == near_below and near_above == above and below != above


def found_periods(praat: Praat, ratios: list[float]) -> list[bool]:
    """Whether pulses stand a true period apart where that is `ratio` times what the pitch says."""
    praat.sound("sound", voice_like(1.0))
    for ratio in ratios:
        praat.pitch("pitch", ratio * RATE_HZ / PERIOD)
        praat.say(POINTS)
    lines = praat.run()
    return [len(line) > 2 and abs(float(np.median(np.diff(line[1:]))) * RATE_HZ - PERIOD) < 0.5 for line in lines]


def found_likenesses(praat: Praat, likenesses: list[float], beyond: bool) -> list[bool]:
    """Whether pulses of such a likeness are kept: within a voiced stretch, or one beyond each of its ends."""
    start, end = 0.35 * SECONDS, 0.65 * SECONDS
    for likeness in likenesses:
        praat.sound("sound", voice_like(likeness))
        praat.pitch("pitch", RATE_HZ / PERIOD, start, end)
        praat.say(POINTS)
    outside = [[t < start or t > end for t in line[1:]] for line in praat.run()]
    return [sum(o) == 2 if beyond else len(o) - sum(o) > 5 for o in outside]


def found_soft(praat: Praat, shares: list[float]) -> list[bool]:
    """Whether a voice has pulses whose peak is such a share of a click that is elsewhere in the recording."""
    for share in shares:
        pcm = voice_like(1.0)
        pcm *= 0.9 * share / np.abs(pcm).max()
        pcm[len(pcm) // 20] = 0.9
        praat.sound("sound", pcm)
        praat.pitch("pitch", RATE_HZ / PERIOD, 0.3 * SECONDS, 0.7 * SECONDS)
        praat.say(POINTS)
    return [len(line) > 3 for line in praat.run()]


def octaves_under_the_ceiling(praat: Praat) -> bool:
    """Whether a perfect voice loses to 'no voice' where that is worth 1 less its octaves under the ceiling, at ten times the usual cost."""
    hz, ceiling = 100.0, 600.0
    praat.sound("sound", 0.1 * np.tile(smooth_noise(round(RATE_HZ / hz), 3), 50))

    def voiced(worths: list[float]) -> list[bool]:
        for worth in worths:
            praat.say("selectObject: sound", f'To Pitch (cc): 0, 75, 15, "no", 0.03, {worth}, 0.1, 0, 0, {ceiling}')
            praat.say("n = Count voiced frames", "appendInfoLine: n")
        return [line[0] > 0 for line in praat.run()]

    return turns_at(1 - 0.1 * math.log2(ceiling / hz), voiced)


def amplitude_is(praat: Praat) -> bool:
    """Whether the amplitude of a pulse is the root mean square under our window: an impulse is moved past 119 pulses."""
    reach = ours("perturbation.cc", "kAmplitudeReach")
    periods = [480, 576] * 60
    pulses = 1000 + np.cumsum([0, *periods])
    pcm = np.zeros(pulses[-1] + 1000)
    shares = np.linspace(-1.4 * reach, 1.4 * reach, len(periods) - 1)
    moved = [round(share * periods[i if share < 0 else i + 1]) for i, share in enumerate(shares)]
    pcm[pulses[1:-1] + moved] = 0.9
    praat.sound("sound", pcm)
    praat.say(f'points = Create empty PointProcess: "points", 0, {len(pcm) / RATE_HZ}')
    praat.say(*(f"Add point: {(pulse + 0.5) / RATE_HZ}" for pulse in pulses))
    praat.say("selectObject: sound, points", "tier = To AmplitudeTier (period): 0, 0, 0.0001, 0.02, 1.3", "n = Get number of points")
    praat.say("for i to n", "t = Get time from index: i", "v = Get value at index: i", 'appendInfoLine: t, " ", v', "endfor")
    found = {round(t * RATE_HZ - 0.5): value for t, value in praat.run()}  # Those that are zero are left out.
    gaps = []
    for i, offset in enumerate(moved):
        left, right = reach * periods[i], reach * periods[i + 1]
        places = np.arange(math.ceil(-left), math.floor(right) + 1)
        window = 0.5 + 0.5 * np.cos(np.pi * places / np.where(places < 0, left, right))
        under = window[offset - places[0]] if places[0] <= offset <= places[-1] else 0.0
        gaps.append(abs(found.get(pulses[i + 1], 0.0) - IMPULSE * under / math.sqrt(np.sum(window**2))))
    return len(found) > 50 and max(gaps) < 1e-6


def shimmer_of(praat: Praat, strengths: list[list[float]]) -> list[float]:
    """Praat's shimmer (local) of a tone that has another strength in each period of 10 ms."""
    tone = np.sin(2 * np.pi * 1000 * np.arange(480) / RATE_HZ)
    for row in strengths:
        praat.sound("sound", np.concatenate([strength * tone for strength in row]))
        praat.say(f'points = Create empty PointProcess: "points", 0, {len(row) / 100}')
        praat.say(*(f"Add point: {0.005 + 0.01 * i}" for i in range(len(row))))
        praat.say("selectObject: sound, points", "s = Get shimmer (local): 0, 0, 0.0001, 0.02, 1.3, 1.6", "appendInfoLine: s")
    return [line[0] for line in praat.run()]


def compared_amplitudes(praat: Praat, factors: list[float]) -> list[bool]:
    return [not math.isnan(s) for s in shimmer_of(praat, [[0.4 * factor ** (i % 2) for i in range(30)] for factor in factors])]


def mean_amplitude_is(praat: Praat) -> bool:
    """Whether the last amplitude is left out of the mean that shimmer is a share of."""
    counted = [0.2 + 0.02 * i for i in range(10)]
    found = shimmer_of(praat, [[0.2, *counted, 0.5]])[0]
    return abs(found - 0.02 / np.mean(counted[:-1])) < 1e-4 < abs(found - 0.02 / np.mean(counted))


def intensity_is(praat: Praat) -> bool:
    """Whether Praat's intensity of an impulse is our Kaiser window, and its mean one of straight lines."""
    reach, step = (ours("loudness.cc", name) / 75 for name in ("kReachPeriods", "kStepPeriods"))
    pcm, place = np.zeros(RATE_HZ // 2), RATE_HZ // 4 + 7
    pcm[place] = 0.9
    praat.sound("sound", pcm)
    praat.say('To Intensity: 75, 0, "no"', "n = Get number of frames", "for i to n", "t = Get time from frame number: i")
    praat.say("v = Get value in frame: i", 'appendInfoLine: t, " ", v', "endfor")
    praat.say('m = Get mean: 0.2437, 0.2591, "energy"', "appendInfoLine: m")
    *frames, (mean,) = praat.run()
    times, levels = np.array(frames).T
    away = np.abs(times - (place + 0.5) / RATE_HZ) / reach
    shape = 2 * math.pi**2 + 0.5
    whole = np.i0(shape * np.sqrt(1 - np.linspace(-1, 1, 100001) ** 2)).mean() * 2 * reach * RATE_HZ
    expected = IMPULSE**2 * np.i0(shape * np.sqrt(np.maximum(0, 1 - away**2))) / whole / FULL_SCALE
    near = away < 0.8
    fine = np.linspace(0.2437, 0.2591, 10001)
    straight = 10 * math.log10(np.interp(fine, times, 10 ** (levels / 10)).mean())
    placed = abs(times[1] - times[0] - step) < 1e-9
    return placed and np.abs(levels[near] - 10 * np.log10(expected[near])).max() < 0.1 and abs(mean - straight) < 0.001


def correlation_is(praat: Praat) -> bool:
    """Whether the strengths of candidates are those of our window, taken off the mean that we take off, and of no window beside it; and
    whether none has a longer lag than the window."""
    floor, count = 77.3, round(0.3 * RATE_HZ)
    longest = RATE_HZ / floor
    pcm = 0.1 * smooth_noise(count, 5, 1200.0)
    praat.sound("sound", pcm)
    pcm = (pcm * 32767).astype("<i2") / 32768
    saved = praat.folder / "found.Pitch"
    praat.say(f'To Pitch (cc): 0, {floor}, 15, "no", 0.0, 0.1, 0, 0, 0, 600', f'Save as text file: "{saved}"')
    praat.run()
    lines = [line.split("=") for line in saved.read_text().splitlines() if "=" in line and '"' not in line]
    numbers = iter(float(value) for _, value in lines)
    _, _, frames, step, first, _, _ = (next(numbers) for _ in range(7))
    candidates = []
    for frame in range(int(frames)):
        next(numbers)
        rows = [(next(numbers), next(numbers)) for _ in range(int(next(numbers)))]
        strongest = max(rows[1:], key=lambda row: row[1], default=(0, 1))
        candidates.append((first + frame * step, *strongest))
    window = 2 * (int(longest) // 2 - 1)

    def strength(time: float, lag: float, size: int, shift: int, mean_shift: int) -> float:
        begin = math.floor(time * RATE_HZ - longest + 0.5) - 1 + shift
        middle = math.floor(time * RATE_HZ + 0.5) + mean_shift
        part = pcm[begin:] - pcm[middle - int(longest) : middle + int(longest)].mean()
        lags = round(lag) + np.arange(-3, 4)
        a, b = part[:size], [part[k : k + size] for k in lags]
        r = [np.dot(a, x) / math.sqrt(np.dot(a, a) * np.dot(x, x)) for x in b]
        return np.polyval(np.polyfit(lags - round(lag), r, 6), np.linspace(-1, 1, 2001)).max()

    def gap(size: int, shift: int, mean_shift: int) -> float:
        inside = [c for c in candidates[2:-2] if c[2] < 0.999 and RATE_HZ / c[1] < window - 80]
        gaps = [strength(time, RATE_HZ / hz, size, shift, mean_shift) - found for time, hz, found in inside]
        return math.sqrt(np.mean(np.square(gaps)))

    own = gap(window, 0, 0)
    others = [gap(window + a, b, c) for a in (-1, 0, 1) for b in (-1, 0, 1) for c in (-2, 0, 2) if (a, b, c) != (0, 0, 0)]
    return own < 1e-4 and own < 0.5 * min(others) and all(RATE_HZ / hz < window for _, hz, _ in candidates if hz > 0)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        praat = Praat(Path(scratch))
        confirmed = {
            "shortest step": turns_at(ours(PULSES, "kShortestStep"), lambda v: found_periods(praat, v)),
            "longest step": turns_at(ours(PULSES, "kLongestStep"), lambda v: found_periods(praat, v)),
            "longest step of the manual": turns_at(1.2, lambda v: found_periods(praat, v)),
            "least likeness": turns_at(ours(PULSES, "kLeastLikeness"), lambda v: found_likenesses(praat, v, False)),
            "likeness beyond": turns_at(ours(PULSES, "kLikenessBeyond"), lambda v: found_likenesses(praat, v, True)),
            "softest pulse": turns_at(ours(PULSES, "kSoftestPulse"), lambda v: found_soft(praat, v)),
            "octaves under the ceiling": octaves_under_the_ceiling(praat),
            "amplitude of a pulse": amplitude_is(praat),
            "amplitude factor": turns_at(ours("perturbation.h", "most_amplitude"), lambda v: compared_amplitudes(praat, v)),
            "mean amplitude": mean_amplitude_is(praat),
            "intensity": intensity_is(praat),
            "correlation": correlation_is(praat),
        }
    manual = confirmed.pop("longest step of the manual")
    refuted = [name for name, holds in confirmed.items() if not holds]
    report({"live.voice_constants": len(refuted), "asked for": len(confirmed), "refuted": refuted, "the manual's 1.2": bool(manual)})


if not shutil.which("praat"):
    skip("needs Praat: apt-get install praat")
main()
