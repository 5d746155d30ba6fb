#!/usr/bin/env python3
"""Times this tree, or compares it with another commit in one run, turn by turn on the same machine.

usage: compare.py [COMMIT] [--rounds N] [--only REGEX]
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MS = {"ns": 1e-6, "us": 1e-3, "ms": 1.0, "s": 1e3}


def build_other(commit: str) -> Path:
    """A worktree of the commit below build/, built like this one; kept for the next comparison."""
    revision = subprocess.run(["git", "rev-parse", "--short", commit], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    tree = ROOT / "build" / "compare" / revision
    if not tree.is_dir():
        subprocess.run(["git", "worktree", "prune"], cwd=ROOT, check=True)  # of a comparison that ./dev clean removed
        subprocess.run(["git", "worktree", "add", "--detach", tree, revision], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        (tree / "build").mkdir(exist_ok=True)
        (tree / "build" / "deps").symlink_to(ROOT / "build" / "deps")
    subprocess.run(["cmake", "--preset", "release"], cwd=tree, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        ["cmake", "--build", "--preset", "release", "--target", "euphone_bench"], cwd=tree, check=True, stdout=subprocess.DEVNULL
    )
    return tree


def times(tree: Path, only: str) -> dict[str, float]:
    command = [tree / "build/release/euphone_bench", "--benchmark_format=json", f"--benchmark_filter={only}", "--benchmark_min_time=0.3"]
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tree)
    return {b["name"]: b["real_time"] * MS[b["time_unit"]] for b in json.loads(result.stdout)["benchmarks"]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit", nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default=".*")
    args = parser.parse_args()
    trees = {"this tree": ROOT} | ({args.commit: build_other(args.commit)} if args.commit else {})
    rounds = {name: [] for name in trees}
    for _ in range(args.rounds):
        for name, tree in trees.items():
            rounds[name].append(times(tree, args.only))
    for bench in rounds["this tree"][0]:
        medians = {name: statistics.median(r[bench] for r in runs) for name, runs in rounds.items()}
        line = f"{bench:<28}" + "".join(f"{name}: {value:9.3f} ms   " for name, value in medians.items())
        if args.commit:
            line += f"ratio {medians['this tree'] / medians[args.commit]:.3f}"
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
