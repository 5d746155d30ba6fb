#!/usr/bin/env python3
"""Two hundred agents that a real Prometheus watches: all are seen, and what that costs."""

import json
import subprocess
import sys

from common import PROGRAM, ROOT, report

soak = [sys.executable, ROOT / "tests/soak/soak_fleet.py", PROGRAM, "--agents", "200", "--json"]
found = json.loads(subprocess.run(soak, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
report({name: value for name, value in found.items() if name.startswith("fleet.")})
