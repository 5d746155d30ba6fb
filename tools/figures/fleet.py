#!/usr/bin/env python3
"""What a simulated rollout takes, and whether thresholds stop what they should."""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from common import PROGRAM, report

# A first wave of 2,000 devices in which more than 40 may not fail.
ROLLOUT = {
    "schema": "euphone.rollout/1",
    "id": "figures",
    "bundle": "en-us-standard",
    "version": "1.3.0",
    "filter": "version < 1.3.0",
    "when": "not in_lesson and battery >= 30",
    "waves": [{"count": 2000}, {"percent": 20}, {"rest": True}],
    "success": {"at_least_percent": 85},
    "errors": {"at_most_percent": 2},
    "observe": "12h",
    "max_in_flight": 5000,
    "seen_within": "15m",
}
RUNS = 100


def simulated(rollout: Path, *options: object) -> tuple[list[dict], float, float]:
    """Its runs, seconds and peak resident MB."""
    with tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        process = subprocess.Popen([PROGRAM, "fleet", "simulate", rollout, "--json", *map(str, options)], stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        assert os.waitstatus_to_exitcode(status) == 0, f"the program ended with {status}"
        output.seek(0)
        return json.load(output)["runs"], seconds, usage.ru_maxrss * 1024 / 1e6


def share(runs: list[dict], reason: str) -> float:
    return sum(run["reason"].startswith(reason) for run in runs) / len(runs)


with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "rollout.json"
    file.write_text(json.dumps(ROLLOUT), encoding="utf-8")
    (whole,), seconds, megabytes = simulated(file, "--devices", 100000)
    assert whole["state"] == "completed", whole["reason"]
    bad, _, _ = simulated(file, "--devices", 10000, "--failure", "self-test=3%", "--repeat", RUNS)
    sound, _, _ = simulated(file, "--devices", 10000, "--failure", "self-test=1%", "--repeat", RUNS)
report(
    {
        "fleet.simulate": seconds,
        "fleet.simulate_mb": megabytes,
        "fleet.bad_stopped": share(bad, "wave 1: "),
        "fleet.sound_stopped": share(sound, "wave "),
    }
)
