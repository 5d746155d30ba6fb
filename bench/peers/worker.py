#!/usr/bin/env python3
"""The process in which one peer listens: `worker.py NAME`; a line of JSON a request, a line of JSON an answer."""

from __future__ import annotations

import json
import os
import sys
import time
from importlib import metadata
from pathlib import Path

from hama_peer import Hama
from moonshine_peer import Moonshine
from pocketsphinx_peer import Alignment, PhoneLoop
from praat_peer import Praat, held_vowel

PEERS = {"hama": Hama, "pocketsphinx-align": Alignment, "pocketsphinx-loop": PhoneLoop, "moonshine": Moonshine, "praat": Praat}


def installed_bytes(distributions: tuple[str, ...]) -> int:
    files = (file.locate() for name in distributions for file in metadata.files(name) or [])
    return sum(file.stat().st_size for file in files if file.is_file() and file.suffix != ".pyc")


def facts(peer) -> dict:
    return {
        "name": peer.name,
        "version": peer.version(),
        "gives": peer.gives,
        "note": peer.note,
        "disk_mb": (installed_bytes(peer.packages) + peer.extra_bytes()) / 1e6,
    }


def main() -> None:
    # What a library prints of itself must not come between answers.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    peer = PEERS[sys.argv[1]]()
    peer.open()
    for line in sys.stdin:
        asked = json.loads(line)
        if "vowel" in asked:
            answer = held_vowel(Path(asked["vowel"]), *asked["between"])
        elif "recording" in asked:
            start = time.perf_counter()
            heard = peer.hear(Path(asked["recording"]), asked["text"])
            answer = {"ms": 1e3 * (time.perf_counter() - start), "heard": heard}
        else:
            answer = facts(peer)
        answers.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
