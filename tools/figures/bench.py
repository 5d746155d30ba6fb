#!/usr/bin/env python3
"""Whether `euphone bench` can be believed: a program beside itself, a difference that is there, and how long a quick look takes."""

import json
import subprocess
import time

from common import PROGRAM, report, skip


def compared(*arguments) -> dict:
    command = [PROGRAM, "bench", "compare", *arguments, "--json", "-"]
    document = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return {figure["id"]: figure["ratio"] for figure in document["figures"]}


def main() -> None:
    if not PROGRAM.is_file():
        skip("the program is not built; use ./dev figures")
    itself = compared("--against", PROGRAM)["clip_ms"]
    tiny = compared("--quick", "--bundle", "en-us-standard", "--bundle", "en-us-tiny")["processor_ms"]
    started = time.monotonic()
    subprocess.run([PROGRAM, "bench", "--quick", "--json", "-"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    report(
        {
            "edge.bench_self_percent": max(0.0, 100 * (itself["low"] - 1), 100 * (1 - itself["high"])),
            "edge.bench_difference": tiny["high"],
            "edge.bench_quick_s": time.monotonic() - started,
        }
    )


if __name__ == "__main__":
    main()
