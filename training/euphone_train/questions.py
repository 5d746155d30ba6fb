"""The questions of docs/eval: what the tutor's search lists for them, and how well that fits. Needs nothing but Python."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path


def read_questions(file: Path, part: str) -> list[dict]:
    questions = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [question for question in questions if question["set"] == part]


def ask(program: Path, questions: list[dict], listed: int, *options: str) -> list[list[dict]]:
    """Returns the passages that the program lists for each question, best first."""
    lines = "\n".join(question["question"] for question in questions)
    command = [program, "ask", "-", "--passages", str(listed), "--json", *options]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line)["passages"] for line in done.stdout.splitlines()]


def figures(questions: list[dict], lists: list[list[str]]) -> tuple[float, float]:
    """Recall at 5 and mean reciprocal rank."""
    recall = reciprocal = 0.0
    for question, listed in zip(questions, lists, strict=True):
        right = set(question["passages"])
        recall += len(right & set(listed[:5])) / len(right)
        reciprocal += next((1 / place for place, passage in enumerate(listed, 1) if passage in right), 0.0)
    return recall / len(questions), reciprocal / len(questions)
