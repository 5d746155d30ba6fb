#!/usr/bin/env python3
"""Fails unless what was built for another machine scores the samples as this machine's program does. compare_scores.py PROGRAM SAMPLES
[--model NAME]… [--json] -- EMULATOR… MAIN_JOB DATA

The same words of the text are flagged for the same reason, and a recording's scores are within a point. A sound's score may be further
apart in one of twenty: the networks' 8-bit steps amplify the last digit of a float, so that on one machine, too, a recording that is louder
by a millionth is scored as differently (docs/decisions/072-cross-builds.md). MAIN_JOB is what main_job.cc becomes, or the whole program
(then without DATA).
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

POINTS = 1.0
SHARE = 0.05  # of sounds, syllables and words that may be further apart
SCORES = {"score", "accuracy", "fluency", "completeness", "prosody", "total"}
Document = dict[str, Any]


def documents(command: list[str], samples: Path, model: str) -> list[Document]:
    """What it makes of the samples, one at a time: an emulated one has no time to spare for threads."""
    words = ["--model", model, "analyze", "--manifest", "samples.tsv", "--format", "json", "--compact", "--jobs", "1"]
    if Path(command[-1]).is_dir():
        listed = (samples / "samples.tsv").read_text(encoding="utf-8").splitlines()
        words = [model, "main", *(word for line in listed if not line.startswith("#") for word in line.split("\t"))]
    done = subprocess.run([*command, *words], cwd=samples, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip()[-500:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def of_the_text(document: Document) -> list[Document]:
    """What was heard of each word that is written; not what was said beside it."""
    return [word for word in document["words"] if word["error"] not in ("inserted", "repeated")]


def scores(part: Any, where: str) -> Iterator[tuple[str, float | None]]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in SCORES and not isinstance(value, dict | list):
                yield f"{where}.{key}", value
            else:
                yield from scores(value, f"{where}.{key}")
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from scores(value, f"{where}[{number}]")


def apart(ours: Any, theirs: Any, where: str) -> list[tuple[float, str]]:
    """How far each score is from its counterpart, infinitely where that is missing."""
    here, there = dict(scores(ours, where)), dict(scores(theirs, where))
    both = sorted(here.keys() | there.keys())
    pairs = [(here.get(name), there.get(name), name) for name in both]
    return [
        (abs(a - b) if a is not None and b is not None else float("inf"), name) for a, b, name in pairs if not (a is None and b is None)
    ]


def compared(model: str, here: list[Document], there: list[Document]) -> tuple[dict[str, Any], list[str]]:
    """The largest differences, and what is wrong."""
    recordings, parts, wrong = [], [], []
    for ours, theirs in zip(here, there, strict=True):
        name = ours["id"]
        flags = [[(word["text"], word["error"]) for word in of_the_text(document)] for document in (ours, theirs)]
        if flags[0] != flags[1] or ours["verdict"] != theirs["verdict"]:
            wrong.append(f"{model}, {name}: flagged {flags[0]} here, {flags[1]} there")
        recordings += apart(ours["scores"], theirs["scores"], name)
        parts += apart(of_the_text(ours), of_the_text(theirs), f"{name}.words")
    wrong += [f"{model}, {name}: {points:.1f} points apart" for points, name in recordings if points > POINTS]
    far = sum(points > POINTS for points, _ in parts)
    if far > SHARE * len(parts):
        wrong.append(f"{model}: {far} of {len(parts)} scores of words and sounds are more than {POINTS:.0f} point apart")
    row = {
        "recordings": len(here),
        "recording_scores": round(max(recordings)[0], 2),
        "parts": len(parts),
        "parts_beyond_a_point": far,
        "parts_furthest": round(max(parts)[0], 2),
    }
    return row, wrong


def main(arguments: list[str]) -> int:
    split = arguments.index("--")
    (program, samples, *options), other = arguments[:split], arguments[split + 1 :]
    models = [name for flag, name in pairwise(options) if flag == "--model"] or ["en-us-standard", "en-us-tiny"]
    rows, wrong = {}, []
    for model in models:
        here, there = (documents(command, Path(samples), model) for command in ([program], other))
        if len(here) != len(there) or not here:
            sys.exit(f"{model}: {len(here)} recordings here, {len(there)} there")
        rows[model], problems = compared(model, here, there)
        wrong += problems
    print(json.dumps(rows) if "--json" in options else "\n".join(f"{model}: {row}" for model, row in rows.items()))
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
