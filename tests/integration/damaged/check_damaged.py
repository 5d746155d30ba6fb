#!/usr/bin/env python3
"""Runs a program on every damaged input and checks that it stays calm.

    check_damaged.py PROGRAM FOLDER [--seconds 20] [--every 1]

Each input of FOLDER/list.tsv (make_damaged.py) goes through `PROGRAM analyze AUDIO --text-file TEXT --format json`.
It must succeed with JSON on standard output, or fail with a code from 1 to 63 and exactly one line
on standard error, which begins with "euphone: " and has at most 300 characters. What a sanitizer finds is always wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

MAX_LINE = 300
LAST_CODE = 63  # above it lie the shell's signals and the code that sanitizers are given here
SANITIZERS = {"ASAN_OPTIONS": "exitcode=99:detect_leaks=1", "UBSAN_OPTIONS": "exitcode=99:halt_on_error=1"}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a run ended; `code` is None where the time was up."""

    code: int | None
    output: bytes
    errors: bytes


def run(program: str, audio: Path, text: Path, seconds: float) -> Outcome:
    """Analyses one input."""
    command = [program, "analyze", str(audio), "--text-file", str(text), "--format", "json"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False, env=os.environ | SANITIZERS)
    except subprocess.TimeoutExpired:
        return Outcome(code=None, output=b"", errors=b"")
    return Outcome(code=done.returncode, output=done.stdout, errors=done.stderr)


def fault_of(outcome: Outcome, expectation: str) -> str | None:
    """What is wrong with the outcome, if anything."""
    if outcome.code is None:
        return "it took too long"
    if outcome.code == 0:
        return "it was accepted" if expectation == "error" else _json_fault(outcome.output)
    if not 1 <= outcome.code <= LAST_CODE:
        return f"it ended with code {outcome.code}"
    if expectation == "ok":
        return f"it was refused: {_shown(outcome.errors)}"
    return _line_fault(outcome.errors)


def _json_fault(output: bytes) -> str | None:
    try:
        json.loads(output, parse_constant=_no_constant)
    except ValueError as problem:
        return f"its output is not JSON: {problem}"
    return None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _line_fault(errors: bytes) -> str | None:
    lines = [line for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
    if len(lines) != 1:
        return f"{len(lines)} lines on standard error: {_shown(errors)}"
    if not lines[0].startswith("euphone: "):
        return f"the line does not begin with 'euphone: ': {_shown(errors)}"
    if len(lines[0]) > MAX_LINE:
        return f"the line has {len(lines[0])} characters: {_shown(errors)}"
    return None


def _shown(errors: bytes) -> str:
    return repr(errors[:200].decode("utf-8", "replace"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", help="the program to test")
    parser.add_argument("folder", type=Path, help="what make_damaged.py wrote")
    parser.add_argument("--seconds", type=float, default=20.0, help="time limit of each run")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth of them: a quick look")
    arguments = parser.parse_args()
    rows = (arguments.folder / "list.tsv").read_text(encoding="utf-8").splitlines()
    if not rows:
        print(f"{arguments.folder}/list.tsv: nothing to check; run make_damaged.py first")
        return 1
    rows = rows[:: max(1, arguments.every)]
    tally: Counter[str] = Counter()
    folder = arguments.folder

    def judged(row: str) -> tuple[str, str | None, int | None]:
        audio, text, expectation = row.split("\t")
        outcome = run(arguments.program, folder / audio, folder / text, arguments.seconds)
        return audio, fault_of(outcome, expectation), outcome.code

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for audio, fault, code in pool.map(judged, rows):
            if fault is not None:
                print(f"{audio}: {fault}")
            tally["wrong" if fault else "analysed" if code == 0 else "refused"] += 1
    print(f"{len(rows)} damaged inputs: {tally['analysed']} analysed, {tally['refused']} refused in one line, {tally['wrong']} wrong")
    return 1 if tally["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
