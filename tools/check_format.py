#!/usr/bin/env python3
"""Fails if a C++ file is not formatted as .clang-format says; `./dev format` mends it. Arguments: clang-format, root, [--fix]."""

import subprocess
import sys
from pathlib import Path

FOLDERS = ("engine", "apps", "fuzz", "bench", "tests", "tools")


def main() -> int:
    program, root = sys.argv[1], Path(sys.argv[2])
    files = [p for top in FOLDERS for p in sorted((root / top).rglob("*")) if p.suffix in {".h", ".cc"}]
    mode = ["-i"] if "--fix" in sys.argv[3:] else ["--dry-run", "--Werror"]
    return subprocess.run([program, *mode, *files], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
