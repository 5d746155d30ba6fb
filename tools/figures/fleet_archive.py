#!/usr/bin/env python3
"""What scoring an archive costs beside the scoring, and what a second worker is worth.

overhead: a judge that does nothing, in the worker's own loop, with a real NATS server and a real PostgreSQL; queueing included.
scaling: the samples again and again, by one worker and by two in turn, each time from the first result to the last; the median of
the pairs. By the clock it is only right where nobody else works on the machine, so it is also given by processor time: what a recording
costs one worker alone, against what it costs when two work.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from common import PROGRAM, ROOT, report

sys.path.insert(0, str(ROOT / "tests/integration"))
from fleet_servers import Postgres

MESSAGES = 20000
RECORDINGS = int(os.environ.get("EUPHONE_ARCHIVE", "320"))
PAIRS = int(os.environ.get("EUPHONE_PAIRS", "3"))


def overhead(url: str) -> float:
    with tempfile.TemporaryDirectory(prefix="euphone-figure-") as folder:
        command = [PROGRAM.parent / "apps/fleet/euphone_fleet_bench", str(MESSAGES), url, folder]
        line = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert line["kept"] == MESSAGES, line
    return line["queue_ms"] + line["work_ms"]


def score(manifest: Path, postgres: Postgres, run: str, workers: int) -> tuple[float, float]:
    """Recordings a second, and processor seconds of a recording."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [PROGRAM, "score-archive", manifest, "--root", ROOT / "samples", "--run", run, "--workers", str(workers)]
    subprocess.run([*command, "--results", postgres.url], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    span = postgres.query(f"SELECT max(kept_ms) - min(kept_ms), count(*) FROM archive_results WHERE run = '{run}'")[0]
    assert int(span[1]) == RECORDINGS, span
    return (RECORDINGS - 1) / (int(span[0]) / 1000), (after.ru_utime - before.ru_utime) / RECORDINGS


def main():
    listed = [line.split("\t") for line in (ROOT / "samples/samples.tsv").read_text().splitlines() if not line.startswith("#")]
    postgres = Postgres()
    try:
        with tempfile.TemporaryDirectory(prefix="euphone-figure-") as folder:
            manifest = Path(folder) / "archive.tsv"
            rows = (f"{listed[i % len(listed)][0]}\t{listed[i % len(listed)][1]}\t{i}\n" for i in range(RECORDINGS))
            manifest.write_text("".join(rows))
            overheads = [overhead(postgres.url) for _ in range(3)]
            pairs = [[score(manifest, postgres, f"pair-{pair}-{n}", n) for n in (1, 2)] for pair in range(PAIRS)]
    finally:
        postgres.close()
    report(
        {
            "fleet.archive.overhead_ms": round(min(overheads), 3),
            "fleet.archive.scaling": round(statistics.median(two[0] / one[0] for one, two in pairs), 3),
            "fleet.archive.scaling_by_processor_time": round(statistics.median(2 * one[1] / two[1] for one, two in pairs), 3),
            "fleet.archive.recordings_per_second": round(statistics.median(two[0] for _, two in pairs), 2),
        }
    )


main()
