"""What every run needs, whatever it trains: the rate that follows, and files that are whole or not there."""

from __future__ import annotations

import math
import os
from pathlib import Path

import torch


def warm_cosine(step: int, warmup_steps: int, total: int) -> float:
    """Share of the peak rate: rises over the warm-up and falls to 0 at `total` steps along a cosine."""
    return min(1.0, (step + 1) / warmup_steps) * 0.5 * (1 + math.cos(math.pi * min(1.0, step / total)))


def save(file: Path, state) -> None:
    part = file.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, file)
