#!/usr/bin/env python3
"""Compares Euphone with what somebody could install instead, in one run on one core: `./dev bench peers`.

usage: run.py [--rounds N] [--starts N] [--json FILE] [--page FILE]

Everybody hears the same four clips of 5 s, 16-bit WAV at 16 kHz, with the model loaded, in turns that change with each round; a time runs
from the file to the finished result. Medians with 95 % intervals (bootstrap over the rounds); a ratio is that of the same clip in the same
round. `processor` is the time that the program's threads were on the core: what else the machine does is not in it. `start` is from the
start of a process to its first result, with the files in the page cache. Names, versions and hashes: requirements.txt.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from agreement import pitch_agreement, vowel_agreement
from clips import ROOT, make_clips, make_vowel
from peer import OUTPUTS
from processes import Euphone, Listener, Worker
from table import markdown, renew
from without_weights import WANTED

HERE = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / "build" / "deps" / "peers"
PROGRAM = ROOT / "build" / "release" / "euphone"
PEERS = ("hama", "pocketsphinx-align", "pocketsphinx-loop", "moonshine", "praat")
MODELS = ("en-us-standard", "en-us-tiny", "en-us-large")
OURS = MODELS[0]
EUPHONE_GIVES = [
    name for name in OUTPUTS if name not in ("words", "sounds")
]  # `words` takes its recogniser; `sounds` are those of the text.


def processor() -> str:
    match = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace"))
    return f"{match[1].strip() if match else os.uname().machine}, {len(os.sched_getaffinity(0))} cores"


def spread(values: list[float]) -> dict:
    """Median, and where it lies in 95 of 100 draws."""
    import numpy as np

    values = np.asarray(values, float)
    draws = np.random.default_rng(1).choice(values, (1000, len(values)))
    low, high = np.quantile(np.median(draws, 1), (0.025, 0.975))
    return {"median": float(np.median(values)), "low": float(low), "high": float(high), "n": len(values)}


class Run:
    def __init__(self, folder: Path):
        self.folder = folder
        self.python = ENVIRONMENT / "bin" / "python"
        self.core = max(os.sched_getaffinity(0))
        self.names = (*MODELS, *PEERS)

    def start(self, name: str) -> Listener:
        if name in MODELS:
            return Euphone(PROGRAM, name, self.folder, self.core)
        return Worker(self.python, name, self.core)

    def turns(self, round_number: int) -> list[str]:
        """Who listens when: a rotation, every second one backwards, so that nobody always follows the same."""
        at = round_number // 2 % len(self.names)
        order = [*self.names[at:], *self.names[:at]]
        return order[::-1] if round_number % 2 else order

    def starts(self, clip, rounds: int) -> dict[str, list[float]]:
        times = {name: [] for name in self.names}
        for number in range(rounds + 1):
            for name in self.turns(number):
                listener = self.start(name)
                listener.hear(clip.path, clip.text)
                if number > 0:  # The first one fills the page cache.
                    times[name].append(1e3 * (time.perf_counter() - listener.started))
                listener.close()
        return times

    def hear(self, clips, rounds: int):
        listeners = {name: self.start(name) for name in self.names}
        wall = {name: [] for name in self.names}
        processor_ms = {name: [] for name in self.names}
        heard = {name: [listener.hear(clip.path, clip.text)[1] for clip in clips] for name, listener in listeners.items()}  # Warms up.
        for number in range(rounds):
            for clip in clips:
                for name in self.turns(number):
                    before = listeners[name].processor_ms()
                    ms, _ = listeners[name].hear(clip.path, clip.text)
                    after = listeners[name].processor_ms()
                    wall[name].append(ms)
                    if before is not None and after is not None:
                        processor_ms[name].append(after - before)
            print(f"\rround {number + 1} of {rounds}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        peaks = {name: listener.peak_mb() for name, listener in listeners.items()}
        facts = {name: listeners[name].facts() for name in PEERS}
        vowel = make_vowel(self.folder)
        voices = {"pitch": pitch_agreement(heard[OURS], heard["praat"]), "vowel": vowel_agreement(PROGRAM, vowel, listeners["praat"])}
        for listener in listeners.values():
            listener.close()
        return wall, processor_ms, heard, peaks, facts, voices


def euphone_facts(name: str) -> dict:
    version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    data = PROGRAM.parent / "share" / "euphone"
    folders = [data / "packs", data / "knowledge", data / "models" / name, data / "models" / "en-us-g2p"]
    files = [PROGRAM, *ROOT.glob("build/deps/onnxruntime/lib/libonnxruntime.so.1")]
    files += [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    disk = sum(file.stat().st_size for file in files) / 1e6
    return {"name": f"Euphone, {name.removeprefix('en-us-')}", "version": version, "gives": EUPHONE_GIVES, "note": "", "disk_mb": disk}


def ratios(ours: list[float], others: list[float]) -> dict | None:
    return spread([other / own for own, other in zip(ours, others, strict=True)]) if others and len(ours) == len(others) else None


def result_of(run: Run, args) -> dict:
    clips = make_clips(run.folder)
    load = os.getloadavg()
    starts = run.starts(clips[0], args.starts)
    wall, processor_ms, heard, peaks, facts, voices = run.hear(clips, args.rounds)
    peers = []
    for name in run.names:
        peers.append(
            (euphone_facts(name) if name in MODELS else facts[name])
            | {
                "id": name,
                "wall_ms": spread(wall[name]),
                "processor_ms": spread(processor_ms[name]) if processor_ms[name] else None,
                "wall_ratio": ratios(wall[OURS], wall[name]),
                "processor_ratio": ratios(processor_ms[OURS], processor_ms[name]),
                "start_ms": spread(starts[name]),
                "peak_mb": peaks[name],
                "failed": [one["failed"] for one in heard[name] if "failed" in one],
                "results_per_clip": statistics.mean(one["count"] for one in heard[name]),
            }
        )
    look = f"import json, without_weights as w; print(json.dumps([w.look_at(name) for name in {sorted(WANTED)!r}]))"
    alone = subprocess.run([ENVIRONMENT / "alone/bin/python", "-c", look], cwd=HERE, capture_output=True, text=True, check=True)
    return {
        "schema": "euphone.peers/1",
        "date": datetime.date.today().isoformat(),
        "machine": processor(),
        "load": {"before": load, "after": os.getloadavg()},
        "command": "./dev bench peers" + "".join(f" --{k} {getattr(args, k)}" for k in ("rounds", "starts")),
        "clips": len(clips),
        "outputs": OUTPUTS,
        "peers": peers,
        "without_weights": json.loads(alone.stdout),
        "praat": voices,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the result there, besides the tables on standard output")
    parser.add_argument("--page", type=Path, help="renew the tables in this page")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = result_of(Run(Path(folder)), args)
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if args.page:
        renew(args.page, markdown(result))
    print(markdown(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
