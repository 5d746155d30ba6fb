#!/usr/bin/env python3
"""How well the tutor's search finds what answers a question (docs/eval), and what that takes."""

import json
import os
import statistics
import subprocess
import time

from common import PROGRAM, ROOT, report
from euphone_train.questions import ask, figures, read_questions

BENCH = ROOT / "build/release/euphone_search_bench"
RUNS, LISTED = 21, 50


def found(asked: list[dict], *options: str) -> list[list[str]]:
    """The passages listed for each question, best first."""
    return [[passage["passage"] for passage in listed] for listed in ask(PROGRAM, asked, LISTED, *options)]


def whole(question: str) -> tuple[float, float]:
    """Milliseconds and peak MB of one question as a process."""
    begin = time.perf_counter()
    process = subprocess.Popen([PROGRAM, "ask", question], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, f"the program ended with {status}"
    return 1000 * (time.perf_counter() - begin), usage.ru_maxrss * 1024 / 1e6


def main() -> None:
    test = read_questions(ROOT / "docs/eval/questions.jsonl", "test")
    fresh = read_questions(ROOT / "docs/eval/fresh.jsonl", "fresh")
    lists, words = found(test + fresh), found(test + fresh, "--embedder", "none")
    recall, reciprocal = figures(test + fresh, lists)
    done = subprocess.run([BENCH, "--benchmark_format=json"], check=True, capture_output=True, text=True)
    (bench,) = json.loads(done.stdout)["benchmarks"]
    processes = [whole(question["question"]) for question in test[:RUNS]]
    report(
        {
            "tutor.recall5": recall,
            "tutor.mrr": reciprocal,
            "tutor.test_recall5": figures(test, lists[: len(test)])[0],
            "tutor.fresh_recall5": figures(fresh, lists[len(test) :])[0],
            "tutor.words_recall5": figures(test + fresh, words)[0],
            "tutor.search_ms": bench["real_time"],
            "tutor.search_p95_ms": bench["p95_ms"],
            "tutor.ask_ms": statistics.median(ms for ms, _ in processes),
            "tutor.ask_mb": max(mb for _, mb in processes),
        }
    )


main()
