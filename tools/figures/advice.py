#!/usr/bin/env python3
"""What advice costs beyond the score, and how much the coach knows."""

import json
import subprocess

from common import ROOT, report

BENCH = ROOT / "build/release/engine/coach/euphone_coach_bench"


def main() -> None:
    done = subprocess.run([BENCH, "--benchmark_filter=Advice", "--benchmark_format=json"], check=True, capture_output=True, text=True)
    (run,) = json.loads(done.stdout)["benchmarks"]
    report(
        {
            "tutor.advice_ms": run["real_time"],
            "tutor.advice_mb": run["megabytes"],
            "tutor.contrasts": len(list((ROOT / "data/knowledge/contrasts").glob("*.md"))),
        }
    )


main()
