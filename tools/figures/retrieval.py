#!/usr/bin/env python3
"""How well the tutor's search finds what answers a question (docs/eval), and what that takes."""

import json
import os
import statistics
import subprocess
import time

from common import PROGRAM, ROOT, report

BENCH = ROOT / "build/release/euphone_search_bench"
RUNS = 21


def questions(part: str) -> list[dict]:
    lines = (ROOT / "docs/eval/questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [question for question in map(json.loads, lines) if question["set"] == part]


def found(asked: list[dict], *options: str) -> tuple[float, float]:
    """Recall at 5 and mean reciprocal rank."""
    lines = "\n".join(question["question"] for question in asked)
    command = [PROGRAM, "ask", "-", "--passages", "50", "--json", *options]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    recalls, reciprocals = [], []
    for question, line in zip(asked, done.stdout.splitlines(), strict=True):
        listed = [passage["passage"] for passage in json.loads(line)["passages"]]
        right = set(question["passages"])
        recalls.append(len(right & set(listed[:5])) / len(right))
        reciprocals.append(next((1 / place for place, passage in enumerate(listed, 1) if passage in right), 0.0))
    return statistics.mean(recalls), statistics.mean(reciprocals)


def whole(question: str) -> tuple[float, float]:
    """Milliseconds and peak MB of one question as a process."""
    begin = time.perf_counter()
    process = subprocess.Popen([PROGRAM, "ask", question], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, f"the program ended with {status}"
    return 1000 * (time.perf_counter() - begin), usage.ru_maxrss * 1024 / 1e6


def main() -> None:
    test = questions("test")
    recall, reciprocal = found(test)
    words, _ = found(test, "--embedder", "none")
    done = subprocess.run([BENCH, "--benchmark_format=json"], check=True, capture_output=True, text=True)
    (bench,) = json.loads(done.stdout)["benchmarks"]
    processes = [whole(question["question"]) for question in test[:RUNS]]
    report(
        {
            "tutor.recall5": recall,
            "tutor.mrr": reciprocal,
            "tutor.words_recall5": words,
            "tutor.search_ms": bench["real_time"],
            "tutor.search_p95_ms": bench["p95_ms"],
            "tutor.ask_ms": statistics.median(ms for ms, _ in processes),
            "tutor.ask_mb": max(mb for _, mb in processes),
        }
    )


main()
