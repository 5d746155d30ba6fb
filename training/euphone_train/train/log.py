"""What a run says of itself, line by line."""

from __future__ import annotations

import json
import time
from pathlib import Path


def log(folder: Path, values: dict) -> None:
    """Prints the values as JSON, with the time, and adds them to log.jsonl in the run's folder."""
    line = json.dumps({"time": round(time.time())} | values)
    print(line, flush=True)
    with (folder / "log.jsonl").open("a") as out:
        out.write(line + "\n")
