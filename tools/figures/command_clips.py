"""Spoken commands to measure with: of synthesizers, and cut out of what people read."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
from common import RATE, analyse, data_folder, learners, read_audio

COMMANDS = ("next", "again", "repeat slowly", "stop", "go back")
WAKE = "hey coach"
# The beginning of a noise is no silence: it needs time to become one.
LEAD, TAIL = 1.5, 1.0
SPEEDS = {"flite": (1.0, 1.3), "espeak-ng": (130, 165)}

# What the thresholds were chosen on, and what is reported.
TUNED = {
    "flite": ("slt", "kal16"),
    "espeak-ng": ("en-us+m1", "en-us+m3", "en-us+m7", "en-us+f2", "en-us+f4", "en-gb+m4", "en-gb+f5"),
}
HELD_OUT = {
    "flite": ("rms", "awb"),
    "espeak-ng": ("en-us+m5", "en-us+m6", "en-us+m8", "en-us+f1", "en-us+f3", "en-gb+m2", "en-gb-scotland+f3", "en-gb-x-rp+f1"),
}  # fmt: skip


def synthesize(program: str, voice: str, speed: float, words: str, path: Path) -> np.ndarray:
    """What is said, without the silence around it, at −10 dB."""
    if program == "flite":
        command = ["flite", "-voice", voice, "--setf", f"duration_stretch={speed}", "-t", words, "-o", path]
    else:
        command = ["espeak-ng", "-v", voice, "-s", str(speed), "-w", path, words]
    subprocess.run(command, check=True, capture_output=True)
    pcm = read_audio(path)
    loud = np.flatnonzero(np.abs(pcm) > 0.003 * np.abs(pcm).max())
    pcm = pcm[loud[0] : loud[-1] + 1]
    return pcm * (0.3 / np.abs(pcm).max())


def with_noise(pcm: np.ndarray, decibels: float, noise: np.random.Generator) -> np.ndarray:
    """With the silence before and after it, and pink noise so far below the speech."""
    lead, tail = int(LEAD * RATE), int(TAIL * RATE)
    whole = np.concatenate([np.zeros(lead), pcm, np.zeros(tail)])
    spectrum = np.fft.rfft(noise.normal(0, 1, len(whole)))
    lowest = len(whole) * 50 // RATE
    pink = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), lowest)), len(whole))
    return (whole + pink / pink.std() * np.sqrt(np.mean(pcm**2)) * 10 ** (-decibels / 20)).astype(np.float32)


def clips_of_voices(voices: dict[str, tuple[str, ...]], folder: Path):
    """For each voice its name, and (words, samples) of what it says, with LEAD and TAIL of background."""
    noise = np.random.default_rng(3)
    wordings = [*COMMANDS, *(f"{WAKE} {command}" for command in COMMANDS)]
    for program, names in voices.items():
        for name in names:
            clips = []
            for words in wordings:
                # A comma makes synthesizers phrase it as people do.
                text = words.replace(f"{WAKE} ", f"{WAKE}, ")
                for speed in SPEEDS[program]:
                    pcm = synthesize(program, name, speed, text, folder / "word.wav")
                    clips += [(words, with_noise(pcm, decibels, noise)) for decibels in (55, 20, 12)]
            yield name, clips


def texts() -> list[tuple[Path, str, str, int, list[float]]]:
    """Recordings with a command in their text: audio, text, id, reader, the raters' marks of its words (none for natives)."""
    wanted = re.compile(r"\b(" + "|".join(COMMANDS).upper() + r")\b")
    found = []
    corpus = data_folder("so762-train")
    for line in learners(corpus):
        if wanted.search(line["text"]):
            marks = [word["accuracy"] for word in line["words"]]
            found.append((corpus / "audio" / f"{line['utt']}.opus", line["text"], line["utt"], int(line["speaker"]), marks))
    corpus = data_folder("mini-librispeech")
    for row in (corpus / "text.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        utterance, reader, _, text = row.split("\t")
        if wanted.search(text):
            found.append((corpus / "audio" / f"{utterance}.opus", text, utterance, int(reader), []))
    return found


def words_cut_out() -> list[tuple[str, int, np.ndarray]]:
    """(words, reader, samples with LEAD and TAIL of a quiet room) of each command that somebody read."""
    noise, ramp = np.random.default_rng(4), np.linspace(0, 1, RATE // 100, dtype=np.float32)
    found = texts()
    documents = analyse([(audio, text.capitalize(), name) for audio, text, name, _, _ in found])
    clips = []
    for audio, _, name, reader, marks in found:
        words = [w for w in documents.get(name, {}).get("words", []) if w["error"] not in ("inserted", "repeated")]
        written = [w["text"].lower() for w in words]
        for command in COMMANDS:
            count = len(command.split())
            for i in range(len(words) - count + 1):
                said = words[i : i + count]
                if written[i : i + count] != command.split() or any(w["error"] == "omitted" for w in said):
                    continue
                begin, end = said[0]["start_sample"], said[-1]["end_sample"]
                badly = len(marks) == len(words) and min(marks[i : i + count]) < 7
                if badly or not RATE // 10 <= end - begin <= RATE:
                    continue
                pcm = read_audio(audio)[begin:end].copy()
                pcm[: len(ramp)] *= ramp
                pcm[-len(ramp) :] *= ramp[::-1]
                room = [noise.normal(0, 3e-4, int(seconds * RATE)).astype(np.float32) for seconds in (LEAD, TAIL)]
                clips.append((command, reader, np.concatenate([room[0], pcm, room[1]])))
    return clips


def spoken(clips: list[tuple[str, np.ndarray]]) -> tuple[np.ndarray, list[tuple[str, float, float]]]:
    """All of them in a row, and (words, begin, end in seconds) of each."""
    truth, length = [], 0
    for words, pcm in clips:
        truth.append((words, length / RATE + LEAD, (length + len(pcm)) / RATE - TAIL))
        length += len(pcm)
    return np.concatenate([pcm for _, pcm in clips]), truth
