#!/usr/bin/env python3
"""The small bundle by our own kernels against ONNX Runtime: time, memory and scores, on one thread. Runs take turns."""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from common import FIVE_SECONDS_TEXT, PROGRAM, SAMPLES, five_seconds, report

TURNS = 3
SCORES = ("accuracy", "fluency", "completeness", "prosody", "total")


def output(*options: object) -> str:
    result = subprocess.run([PROGRAM, *options], capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(result.stderr.strip())
    return result.stdout


def measured(clip: Path) -> dict[str, dict[str, float]]:
    """Per runtime, the median of the turns of each number that `euphone bench models` tells."""
    rows: dict[str, list[dict]] = {}
    for _ in range(TURNS):
        for runtime in ("ort", "kernels"):
            told = output("--runtime", runtime, "bench", "models", "en-us-tiny", "--recording", clip, "--text", FIVE_SECONDS_TEXT, "--json")
            rows.setdefault(runtime, []).append(json.loads(told))
    names = ("median_ms", "peak_mb", "live_share", "audio_seconds")
    return {runtime: {n: statistics.median(r[n] for r in turns) for n in names} for runtime, turns in rows.items()}


def judged(runtime: str) -> list[dict]:
    options = ("-m", SAMPLES / "samples.tsv", "-f", "json", "--compact", "-j", "1")
    return [json.loads(line) for line in output("--model", "en-us-tiny", "--runtime", runtime, "analyze", *options).splitlines()]


with tempfile.TemporaryDirectory() as folder:
    by = measured(five_seconds(Path(folder)))
own, ort = by["kernels"], by["ort"]
pairs = list(zip(judged("ort"), judged("kernels"), strict=True))
words = [(a, b) for theirs, ours in pairs for a, b in zip(theirs["words"], ours["words"], strict=True)]
report(
    {
        "edge.kernels_analysis_speedup": ort["median_ms"] / own["median_ms"],
        "edge.kernels_live_speedup": ort["live_share"] / own["live_share"],
        "edge.kernels_peak_mb": own["peak_mb"],
        "edge.kernels_score_points": max(abs(a["scores"][n] - b["scores"][n]) for a, b in pairs for n in SCORES),
        "edge.kernels_other_flags": sum(a["error"] != b["error"] for a, b in words),
    }
)
