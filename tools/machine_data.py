#!/usr/bin/env python3
"""Makes what an accelerometer on a small electric motor would measure, in g, running well or with a fault that begins at a known time.

    tools/machine_data.py good.csv --seconds 600
    tools/machine_data.py worn.csv --seconds 300 --fault bearing --onset 120 --seed 2

30 turns a second, drifting with the load; harmonics of the turning, a whine of the windings at 12 times it, noise of the bearing.
bearing: a chip in the outer ring: at each ball (3.58 a turn, as of a 6204) a knock that rings at 31 % of the sample rate; it grows from
nothing to a tenth of g in 30 s. imbalance: the first harmonic grows by a tenth each 10 s. loose: knocks at random times, one a second.
The ending of the file says what is written: .csv with a time column, or .wav (16 bit, full scale 4 g). Same options, same bytes.
"""

from __future__ import annotations

import argparse
import wave
from pathlib import Path

import numpy as np

TURNS_HZ = 30.0
BALLS = 3.58
FULL_SCALE_G = 4.0
FAULTS = ("none", "bearing", "imbalance", "loose")


def knocks(times: np.ndarray, heights: np.ndarray, count: int, rate: float) -> np.ndarray:
    """A decaying ring from each time on."""
    ring = np.arange(int(0.02 * rate)) / rate
    ring = np.exp(-ring * 400.0) * np.sin(2 * np.pi * 0.31 * rate * ring)
    out = np.zeros(count + len(ring))
    for time, height in zip(times, heights, strict=True):
        begin = int(time * rate)
        out[begin : begin + len(ring)] += height * ring
    return out[:count]


def motor(seconds: float, rate: float = 4000.0, fault: str = "none", onset: float = 0.0, seed: int = 1) -> np.ndarray:
    """Acceleration in g, `rate` readings a second."""
    rng = np.random.default_rng(seed)
    count = int(seconds * rate)
    time = np.arange(count) / rate
    wander = np.interp(time / 10, np.arange(int(seconds // 10) + 2), rng.standard_normal(int(seconds // 10) + 2))  # New every 10 s.
    turns = np.cumsum(TURNS_HZ * (1 + 0.004 * wander)) / rate
    load = 1 + 0.06 * np.interp(time / 30, np.arange(int(seconds // 30) + 2), rng.standard_normal(int(seconds // 30) + 2))
    late = np.maximum(0.0, time - onset)
    first = 0.2 * (1 + (late / 100 if fault == "imbalance" else 0.0))
    out = load * first * np.sin(2 * np.pi * turns)
    for harmonic, height, phase in ((2, 0.06, 1.1), (3, 0.03, 4.0), (5, 0.02, 2.3), (12, 0.04, 5.2)):  # It is always the same motor.
        out += load * height * np.sin(2 * np.pi * harmonic * turns + phase)
    out += 0.03 * load * rng.standard_normal(count)
    if fault == "bearing":
        balls = turns * BALLS
        hits = time[1:][np.diff(np.floor(balls)) > 0]
        hits = hits + rng.normal(0, 0.0003, len(hits))  # Balls slip a little.
        hits = hits[(hits > onset) & (hits < seconds)]
        out += knocks(hits, 0.1 * np.minimum(1.0, (hits - onset) / 30) * rng.uniform(0.7, 1.3, len(hits)), count, rate)
    elif fault == "loose":
        hits = np.sort(rng.uniform(onset, seconds, max(0, int(seconds - onset))))
        out += knocks(hits, rng.uniform(0.4, 0.8, len(hits)), count, rate)
    return out


def write(path: Path, signal: np.ndarray, rate: float) -> Path:
    if path.suffix == ".wav":
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(int(rate))
            file.writeframes((np.clip(signal / FULL_SCALE_G, -1, 1) * 32767).astype("<i2").tobytes())
    else:
        with path.open("w", encoding="ascii") as file:
            file.write("time,x\n")
            file.writelines(f"{i / rate:.6f},{value:.5f}\n" for i, value in enumerate(signal))
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--rate", type=float, default=4000.0)
    parser.add_argument("--fault", choices=FAULTS, default="none")
    parser.add_argument("--onset", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    write(args.out, motor(args.seconds, args.rate, args.fault, args.onset, args.seed), args.rate)


if __name__ == "__main__":
    main()
