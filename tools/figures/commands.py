#!/usr/bin/env python3
"""How often other speech is taken for a spoken command, and how often a command is missed.

Other speech: all recordings of the two corpora, reader by reader, 1 s of quiet room between the recordings. Once without a text,
so that no sentence is ever begun and no word refused; once by `euphone live` with the lesson `everyday` open. Every call counts, a
wake phrase alone, too. Hours are those of the recordings.

Commands: each by itself, and in one breath after the wake phrase; without noise, and with noise at 20 and 12 dB.
- Voices of two speech synthesizers (flite, espeak-ng) at two speeds. None of them was used to choose a threshold.
- The same words cut out of what natives and learners read, of readers whose number is odd; where raters gave a word less than 7 of
  10, or it seems to last more than a second, it is left out.

--misses and --accepts measure one of the two, --idle leaves the lesson out.
--fits prints what the thresholds of engine/command/command_spotter.h were chosen on: how well commands of other voices and readers
fit, and how well other speech does.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import which
from typing import NamedTuple

import numpy as np
from command_clips import COMMANDS, HELD_OUT, TUNED, WAKE, clips_of_voices, spoken, words_cut_out
from common import PROGRAM, RATE, ROOT, data_folder, learners, read_audio, report, skip, write_audio

PROBE = ROOT / "build/release/euphone_probe"
NOBODYS = ("--text", "Chrysanthemums bewilder psychologists. Xylophones hypnotise rhinoceroses.")
LESSON = ("--lesson", "everyday")


def readers() -> dict[str, list[Path]]:
    by_reader = defaultdict(list)
    corpus = data_folder("so762-train")
    for line in learners(corpus):
        by_reader[f"learner-{line['speaker']}"].append(corpus / "audio" / f"{line['utt']}.opus")
    corpus = data_folder("mini-librispeech")
    for row in (corpus / "text.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        utterance, reader = row.split("\t")[:2]
        by_reader[f"native-{reader}"].append(corpus / "audio" / f"{utterance}.opus")
    return by_reader


def stream(recordings: list[Path], path: Path) -> float:
    """All of them with quiet between; seconds of speech."""
    noise = np.random.default_rng(6)
    pieces, seconds = [], 0.0
    for recording in recordings:
        pcm = read_audio(recording)
        pieces += [noise.normal(0, 3e-4, RATE).astype(np.float32), pcm]
        seconds += len(pcm) / RATE
    write_audio(path, np.concatenate([*pieces, pieces[0]]))
    return seconds


def calls(audio: Path, text: tuple[str, str]) -> list[dict]:
    command = [PROGRAM, "live", "--from", audio, *text, "--speed", "0", "--hands-free", "--wake", WAKE, "--events"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{audio.name}: exit status {done.returncode}: {done.stderr.strip()[-300:]}")
    # The rest is much, and needs no reading.
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"event":"command_heard"')]


class Heard(NamedTuple):
    """Something that was said by itself."""

    begin: float  # Seconds.
    end: float
    apart: bool  # With as much silence before it as a call needs.
    call: str  # What it was taken for; "-": nothing.
    fits: list[float]  # How well it fits each call.


def utterances(audio: list[Path]) -> list[Heard]:
    done = subprocess.run([PROBE, "calls"], input="".join(f"{a}\n" for a in audio), capture_output=True, text=True, check=True)
    rows = [line.split() for line in done.stdout.splitlines()]
    return [Heard(int(r[1]) / RATE, int(r[2]) / RATE, int(r[3]) >= 50, r[4], [float(f) for f in r[5:]]) for r in rows]


def false_accepts(folder: Path, lesson: bool) -> dict[str, float]:
    accepted, seconds = Counter(), Counter()

    def hear(reader: str, recordings: list[Path]) -> None:
        path = folder / f"{reader}.wav"
        seconds[reader.split("-")[0]] += stream(recordings, path)
        found = [("idle", row.call, row.begin) for row in utterances([path]) if row.call != "-"]
        if lesson:
            found += [("lesson", call["command"] or "wake", call["start_s"]) for call in calls(path, LESSON)]
        for name, call, begin in found:
            accepted[name] += 1
            print(name, reader, call, begin, file=sys.stderr)
        path.unlink()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda item: hear(*item), readers().items()))
    hours = seconds.total() / 3600
    print({"hours": round(hours, 2), **accepted}, file=sys.stderr)
    values = {"live.command_false_accepts": accepted["idle"] / hours}
    return values | ({"live.command_false_accepts_lesson": accepted["lesson"] / hours} if lesson else {})


def misses(folder: Path) -> float:
    """Per cent of the commands that were not heard, or taken for others."""
    totals, missed = Counter(), Counter()

    def hear(kind: str, name: str, clips: list[tuple[str, np.ndarray]]) -> None:
        path = folder / f"{name}.wav"
        sound, truth = spoken(clips)
        write_audio(path, sound)
        heard = calls(path, NOBODYS)
        for words, begin, end in truth:
            wanted = (words.removeprefix(WAKE).strip().replace(" ", "_"), words.startswith(WAKE))
            here = [(c["command"], c["wake"]) for c in heard if c["start_s"] < end and c["end_s"] > begin]
            totals[kind] += 1
            if here != [wanted]:
                missed[kind] += 1
                print("missed", name, words, here, file=sys.stderr)

    jobs = [("voices", *voice) for voice in clips_of_voices(HELD_OUT, folder)]
    jobs.append(("readers", "readers", [(w, pcm) for w, reader, pcm in words_cut_out() if reader % 2 == 1]))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda job: hear(*job), jobs))
    print({kind: f"{missed[kind]} of {count}" for kind, count in totals.items()}, file=sys.stderr)
    return 100 * missed.total() / totals.total()


def print_fits(folder: Path) -> None:
    """Of what is meant, the 1st, 5th and 50th percentile; of other speech, the best five."""
    names = [*COMMANDS, WAKE, *(f"{WAKE} {command}" for command in COMMANDS)]
    meant, other = defaultdict(list), defaultdict(list)
    sources = [clips for _, clips in clips_of_voices(TUNED, folder)]
    sources.append([(words, pcm) for words, reader, pcm in words_cut_out() if reader % 2 == 0])
    for number, clips in enumerate(sources):
        sound, truth = spoken(clips)
        rows = utterances([write_audio(folder / f"meant{number}.wav", sound)])
        for words, begin, end in truth:
            here = [row.fits for row in rows if row.apart and row.begin < end and row.end > begin]
            meant[words].append(here[0][names.index(words)] if here else float("-inf"))
    for reader, recordings in readers().items():
        path = folder / f"{reader}.wav"
        stream(recordings, path)
        for row in utterances([path]):
            best = int(np.argmax(row.fits))
            if row.apart:
                other[names[best]].append(row.fits[best])
        path.unlink()
    for name in names:
        low = [f"{np.percentile(meant[name], p, method='lower'):.2f}" for p in (1, 5, 50)] if meant[name] else []
        print(f"{name:24} {len(meant[name]):4}", *low, " others:", *(f"{v:.2f}" for v in sorted(other[name], reverse=True)[:5]))


def main() -> None:
    for program in ("flite", "espeak-ng"):
        if not which(program):
            skip(f"needs {program} (a Debian package of this name)")
    with tempfile.TemporaryDirectory() as folder:
        if "--fits" in sys.argv:
            print_fits(Path(folder))
            return
        values = {"live.command_misses_percent": misses(Path(folder))} if "--accepts" not in sys.argv else {}
        if "--misses" not in sys.argv:
            values |= false_accepts(Path(folder), lesson="--idle" not in sys.argv)
    report(values)


if __name__ == "__main__":
    main()
