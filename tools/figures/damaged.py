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
    subprocess.run(
        [sys.executable, tools / "make_damaged.py", folder, *sorted(SAMPLES.glob("*.opus"))[:2]], check=True, capture_output=True
    )
    result = subprocess.run([sys.executable, tools / "check_damaged.py", program, folder], capture_output=True, text=True, check=False)
analysed, refused = map(int, re.search(r"(\d+) analysed, (\d+) refused", result.stdout).groups())
report({"main.damaged_inputs": analysed + refused})
