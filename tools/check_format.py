#!/usr/bin/env python3
"""Fails if a C++ file is not formatted as .clang-format says; `./dev format` mends it. Arguments: clang-format, root, [--fix].

Other versions format a little differently, so only version 14 judges; without it the check says so and exits with 77: skipped.
"""

import re
import subprocess
import sys
from pathlib import Path

VERSION = "14"
FOLDERS = ("engine", "apps", "bindings", "fuzz", "bench", "tests", "tools")
SKIPPED = 77


def version(program: str) -> str:
    try:
        text = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "none"
    found = re.search(r"version (\d+)", text)
    return found[1] if found else "unknown"


def main() -> int:
    program, root = sys.argv[1], Path(sys.argv[2])
    if (found := version(program)) != VERSION:
        print(
            f"SKIPPED: the format is checked by clang-format {VERSION}, and this machine has {found}.\n"
            f"Install one of that version (pipx install 'clang-format=={VERSION}.*') and put it first in PATH."
        )
        return SKIPPED
    files = [p for top in FOLDERS for p in sorted((root / top).rglob("*")) if p.suffix in {".h", ".cc"}]
    if not files:
        print(f"{root}: there is no file to check")
        return 1
    mode = ["-i"] if "--fix" in sys.argv[3:] else ["--dry-run", "--Werror"]
    return 1 if subprocess.run([program, *mode, *files], check=False).returncode else 0


if __name__ == "__main__":
    sys.exit(main())
