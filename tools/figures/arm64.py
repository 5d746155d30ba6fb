#!/usr/bin/env python3
"""What a second of speech costs an AArch64 core: instructions that the arm64 build executes, counted in qemu-user, and a time estimated
from them for two boards. No board was measured: docs/devices/raspberry-pi-estimate.md says how far to trust it.

arm64.py [--table [--native]]    the figures; --table: the rows of that page, too; --native: with the x86-64 program beside it
"""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from common import PROGRAM, RATE, ROOT, SAMPLES, read_audio, report, skip, write_audio

BUILD = ROOT / "build" / "arm64"
SYSROOT = ROOT / "build" / "deps" / "sysroot-arm64"
CLIPS = ("librispeech-118-47824-0022.opus", "librispeech-3242-8112-0024.opus")
JOBS = (("main", "en-us-tiny"), ("main", "en-us-standard"), ("live", "en-us-tiny"))
SOURCE = Path(__file__).with_name("qemu_count.cc")


@dataclass
class Board:
    """A core as its maker's optimisation guide has it: how many instructions of a kind it starts in a cycle, at the most."""

    name: str
    cpu: str  # qemu's name of it, by which programs choose their instructions
    gigahertz: float
    width: float
    loads: float
    stores: float
    memory: float  # loads and stores together
    vector: float
    plain: float  # instructions in a cycle that we count on, where the ports are not what limits

    def seconds(self, counts: dict[str, float]) -> tuple[float, float]:
        """The least that its ports allow, and what to plan with: half of that speed, or `plain` if that is slower."""
        least = max(
            counts["all"] / self.width,
            counts["loads"] / self.loads,
            counts["stores"] / self.stores,
            (counts["loads"] + counts["stores"]) / self.memory,
            counts["vector"] / self.vector,
        )
        planned = max(2 * least, counts["all"] / self.plain)
        return least / self.gigahertz / 1e9, planned / self.gigahertz / 1e9


BOARDS = (
    Board("pi4", "cortex-a72", 1.5, width=3, loads=1, stores=1, memory=2, vector=2, plain=1.0),
    Board("pi5", "cortex-a76", 2.4, width=4, loads=2, stores=2, memory=2, vector=2, plain=1.5),
)


def emulated(board: Board, job: str, bundle: str, said: tuple[Path, str], folder: Path) -> dict[str, float]:
    counts = folder / "counts.json"
    emulator = ["qemu-aarch64", "-cpu", board.cpu, "-L", SYSROOT, "-plugin", f"{folder}/qemu_count.so,out={counts}"]
    command = [*emulator, BUILD / "euphone_main_job", BUILD / "share" / "euphone", bundle, job, *said]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return json.loads(counts.read_text())


def native(bundle: str, said: tuple[Path, str]) -> float:
    """The main job's of the x86-64 program, as Callgrind counts: with AVX2, for it knows no later instructions."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", PROGRAM, "--model", bundle, "--threads", "1"]
    command += ["analyze", said[0], "--text", said[1], "--jobs", "1", "--format", "json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stderr.rsplit("Collected : ", 1)[1].split()[0])


def slope(small: dict[str, float], large: dict[str, float], seconds: float) -> dict[str, float]:
    """Per second of speech: what starting costs falls out."""
    return {kind: (large[kind] - small[kind]) / seconds for kind in large}


def measured(folder: Path) -> list[tuple]:
    """Board, job, bundle, counts of a second of speech, and those of x86-64 where they were asked for."""
    subprocess.run(["c++", "-std=c++20", "-O2", "-shared", "-fPIC", "-o", folder / "qemu_count.so", SOURCE], check=True)
    texts = dict(line.split("\t") for line in (SAMPLES / "samples.tsv").read_text(encoding="utf-8").splitlines()[1:])
    first, second = (read_audio(SAMPLES / clip) for clip in CLIPS)
    short = write_audio(folder / "short.wav", first), texts[CLIPS[0]]
    both = write_audio(folder / "long.wav", [*first, *second]), " ".join(texts[clip] for clip in CLIPS)
    seconds = len(second) / RATE
    rows = []
    for job, bundle in JOBS:
        x86 = None
        if "--native" in sys.argv and job == "main":
            x86 = (native(bundle, both) - native(bundle, short)) / seconds
        for board in BOARDS:
            counted = [emulated(board, job, bundle, said, folder) for said in (short, both)]
            rows.append((board, job, bundle, slope(*counted, seconds), x86))
    return rows


def main() -> None:
    if not (BUILD / "euphone_main_job").is_file() or not shutil.which("qemu-aarch64"):
        skip("needs the arm64 build: ./dev build arm64")
    with tempfile.TemporaryDirectory() as folder:
        rows = measured(Path(folder))
    values: dict[str, float] = {}
    for board, job, bundle, counts, x86 in rows:
        least, planned = board.seconds(counts)
        if "--table" in sys.argv:
            shares = " | ".join(f"{100 * counts[kind] / counts['all']:.0f}" for kind in ("vector", "loads", "stores"))
            other = "–" if x86 is None else f"{x86 / 1e6:.0f}"
            print(f"| {job} | {bundle} | {board.cpu} | {counts['all'] / 1e6:.0f} | {shares} | {other} | {least:.3f} to {planned:.3f} |")
        name = f"edge.arm64_{board.name}_{job}_{bundle.removeprefix('en-us-')}"
        values[f"{name}_minstructions"] = counts["all"] / 1e6
        values[f"{name}_estimate"] = planned
    report(values)


main()
