#!/usr/bin/env python3
"""How far scores by LiteRT are from those by ONNX Runtime, how fast and how big each is: en-us-tiny-litert beside en-us-tiny.

Scores: the samples, and every sixth sentence of speechocean762's training half. Speed and memory: `euphone bench models`, one thread, the
two in turns; ratios are medians over the turns.

--speed leaves the scores out, --details prints what else was found.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from common import FIVE_SECONDS_TEXT, PROGRAM, SAMPLES, analyse, data_folder, five_seconds, learners, report

ORT, LITE = MODELS = ("en-us-tiny", "en-us-tiny-litert")
SCORES = ("accuracy", "fluency", "completeness", "prosody", "total")
EVERY, TURNS, ROUNDS = 6, 9, 5


def tasks_of_samples() -> list[tuple[Path, str, str]]:
    lines = (SAMPLES / "samples.tsv").read_text(encoding="utf-8").splitlines()
    return [(SAMPLES / audio, text, audio) for audio, text in (x.split("\t") for x in lines if not x.startswith("#"))]


def tasks_of_learners() -> list[tuple[Path, str, str]]:
    corpus = data_folder("so762-train")
    return [(corpus / "audio" / f"{x['utt']}.opus", x["text"], x["utt"]) for x in learners(corpus)[::EVERY]]


def flagged(document: dict) -> set[int]:
    return {i for i, w in enumerate(document["words"]) if w["band"] != "clear" or w["error"] != "none"}


def compare(tasks: list[tuple[Path, str, str]]) -> dict[str, float]:
    """Of the documents that both score."""
    both = [analyse(tasks, "--model", model) for model in MODELS]
    names = [n for n in both[0] if all(n in b and b[n]["verdict"] == "scored" for b in both)]
    pairs = [[b[n] for b in both] for n in names]
    far = [max(abs(a["scores"][s] - b["scores"][s]) for s in SCORES if a["scores"].get(s) is not None) for a, b in pairs]
    total = [abs(a["scores"]["total"] - b["scores"]["total"]) for a, b in pairs]
    words = [w for a, b in pairs for w in zip(a["words"], b["words"], strict=False)]
    alike = sum((i in flagged(a)) == (i in flagged(b)) for a, b in pairs for i in range(len(a["words"])))
    return {
        "documents": len(pairs),
        "largest": max(far),
        "largest_total": max(total),
        "total": statistics.mean(total),
        "within": 100 * statistics.mean(x <= 1 for x in total),
        "word": statistics.median(abs(a["accuracy"] - b["accuracy"]) for a, b in words if None not in (a["accuracy"], b["accuracy"])),
        "flags": 100 * alike / sum(len(a["words"]) for a, _ in pairs),
    }


def bench(clip: Path) -> dict[str, float]:
    """What the second takes, as a share of the first."""
    turns = []
    for _ in range(TURNS):
        command = [PROGRAM, "bench", "models", *MODELS, "--recording", clip, "--text", FIVE_SECONDS_TEXT, "--rounds", str(ROUNDS), "--json"]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        turns.append([json.loads(line) for line in lines])
    keys = [k for k in turns[0][0] if isinstance(turns[0][0][k], float)]
    return {k: statistics.median(t[1][k] / t[0][k] for t in turns) for k in keys} | {
        f"{name} {k}": statistics.median(t[i][k] for t in turns) for i, name in enumerate(MODELS) for k in keys
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--details", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        speed = bench(five_seconds(Path(folder)))
    figures = {"edge.litert_time": speed["median_ms"], "edge.litert_live": speed["live_share"], "edge.litert_memory": speed["peak_mb"]}
    samples, spoken = {}, {}
    if not arguments.speed:
        samples, spoken = compare(tasks_of_samples()), compare(tasks_of_learners())
        figures |= {
            "edge.litert_samples_points": samples["largest_total"],
            "edge.litert_points": spoken["total"],
            "edge.litert_flags": spoken["flags"],
        }
    if arguments.details:
        print(json.dumps({"speed": speed, "samples": samples, "learners": spoken}, indent=1), file=sys.stderr)
    report(figures)


if __name__ == "__main__":
    main()
