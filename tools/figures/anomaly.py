#!/usr/bin/env python3
"""`euphone watch`: how soon a made bearing fault is found, how often normal running raises an alarm, how many ways of ageing a microphone
are found, and how many of 4,019 healthy recordings would be gated: by dropouts, or as a changed microphone in the history of their speaker.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
from common import PROGRAM, ROOT, data_folder, report

sys.path.insert(0, str(ROOT / "tools"))
import machine_data
import microphone_data

RATE = 4000
HOUR = 3600
NORMAL_HOURS = 6
ONSET = 60
DROPOUT_PERCENT = 0.5  # kDropoutPercent in engine/audio/quality_gate.cc.
A_DAY = 4


def watch(*arguments: object) -> tuple[int, list[dict]]:
    command = [PROGRAM, "watch", *map(str, arguments), "--json"]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"TZ": "UTC"})
    if result.returncode not in (0, 3, 5):
        raise RuntimeError(result.stderr.strip()[-300:])
    return result.returncode, [json.loads(line) for line in result.stdout.splitlines()]


def machines(folder: Path, method: str) -> dict:
    """Worst delays of faults in seconds (infinite: not found), false alarms an hour."""
    model = folder / f"{method}.json"
    watch("learn", machine_data.write(folder / "good.wav", machine_data.motor(HOUR, RATE), RATE), "--out", model, "--method", method)
    alarms, delays = 0, defaultdict(list)
    for seed in range(100, 100 + NORMAL_HOURS):
        _, events = watch("run", model, machine_data.write(folder / "run.wav", machine_data.motor(HOUR, RATE, seed=seed), RATE))
        alarms += events[-1]["alarms"]
    for fault in ("bearing", "imbalance", "loose"):
        for seed in range(200, 210):
            _, events = watch("run", model, machine_data.write(folder / "run.wav", machine_data.motor(180, RATE, fault, ONSET, seed), RATE))
            starts = [e["end_s"] - ONSET for e in events if e["event"] == "alarm" and e["end_s"] >= ONSET]
            delays[fault].append(min(starts, default=float("inf")))
    return {"false": alarms / NORMAL_HOURS} | {fault: max(values) for fault, values in delays.items()}


def history_of(folder: Path, recordings: list[Path]) -> list[dict]:
    """Lines of the history that the program makes of recordings, in their order."""
    history = folder / "history.jsonl"
    history.unlink(missing_ok=True)
    for begin in range(0, len(recordings), 500):
        watch("microphone", history, *recordings[begin : begin + 500], "--day", "2025-11-01")
    return [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]


def changes_of(folder: Path, lines: list[dict], a_day: int = A_DAY) -> list[dict]:
    """What the program says of a history whose lines are `a_day` a day."""
    history = folder / "dated.jsonl"
    dated = [line | {"day": f"2025-{1 + i // a_day // 28:02}-{1 + i // a_day % 28:02}"} for i, line in enumerate(lines)]
    history.write_text("".join(json.dumps(line) + "\n" for line in dated), encoding="utf-8")
    return watch("microphone", history)[1][0]["changes"]


def aged(folder: Path, recordings: list[Path], fault: microphone_data.Fault) -> tuple[bool, bool]:
    """Whether ageing from day ONSET on is found by its name, and with the right day; 14 days."""
    paths = []
    for i, recording in enumerate(recordings[: 14 * A_DAY]):
        path = folder / f"{i:03}.wav"
        paths.append(microphone_data.write(path, fault.change(microphone_data.read(recording), i // A_DAY)))
    found = [c for c in changes_of(folder, history_of(folder, paths)) if c["trouble"] == fault.trouble]
    day = int(found[0]["since"][-2:]) - 1 if found else -99
    return bool(found), abs(day - microphone_data.ONSET) <= fault.days_off


def corpus() -> dict[str, list[Path]]:
    """Recordings by speaker."""
    speakers = defaultdict(list)
    for name in ("so762-train", "mini-librispeech"):
        for path in sorted((data_folder(name) / "audio").glob("*.opus")):
            speakers[path.stem.split("-")[0] if "-" in path.stem else path.stem[:5]].append(path)
    return speakers


def wrongly_gated(folder: Path, speakers: dict[str, list[Path]]) -> tuple[int, int, int]:
    """Recordings with dropouts; those at which the microphone of their speaker is said to have changed; all."""
    dropouts = changed = total = 0
    for recordings in speakers.values():
        lines = history_of(folder, recordings)
        total += len(recordings)
        dropouts += sum(line["dropout_percent"] >= DROPOUT_PERCENT for line in lines)
        changed += sum(bool(changes_of(folder, lines[: i + 1])) for i in range(12, len(lines)))
    return dropouts, changed, total


speakers = corpus()
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    kmeans, gmm = machines(folder, "kmeans"), machines(folder, "gmm")
    rng = random.Random(1)
    readers = rng.sample([r for r in speakers.values() if len(r) >= 14 * A_DAY - 6], 4)
    mixed = [rng.sample([p for r in rng.sample(sorted(speakers), 8) for p in speakers[r][:20]], 14 * A_DAY) for _ in range(4)]
    sets = [(r * 2)[: 14 * A_DAY] for r in readers] + mixed
    told = {fault.name: [aged(folder, s, fault) for s in sets] for fault in microphone_data.FAULTS}
    dropouts, changed, total = wrongly_gated(folder, speakers)
everything = [pair for pairs in told.values() for pair in pairs]
report(
    {
        "live.watch_delay_s": kmeans["bearing"],
        "live.watch_false_alarms": kmeans["false"],
        "live.watch_microphone_found": 100 * float(np.mean([found for found, _ in everything])),
        "live.watch_wrongly_gated": 100 * (dropouts + changed) / total,
        "right day, % of all": 100 * float(np.mean([day for _, day in everything])),
        "found by fault": {fault: sum(found for found, _ in pairs) for fault, pairs in told.items()},
        "kmeans": kmeans,
        "gmm": gmm,
        "dropouts": dropouts,
        "changed": changed,
        "recordings": total,
    }
)
