#!/usr/bin/env python3
"""Dropouts: how often healthy recordings are said to have some, how much of what was lost is found, and what it costs the score.

Healthy: every 16th of the 4,019 recordings, as it is, and as what resembles losses: coded in 8 bits, as on a telephone, and behind a
gate that silences whatever is 40 dB below the voice. What it costs: mean accuracy of native readers that no training has seen, by the
share of speech lost in gaps of 20 ms.
"""

import json
import random
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from common import PROGRAM, RATE, analyse, data_folder, native_dev, read_audio, report, write_audio

EACH = 16
GAP = RATE // 50
BLOCK = RATE // 100
GATE_DB = -40
SHARES = (1, 2, 5, 10, 20, 30)  # Percent of the time.
CLIPS = 24
DROPOUT_PERCENT = 0.5  # kDropoutPercent in engine/audio/quality_gate.cc.


def eight_bits(pcm: np.ndarray) -> np.ndarray:
    return np.round(pcm / np.abs(pcm).max() * 127) / 127


def telephone(pcm: np.ndarray) -> np.ndarray:
    """The steps of µ-law (G.711)."""
    folded = np.round(np.log1p(255 * np.abs(pcm)) / np.log(256) * 127) / 127
    return np.sign(pcm) * (256**folded - 1) / 255


def blocks(pcm: np.ndarray) -> np.ndarray:
    """RMS of each whole block of 10 ms."""
    return np.sqrt((pcm[: len(pcm) // BLOCK * BLOCK].reshape(-1, BLOCK) ** 2).mean(1))


def gated(pcm: np.ndarray) -> np.ndarray:
    levels = blocks(pcm)
    silent = levels < np.quantile(levels, 0.9) * 10 ** (GATE_DB / 20)
    out = pcm.copy()
    out[: len(levels) * BLOCK][np.repeat(silent, BLOCK)] = 0
    return out


def lost(pcm: np.ndarray, share: float, rng: random.Random) -> np.ndarray:
    """Gaps of 20 ms at random distances, so that about `share` percent of the time is missing."""
    out, begin = pcm.copy(), 0
    while True:
        begin += GAP + round(rng.uniform(0.5, 1.5) * GAP * (100 / share - 1))
        if begin + GAP > len(out):
            return out
        out[begin : begin + GAP] = 0


def percents(folder: Path, recordings: list[Path]) -> list[float]:
    """dropout_percent, by the history that the program makes of recordings; those without speech are left out."""
    history = folder / "history.jsonl"
    history.unlink(missing_ok=True)
    for begin in range(0, len(recordings), 200):
        command = [PROGRAM, "watch", "microphone", history, *recordings[begin : begin + 200], "--day", "2025-11-01"]
        if subprocess.run(command, capture_output=True, check=False).returncode not in (0, 3):
            raise RuntimeError("watch microphone failed")
    return [json.loads(line)["dropout_percent"] for line in history.read_text(encoding="utf-8").splitlines()]


def accuracy(documents: dict) -> float | None:
    """Mean accuracy of those that were scored."""
    scores = [d["scores"]["accuracy"] for d in documents.values() if d["scores"]["accuracy"] is not None]
    return round(float(np.mean(scores)), 1) if scores else None


native = data_folder("mini-librispeech")
corpus = sorted((data_folder("so762-train") / "audio").glob("*.opus")) + sorted((native / "audio").glob("*.opus"))
chosen = corpus[EACH // 2 :: EACH]
readings = native_dev(native)
readings = readings[:: max(1, len(readings) // CLIPS)][:CLIPS]
false, found, cost = {}, {}, {}
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)

    def written(kind: str, paths: list[Path], change) -> list[Path]:
        return [write_audio(folder / f"{kind}-{path.stem}.wav", change(read_audio(path))) for path in paths]

    false["as it is"] = sum(p >= DROPOUT_PERCENT for p in percents(folder, chosen))
    for change in (eight_bits, telephone, gated):
        false[change.__name__] = sum(p >= DROPOUT_PERCENT for p in percents(folder, written(change.__name__, chosen, change)))
    cost[0] = accuracy(analyse([(path, text, path.stem) for path, text in readings]))
    for share in SHARES:
        rng = random.Random(share)
        paths = written(f"lost{share}", [path for path, _ in readings], lambda pcm, share=share, rng=rng: lost(pcm, share, rng))
        found[share] = round(float(np.mean(percents(folder, paths))), 2)
        documents = analyse([(path, text, path.stem) for path, (_, text) in zip(paths, readings, strict=True)])
        cost[share] = {"accuracy": accuracy(documents), "withheld": sum(d["verdict"] != "scored" for d in documents.values())}
report(
    {
        "live.watch_dropouts_false": 100 * false["as it is"] / len(chosen),
        "recordings": len(chosen),
        "false, of all": false,
        "percent found by percent lost": found,
        "accuracy by percent lost": cost,
    }
)
