#!/usr/bin/env python3
"""How Euphone compares with what else could be installed (docs/benchmarks.md): one run of bench/peers."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from common import PROGRAM, ROOT, report, skip

HEAR_SPEECH = ("hama", "pocketsphinx-align", "pocketsphinx-loop", "moonshine")
PEERS = ROOT / "bench" / "peers"


def main() -> None:
    if not PROGRAM.is_file():
        skip("the program is not built; use ./dev figures")
    weights = [ROOT / "cmake/fetch_package.py", "recogniser", ROOT / "build/deps/recogniser"]
    for command in (weights, [PEERS / "environment.py"]):
        fetched = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
        if fetched.returncode != 0:
            skip(
                f"what Euphone is compared with cannot be fetched: {(fetched.stderr.strip().splitlines() or ['no reason given'])[-1]}"[:200]
            )
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "peers.json"
        subprocess.run(
            [sys.executable, PEERS / "run.py", "--rounds", "8", "--starts", "3", "--json", result], check=True, stdout=subprocess.DEVNULL
        )
        found = json.loads(result.read_text(encoding="utf-8"))
    ours = found["peers"][0]
    peers = [peer for peer in found["peers"] if peer["id"] in HEAR_SPEECH]
    report(
        {
            "edge.peer_ratio": min((peer["processor_ratio"] or peer["wall_ratio"])["low"] for peer in peers),
            "edge.peer_outputs": len(ours["gives"]) - max(len(peer["gives"]) for peer in peers + found["without_weights"]),
            "edge.peer_pitch": found["praat"]["pitch"]["median_semitones"],
        }
    )


if __name__ == "__main__":
    main()
