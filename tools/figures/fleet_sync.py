#!/usr/bin/env python3
"""How long a device that was away for a month needs until its hub has all that waited: 10,020 records of scores, over a real
nats-server on this machine, to a hub that commits to SQLite. The test checks that each arrives once and in order."""

import json
import subprocess
import tempfile
from pathlib import Path

from common import ROOT, report, skip

TEST = ROOT / "build/release/apps/fleet/euphone_fleet_test"
NAME = "WhatWaitedThirtyDaysArrivesOnceAndInOrder"

if not TEST.exists():
    skip("needs the tests: cmake --build --preset release --target euphone_fleet_test")
with tempfile.TemporaryDirectory() as folder:
    out = Path(folder) / "out.json"
    subprocess.run([TEST, f"--gtest_filter=*.{NAME}", f"--gtest_output=json:{out}"], check=True, capture_output=True)
    told = json.loads(out.read_text())["testsuites"][0]["testsuite"][0]
report({"fleet.offline_drain_s": int(told["offline_drain_ms"]) / 1000})
