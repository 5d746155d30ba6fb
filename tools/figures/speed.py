#!/usr/bin/env python3
"""Times inside the process, by the benchmark program: medians of repeated runs on one thread."""

import json
import subprocess

from common import ROOT, report, skip

bench = ROOT / "build/release/euphone_bench"
if not bench.is_file():
    skip("the benchmark is not built; use ./dev figures")
command = [bench, "--benchmark_format=json", "--benchmark_repetitions=7", "--benchmark_min_time=0.2",
           "--benchmark_report_aggregates_only=true"]
result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
medians = {b["run_name"]: b for b in json.loads(result.stdout)["benchmarks"] if b["aggregate_name"] == "median"}
milliseconds = {"ns": 1e-6, "us": 1e-3, "ms": 1.0}


def ms(name: str) -> float:
    row = medians[name]
    return row["real_time"] * milliseconds[row["time_unit"]]


report({"main.real_time_factor": ms("Analyze5Seconds") / 5000,
        "main.align_ms": ms("Align30Seconds100Words"),
        "main.lexicon_open_ms": ms("OpenLexicon")})
