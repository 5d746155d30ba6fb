#!/usr/bin/env python3
"""Runs every fuzz target for a while; a finding is kept beside the corpus and ends the run with an error.

usage: run.py FOLDER [--seconds N] [--only NAME]
FOLDER holds the built targets; corpora grow in FOLDER/corpus/NAME.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent
MAX_BYTES = {"align_graph_fuzz": 4096, "audio_reader_fuzz": 65536, "bundle_fuzz": 65536, "text_normalizer_fuzz": 4096}


def seeds(name: str) -> list[Path]:
    """Small real inputs to start from."""
    root = SOURCE.parent
    if name == "audio_reader_fuzz":
        return sorted((root / "samples").glob("*.opus"))
    if name == "bundle_fuzz":
        return sorted((root / "models").glob("*/manifest.json"))
    return [root / "README.md"] if name == "text_normalizer_fuzz" else []


def fuzz(target: Path, seconds: int) -> bool:
    corpus = target.parent / "corpus" / target.name
    findings = target.parent / "findings"
    corpus.mkdir(parents=True, exist_ok=True)
    findings.mkdir(exist_ok=True)
    for seed in seeds(target.name):
        shutil.copy(seed, corpus / f"{seed.parent.name}-{seed.name}")
    limit = MAX_BYTES[target.name]
    command = [target, f"-max_total_time={seconds}", f"-max_len={limit}", "-rss_limit_mb=2048", "-timeout=10",
               "-print_final_stats=1", f"-artifact_prefix={findings}/{target.name}-", corpus]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    runs = next((line.split()[-1] for line in result.stderr.splitlines() if "number_of_executed_units" in line), "?")
    if result.returncode == 0:
        print(f"{target.name}: {runs} inputs in {seconds} s, no finding", flush=True)
        return True
    print(result.stderr[-4000:], file=sys.stderr)
    print(f"{target.name}: a finding; the input is in {findings}", file=sys.stderr)
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--only", help="one target, e.g. bundle_fuzz")
    args = parser.parse_args()
    targets = [args.folder / name for name in MAX_BYTES if args.only in (None, name)]
    if not targets or not all(t.is_file() for t in targets):
        print("run.py: the targets are not built; use ./dev fuzz", file=sys.stderr)
        return 2
    return 0 if all([fuzz(target, args.seconds) for target in targets]) else 1


if __name__ == "__main__":
    sys.exit(main())
