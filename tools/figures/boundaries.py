#!/usr/bin/env python3
"""Boundaries that the program reports against those of synthetic speech, where they are known exactly.

Speech: training/phrases/boundaries.txt in three flite voices built from recordings (slt, rms, awb); flite prints when each phone ends.
flite's own phones are given inline, so that only timing is measured. Pauses count as boundaries of the words beside them.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from common import ROOT, analyse, report, skip

VOICES = ("slt", "rms", "awb")
if shutil.which("flite") is None:
    skip("needs the program flite (Debian package flite)")
phrases = [p for p in (ROOT / "training/phrases/boundaries.txt").read_text().splitlines() if p.strip() and not p.startswith("#")]


def speak(voice: str, text: str, wav: Path) -> list[tuple[str, float]]:
    """(phone, end in seconds) of the synthetic clip."""
    command = ["flite", "-voice", voice, "-t", text, "-psdur", "-o", wav]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [(name, float(end)) for name, end in re.findall(r"(\w+):([\d.]+)", output)]


def arpabet(phone: str) -> str:
    return {"ax": "AH0"}.get(phone, phone.upper())


with tempfile.TemporaryDirectory() as scratch:
    folder = Path(scratch)
    tasks, truth = [], {}
    for voice in VOICES:
        for number, phrase in enumerate(phrases):
            name = f"{voice}-{number}"
            words = re.findall(r"[A-Za-z']+", phrase)
            counts = [sum(p != "pau" for p, _ in speak(voice, w, folder / "word.wav")) for w in words]
            wav = folder / f"{name}.wav"
            segments = speak(voice, phrase, wav)
            starts = [0.0] + [end for _, end in segments[:-1]]
            spoken = [(p, s, e) for (p, e), s in zip(segments, starts, strict=True) if p != "pau"]
            if sum(counts) != len(spoken):
                continue  # The sentence is said with other phones than its words alone: words cannot be told apart.
            cells, at = [], 0
            for count in counts:
                cells.append(spoken[at : at + count])
                at += count
            text = " ".join(f"{{{w}|{' '.join(arpabet(p) for p, _, _ in c)}}}" for w, c in zip(words, cells, strict=True))
            tasks.append((wav, text, name))
            truth[name] = cells
    documents = analyse(tasks)

phone_ms, word_ms = [], []
words = sum(len(cells) for cells in truth.values())
for name, cells in truth.items():
    document = documents.get(name, {"words": []})
    found = {w["script_word"]: w for w in document["words"] if w["phones"]}
    for index, cell in enumerate(cells):
        if index not in found:
            continue
        word = found[index]
        word_ms += [word["start_s"] - cell[0][1], word["end_s"] - cell[-1][2]]
        for phone, (_, start, end) in zip(word["phones"], cell, strict=True):
            phone_ms += [phone["start_s"] - start, phone["end_s"] - end]
placed = len(word_ms) / 2 / words
if placed < 0.97:
    raise SystemExit(f"only {100 * placed:.1f} % of the words were found: the rest would flatter the figure")
report(
    {
        "main.word_boundary_ms": 1000 * float(np.abs(word_ms).mean()),
        "main.phone_boundary_ms": 1000 * float(np.abs(phone_ms).mean()),
        "bias_ms": 1000 * float(np.mean(phone_ms)),
        "clips": len(truth),
        "words_found_percent": 100 * placed,
    }
)
