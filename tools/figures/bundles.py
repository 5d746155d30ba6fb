#!/usr/bin/env python3
"""What a bundle costs on one thread: size on disk, time for 5 s of speech, peak memory; `euphone bench models` measures."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from common import FIVE_SECONDS_TEXT, PROGRAM, ROOT, five_seconds, report

with tempfile.TemporaryDirectory() as folder:
    clip = five_seconds(Path(folder))
    values = {}
    for model in ("standard", "large", "tiny"):
        bundle, options = ROOT / "models" / f"en-us-{model}", ["--recording", clip, "--text", FIVE_SECONDS_TEXT, "--json"]
        result = subprocess.run([PROGRAM, "bench", "models", bundle, *options], capture_output=True, text=True, check=False)
        if result.returncode != 0:
            sys.exit(result.stderr.strip())
        row = json.loads(result.stdout)
        values[f"model.{model}.mb"] = row["megabytes"]
        values[f"model.{model}.rtf"] = row["real_time_factor"]
        values[f"model.{model}.peak_mb"] = row["peak_mb"]
report(values)
