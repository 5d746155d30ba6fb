#!/usr/bin/env python3
"""Times inside the process, by the benchmark program: medians of repeated runs on one thread."""

import json
import subprocess

from common import ROOT, report, skip

MILLISECONDS = {"ns": 1e-6, "us": 1e-3, "ms": 1.0}


def medians(program: str, only: str) -> dict[str, float]:
    """Median real time in ms of each benchmark whose name matches."""
    bench = ROOT / "build/release" / program
    if not bench.is_file():
        skip("the benchmarks are not built; use ./dev figures")
    command = [
        bench,
        "--benchmark_format=json",
        f"--benchmark_filter={only}",
        "--benchmark_repetitions=7",
        "--benchmark_min_time=0.2",
        "--benchmark_report_aggregates_only=true",
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    rows = json.loads(result.stdout)["benchmarks"]
    return {r["run_name"]: r["real_time"] * MILLISECONDS[r["time_unit"]] for r in rows if r["aggregate_name"] == "median"}


whole = medians("euphone_bench", ".*")
report(
    {
        "main.real_time_factor": whole["Analyze5Seconds"] / 5000,
        "main.align_ms": medians("engine/align/euphone_align_bench", "BM_Align/100/2500")["BM_Align/100/2500"],
        "main.lexicon_open_ms": whole["OpenLexicon"],
    }
)
