#!/usr/bin/env python3
"""How far word scores move when the same reading arrives louder, quieter or at another sample rate: medians over words.

A word that has a score before but none after (another verdict, called omitted) counts as moved by all of its score.
"""

import statistics
import tempfile
from pathlib import Path

from common import analyse, data_folder, learners, read_audio, report, resample, write_audio

CLIPS = 60
GAINS_DB = (-20, -12, -6, 6, 12)
RATES = (44100, 48000, 8000)

corpus = data_folder("so762-train")
chosen = learners(corpus)[:: 2500 // CLIPS][:CLIPS]


def scores(documents: dict) -> dict:
    """Word scores by (recording, word)."""
    return {
        (name, w["script_word"]): w["accuracy"]
        for name, d in documents.items()
        for w in d["words"]
        if w["accuracy"] is not None and w["script_word"] is not None
    }


def shift(before: dict, after: dict) -> float:
    return statistics.median(abs(before[k] - after.get(k, 0.0)) for k in before)


with tempfile.TemporaryDirectory() as scratch:
    folder = Path(scratch)
    clips = {row["utt"]: read_audio(corpus / "audio" / f"{row['utt']}.opus") for row in chosen}
    texts = {row["utt"]: row["text"].lower() for row in chosen}

    def measured(name: str, change) -> dict:
        tasks = []
        for utt, pcm in clips.items():
            changed, rate = change(pcm)
            tasks.append((write_audio(folder / f"{name}-{utt}.wav", changed, rate), texts[utt], utt))
        return scores(analyse(tasks))

    plain = measured("plain", lambda pcm: (pcm, 16000))
    gains = [shift(plain, measured(f"gain{db}", lambda pcm, db=db: (pcm * 10 ** (db / 20), 16000))) for db in GAINS_DB]
    rates = {hz: shift(plain, measured(f"rate{hz}", lambda pcm, hz=hz: (resample(pcm, 16000, hz), hz))) for hz in RATES}
report(
    {
        "main.gain_shift": max(gains),
        "main.rate_shift": max(rates[44100], rates[48000]),
        "main.telephone_shift": rates[8000],
        "gains": dict(zip(GAINS_DB, gains, strict=True)),
    }
)
