#!/usr/bin/env python3
"""Installs what Euphone is compared with, pinned and with hashes, below build/deps/peers; does nothing where that is done."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[1] / "build" / "deps" / "peers"


def install(folder: Path, requirements: Path, *options: str) -> None:
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    mark = folder / "installed"
    if mark.is_file() and mark.read_text() == digest:
        return
    print(f"installing {requirements.name} below {folder}", file=sys.stderr)
    venv.create(folder, with_pip=True, clear=True)
    command = [folder / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*command, "--only-binary=:all:", "--require-hashes", *options, "-r", requirements], check=True)
    mark.write_text(digest)


if __name__ == "__main__":
    install(HOME, HERE / "requirements.txt")
    install(HOME / "alone", HERE / "alone.txt", "--no-deps")
