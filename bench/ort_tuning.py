#!/usr/bin/env python3
"""Compares ONNX Runtime's settings on the shipped acoustic models: each set of them in processes of its own, turn by turn with the
program's own set, so that what else the machine does is borne by all of them.

usage: ort_tuning.py [--rounds N] [--models standard tiny] [--library FILE] [--json]

Times are ratios to the program's own settings, pair by pair: median over the rounds. `opening` and `processor` are of the processor, all
threads together; `a run` is by the clock, the shortest of 12. Memory is in MB, the least of all rounds: `peak` is
the highest resident memory while 5 s of speech are heard again and again; of what is resident at the end, `own` is memory of the
process's own and `mapped` are pages of files (code, the model).
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools/figures"))
from common import five_seconds, read_audio  # noqa: E402

TUNER = ROOT / "build/release/euphone_ort_tuning"
OWN = "forget=1"
# What differs from the program's own settings; `ort` files are written by the library itself, optimised up to that level.
SETS = {
    "the program's own": "",
    "model's pages kept": "forget=0",
    "graph as it is (level 0)": "level=0",
    "basic rewriting (level 1)": "level=1",
    "extended rewriting (level 2)": "level=2",
    "arena": "arena=1",
    "arena, shrunk after each run": "arena=1 shrink=1",
    "memory patterns": "pattern=1",
    "arena and memory patterns": "arena=1 pattern=1",
    "weights not packed ahead": "prepack=0",
    "IO binding": "binding=1",
    "denormals are zero": "denormals=1",
    "2 threads that sleep": "threads=2",
    "2 threads that spin": "threads=2 spin=1",
    ".ort, level 0": "ort=0",
    ".ort, level 0, used in place": "ort=0 inplace=1",
    ".ort, level 2, used in place": "ort=2 inplace=1",
    ".ort, level 2, in place, not packed": "ort=2 inplace=1 prepack=0",
}


def clip(folder: Path, manifest: dict) -> Path:
    """5 s of speech as raw samples; whole steps where the model streams."""
    samples = read_audio(five_seconds(folder))
    if stream := manifest["acoustic"].get("stream"):
        over, step = stream["overlap_samples"], stream["step_samples"]
        samples = samples[: (len(samples) - over) // step * step + over]
    path = folder / "samples.f32"
    samples.astype("<f4").tofile(path)
    return path


class Model:
    def __init__(self, name: str, library: Path, folder: Path):
        bundle = ROOT / "models" / f"en-us-{name}"
        self.manifest = json.loads((bundle / "manifest.json").read_text())
        self.library, self.folder, self.file = library, folder, bundle / "model.onnx"
        self.samples = clip(folder, self.manifest)

    def tune(self, file: Path, words: list[str]) -> subprocess.CompletedProcess:
        name = self.manifest["acoustic"]["input"]
        return subprocess.run([TUNER, self.library, file, name, self.samples, *words], capture_output=True, text=True, check=False)

    def converted(self, level: str) -> Path:
        file = self.folder / f"level{level}.ort"
        if not file.exists() and self.tune(self.file, [f"level={level}", f"save={file}"]).returncode != 0:
            sys.exit(f"ort_tuning: {self.file} could not be written in ONNX Runtime's format")
        return file

    def run(self, settings: str) -> dict[str, float]:
        words = dict(word.split("=") for word in f"{OWN} {settings}".split())
        file = self.converted(words.pop("ort")) if "ort" in words else self.file
        result = self.tune(file, [f"{key}={value}" for key, value in words.items()])
        if result.returncode != 0:
            sys.exit(f"ort_tuning: {settings}: {result.stderr.strip()}")
        return json.loads(result.stdout) | {"file_mb": file.stat().st_size / 1e6}


def compare(model: Model, rounds: int) -> dict[str, dict[str, float]]:
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in SETS}
    ratios: dict[str, list[dict[str, float]]] = {name: [] for name in SETS}
    for _ in range(rounds):
        for name, settings in SETS.items():
            own, row = model.run(""), model.run(settings)
            rows[name].append(row)
            ratios[name].append({key: row[key] / own[key] for key in ("open_ms", "run_ms", "cpu_ms")})
    return {
        name: {key.removesuffix("_ms"): statistics.median(r[key] for r in ratios[name]) for key in ("open_ms", "run_ms", "cpu_ms")}
        | {key: min(r[key] for r in rows[name]) for key in ("opened_mb", "peak_mb", "own_mb", "mapped_mb", "file_mb")}
        for name in SETS
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--models", nargs="+", default=["standard", "tiny"])
    parser.add_argument("--library", type=Path, default=ROOT / "build/release/lib/libonnxruntime.so.1")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if not TUNER.is_file():
        sys.exit("ort_tuning: build/release/euphone_ort_tuning is not there; ./dev build")
    found = {}
    for name in args.models:
        with tempfile.TemporaryDirectory() as folder:
            found[name] = compare(Model(name, args.library, Path(folder)), args.rounds)
    if args.json:
        print(json.dumps(found))
        return 0
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {args.rounds} rounds")
    for name, rows in found.items():
        heads = (f"en-us-{name}", "opening", "a run", "processor", "opened", "peak", "own", "mapped", "file")
        print("\n| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads))
        for what, row in rows.items():
            times = " | ".join(f"× {row[key]:.2f}" for key in ("open", "run", "cpu"))
            sizes = " | ".join(f"{row[key]:.1f} MB" for key in ("opened_mb", "peak_mb", "own_mb", "mapped_mb", "file_mb"))
            print(f"| {what} | {times} | {sizes} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
