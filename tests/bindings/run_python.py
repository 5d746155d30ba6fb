#!/usr/bin/env python3
"""Has the virtual environment that the wheel was installed into run its tests: in a folder of its own led to nothing of this tree."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import soundfile

HERE = Path(__file__).resolve().parent
with tempfile.TemporaryDirectory() as folder:
    samples, rate = soundfile.read(HERE.parents[1] / "samples/so762-014070336.opus", dtype="float32")
    take = Path(folder) / "take.wav"
    soundfile.write(take, samples, rate, "PCM_16")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("EUPHONE_", "PYTHON"))}
    environment |= {"EUPHONE_TAKE": str(take), "EUPHONE_UPDATES": "", "PYTHONDONTWRITEBYTECODE": "1"}
    python = Path(os.environ["EUPHONE_VENV"]) / "bin/python"
    tests = ("test_python.py", "test_notebook.py")
    failed = [name for name in tests if subprocess.run([python, HERE / name], cwd=folder, env=environment, check=False).returncode]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)
