"""How far Euphone and Praat agree on the same recordings."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
from clips import VOWEL_BETWEEN

CLOSE_SEMITONES = 0.5


def pitch_agreement(ours: list[dict], praat: list[dict]) -> dict:
    """Frame by frame, at Praat's moments: where both hear a voice, and how far their pitches are apart."""
    apart, both, either, frames, same = [], 0, 0, 0, 0
    for analysis, track in zip(ours, praat, strict=True):
        curve = analysis["prosody"]["curve"]
        own = np.array([value or 0.0 for value in curve["pitch_hz"]])
        for i, hz in enumerate(track["pitch_hz"]):
            at = int((track["first_s"] + i * track["step_s"]) / curve["step_s"])
            if at >= len(own):
                break
            frames += 1
            same += (own[at] > 0) == (hz > 0)
            either += own[at] > 0 or hz > 0
            if own[at] > 0 and hz > 0:
                both += 1
                apart.append(abs(12 * np.log2(own[at] / hz)))
    return {
        "frames": frames,
        "same_voicing_percent": 100 * same / frames,
        "both_voiced": both,
        "median_semitones": float(np.median(apart)),
        "within_half_a_semitone_percent": 100 * float(np.mean(np.array(apart) < CLOSE_SEMITONES)),
    }


def vowel_agreement(program: Path, vowel: Path, praat) -> dict:
    """Of a held vowel that was made: what each measures."""
    start, end = VOWEL_BETWEEN
    command = [program, "voice", vowel, "--json", "--from", str(start), "--to", str(end)]
    measured = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["vowels"][0]
    ours = {
        "pitch_hz": measured["f0"]["mean_hz"],
        "jitter_percent": measured["jitter"]["local_percent"],
        "shimmer_percent": measured["shimmer"]["local_percent"],
        "hnr_db": measured["hnr_db"],
    }
    return {"euphone": ours, "praat": praat.vowel(vowel, VOWEL_BETWEEN)}
