#!/usr/bin/env python3
"""200 damaged recordings and texts through the sanitized program; counts those that got one clear line or a valid result."""

import re
import subprocess
import sys
import tempfile

from common import ROOT, SAMPLES, report, skip

program = ROOT / "build/asan/euphone"
if not program.is_file():
    skip("needs the sanitized build: ./dev build asan")
tools = ROOT / "tests/integration/damaged"
with tempfile.TemporaryDirectory() as folder:
    seeds = sorted(SAMPLES.glob("*.opus"))[:2]
    subprocess.run([sys.executable, tools / "make_damaged.py", folder, *seeds], check=True, capture_output=True)
    result = subprocess.run([sys.executable, tools / "check_damaged.py", program, folder], capture_output=True, text=True, check=False)
match = re.search(r"(\d+) of (\d+)", result.stdout)
report({"main.damaged_inputs": int(match[1]) if match else 0})
