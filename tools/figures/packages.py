#!/usr/bin/env python3
"""Installed size of the packages for Debian out of the release build, or of the build folder in the argument, in MB (10⁶ bytes)."""

import subprocess
import sys
import tempfile
from pathlib import Path

from common import ROOT, report


def installed_mb(build: Path, name: str) -> float:
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, ROOT / "packaging/package.py", "deb", "--fast", "--build", build, "--out", out]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        made = next(Path(out).glob(f"{name}_*.deb"))
        size = subprocess.run(["dpkg-deb", "-f", made, "Installed-Size"], capture_output=True, text=True, check=True).stdout
    return int(size) * 1024 / 1e6


if __name__ == "__main__":
    report({"edge.deb_mb": installed_mb(ROOT / "build/release", "euphone")})
