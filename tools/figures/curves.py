#!/usr/bin/env python3
"""What the intervals of learning curves are worth, and what a fit takes."""

import json
import subprocess

from common import ROOT, report

BENCH = ROOT / "build/release/engine/curves/euphone_curves_bench"


def main() -> None:
    done = subprocess.run([BENCH, "--benchmark_format=json"], check=True, capture_output=True, text=True)
    runs = {run["name"].split("/")[0]: run for run in reversed(json.loads(done.stdout)["benchmarks"])}
    report({"tutor.curves_coverage": runs["Coverage"]["coverage"], "tutor.curves_fit_us": runs["FitOfDays"]["cpu_time"]})


main()
