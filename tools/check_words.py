#!/usr/bin/env python3
"""Fails on what a file of this project must not hold: paths of one machine, conflict marks, notes to do later."""

import re
import subprocess
import sys
from pathlib import Path

BANNED = [
    (re.compile(r"(?<![\w.])/(root|work|home)/\w"), "a path of one machine"),
    (re.compile(r"^(<<<<<<<|>>>>>>>) "), "a conflict mark"),
    (re.compile(r"\b(TODO|FIXME|XXX)\b(?!\w)"), "a note to do later"),
]
SELF = "tools/check_words.py"


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    listing = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"],
                             check=True, capture_output=True, text=True).stdout.splitlines()
    found = []
    for name in listing:
        path = root / name
        if name == SELF or not path.is_file() or b"\0" in (raw := path.read_bytes())[:4096]:
            continue
        for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), 1):
            found += [f"{name}:{number}: {what}" for pattern, what in BANNED if pattern.search(line)]
    print("\n".join(found) or f"words: {len(listing)} files are clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
