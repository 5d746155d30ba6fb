#!/usr/bin/env python3
"""What an installation and a running program take, by bench/footprint.py."""

import json
import subprocess
import sys

from common import ROOT, report

FOR_DEVELOPERS = "libraries for developers"

result = subprocess.run([sys.executable, ROOT / "bench/footprint.py", "--json"], capture_output=True, text=True, check=False)
found = json.loads(result.stdout)
used = sum(size for group, size in found["groups"].items() if group != FOR_DEVELOPERS)
values = {"edge.footprint_installed_mb": used / 1e6}
for model in ("standard", "tiny"):
    for when in ("rest", "peak"):
        values[f"edge.footprint_{model}_{when}_mb"] = sum(found["memory"][f"{model} at {when}"].values()) / 1e6
report(values)
