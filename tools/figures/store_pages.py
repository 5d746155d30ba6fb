#!/usr/bin/env python3
"""What the pages of the application wait for: 100,000 takes made by store_bench, encrypted; the time of 95 of 100 (8 minutes)."""

import json
import subprocess

from common import ROOT, report

BENCH = ROOT / "build/release/engine/store/euphone_store_bench"


def main() -> None:
    done = subprocess.run([BENCH, "--benchmark_format=json"], check=True, capture_output=True, text=True)
    times = {run["name"].split("/")[0]: run["p95_ms"] for run in json.loads(done.stdout)["benchmarks"]}
    report(
        {
            "app.log_page_ms": times["LogPage"],
            "app.search_ms": times["SearchPage"],
            "app.progress_ms": times["Progress"],
            "app.keep_take_ms": times["KeepTake"],
        }
    )


main()
