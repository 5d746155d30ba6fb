#!/usr/bin/env python3
"""How far `euphone voice` is from Praat, on 30 made vowels and on 24 vowels of native readers' speech.

Needs Praat (Debian: praat), which is run as a program of its own. With --golden it writes what Praat says of eight of the made vowels
to tests/integration/voice_golden.json instead.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from common import PROGRAM, RATE, ROOT, analyse, data_folder, native_dev, read_audio, report, skip, write_audio
from voice_signals import VOWELS, make

GOLDEN = ROOT / "tests" / "integration" / "voice_golden.json"
GOLDEN_VOWELS = VOWELS[::4]
READINGS, STRETCHES, MARGIN_S = 120, 24, 0.15
VOWEL_PHONES = set("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
SCRIPT = """form Voice
  sentence file
  real start
  real end
endform
sound = Read from file: file$
pitch = To Pitch (cc): 0, 75, 15, "no", 0.03, 0.45, 0.01, 0.35, 0.14, 600
selectObject: sound, pitch
pulses = To PointProcess (cc)
selectObject: sound
harmonicity = To Harmonicity (cc): 0.01, 75, 0.1, 1.0
hnr = Get mean: start, end
selectObject: sound
intensity = To Intensity: 75, 0, "yes"
level = Get mean: start, end, "energy"
selectObject: pitch
f0 = Get mean: start, end, "Hertz"
median = Get quantile: start, end, 0.5, "Hertz"
selectObject: pulses
local = Get jitter (local): start, end, 0.0001, 0.02, 1.3
rap = Get jitter (rap): start, end, 0.0001, 0.02, 1.3
ppq5 = Get jitter (ppq5): start, end, 0.0001, 0.02, 1.3
ddp = Get jitter (ddp): start, end, 0.0001, 0.02, 1.3
selectObject: sound, pulses
shimmer = Get shimmer (local): start, end, 0.0001, 0.02, 1.3, 1.6
db = Get shimmer (local_dB): start, end, 0.0001, 0.02, 1.3, 1.6
apq3 = Get shimmer (apq3): start, end, 0.0001, 0.02, 1.3, 1.6
apq5 = Get shimmer (apq5): start, end, 0.0001, 0.02, 1.3, 1.6
apq11 = Get shimmer (apq11): start, end, 0.0001, 0.02, 1.3, 1.6
dda = Get shimmer (dda): start, end, 0.0001, 0.02, 1.3, 1.6
# Praat's levels are relative to 20 micropascal, of which full scale, taken for 1 pascal, is 93.979 dB.
writeInfoLine: f0, " ", median, " ", 100*local, " ", 100*rap, " ", 100*ppq5, " ", 100*ddp, " ", 100*shimmer, " ", db, " ",
... 100*apq3, " ", 100*apq5, " ", 100*apq11, " ", 100*dda, " ", hnr, " ", level-93.9794
"""
NAMES = "f0 median local rap ppq5 ddp shimmer shimmer_db apq3 apq5 apq11 dda hnr intensity".split()


def praat(wav: Path, start: float, end: float, folder: Path) -> dict[str, float | None]:
    script = folder / "voice.praat"
    script.write_text(SCRIPT)
    result = subprocess.run(["praat", "--run", script, wav, str(start), str(end)], capture_output=True, text=True, check=True)
    values = (None if v.startswith("--") else float(v) for v in result.stdout.split())
    return dict(zip(NAMES, values, strict=True))


def ours(wav: Path, start: float, end: float) -> dict[str, float | None]:
    command = [PROGRAM, "voice", wav, "--json", "--from", str(start), "--to", str(end)]
    vowel = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["vowels"][0]
    jitter, shimmer = vowel["jitter"], vowel["shimmer"]
    values = [vowel["f0"]["mean_hz"], vowel["f0"]["median_hz"]]
    values += [jitter[f"{n}_percent"] for n in ("local", "rap", "ppq5", "ddp")]
    values += [shimmer["local_percent"], shimmer["local_db"], *(shimmer[f"{n}_percent"] for n in ("apq3", "apq5", "apq11", "dda"))]
    return dict(zip(NAMES, [*values, vowel["hnr_db"], vowel["intensity"]["mean_dbfs"]], strict=True))


def made_stretches(folder: Path) -> list[tuple[Path, float, float]]:
    return [(write_audio(folder / f"made{i}.wav", make(v), v.rate), 0.1, v.seconds - 0.1) for i, v in enumerate(VOWELS)]


def real_stretches(folder: Path) -> list[tuple[Path, float, float]]:
    """The longest vowels of native readers, one a reading, each cut out with a margin as a 16 kHz WAV."""
    readings = [(audio, text.lower(), audio.stem) for audio, text in native_dev(data_folder("mini-librispeech"))[:READINGS]]
    audio_of = {name: audio for audio, _, name in readings}
    longest = {}
    for name, document in analyse(readings).items():
        vowels = [p for w in document["words"] for p in w["phones"] if p["arpabet"].rstrip("012") in VOWEL_PHONES]
        if vowels:
            longest[name] = max(vowels, key=lambda p: p["end_s"] - p["start_s"])
    order = sorted(longest, key=lambda name: longest[name]["start_s"] - longest[name]["end_s"])
    stretches = []
    for name in order[:STRETCHES]:
        begin, end = longest[name]["start_s"], longest[name]["end_s"]
        first = max(0, round((begin - MARGIN_S) * RATE))
        pcm = read_audio(audio_of[name])[first : round((end + MARGIN_S) * RATE)]
        wav = write_audio(folder / f"{name}.wav", pcm)
        stretches.append((wav, round(begin - first / RATE, 4), round(end - first / RATE, 4)))
    return stretches


def largest(pairs: list[tuple[dict, dict]], name: str, relative: bool = False) -> float:
    """The largest difference; a figure that only one of the two has counts as one without end."""
    gaps = [0.0]
    for own, other in pairs:
        if own[name] is None and other[name] is None:
            continue
        gap = float("inf") if own[name] is None or other[name] is None else abs(own[name] - other[name])
        gaps.append(100 * gap / abs(other[name]) if relative and gap else gap)
    return max(gaps)


def jitter_gap(own: dict, other: dict) -> float:
    """In points, or as a share of Praat's figure where that is less: 0.1 is a tenth of a rough voice's, and nothing to a clear one."""
    points = largest([(own, other)], "local")
    return min(points, points / other["local"]) if other["local"] else points


def compare() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        made = [(ours(*s), praat(*s, folder)) for s in made_stretches(folder)]
        real = [(ours(*s), praat(*s, folder)) for s in real_stretches(folder)]
    values = {}
    for kind, pairs in (("made", made), ("real", real)):
        values |= {
            f"live.voice_f0_{kind}": largest(pairs, "f0", relative=True),
            f"live.voice_jitter_{kind}": max(jitter_gap(*pair) for pair in pairs),
            f"live.voice_shimmer_{kind}": largest(pairs, "shimmer"),
            f"live.voice_hnr_{kind}": largest(pairs, "hnr"),
            f"{kind} vowels": len(pairs),
            f"{kind} jitter, % of Praat's": largest(pairs, "local", relative=True),
            f"{kind}, all": {name: round(largest(pairs, name), 4) for name in NAMES},
        }
    report(values)


def write_golden() -> None:
    version = subprocess.run(["praat", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for vowel in GOLDEN_VOWELS:
            wav = write_audio(Path(scratch) / "vowel.wav", make(vowel), vowel.rate)
            start, end = 0.1, vowel.seconds - 0.1
            rows.append({"vowel": asdict(vowel), "start_s": start, "end_s": end, "praat": praat(wav, start, end, Path(scratch))})
    document = {"made_by": "tools/figures/voice_measures.py --golden", "with": version, "vowels": rows}
    GOLDEN.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if not shutil.which("praat"):
    skip("needs Praat: apt-get install praat")
if sys.argv[1:] == ["--golden"]:
    write_golden()
else:
    compare()
