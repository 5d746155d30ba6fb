#!/usr/bin/env python3
"""What a hub takes in: devices over real connections, a record or a heartbeat a message, into SQLite and into PostgreSQL.

A load that is offered says how long a record waits until its device hears that it is committed; a load without bound says how many
messages the hub's one thread commits for a second of processor time. By the clock both are only right where nobody else works on the
machine, so the second is by processor time."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from common import PROGRAM, ROOT, report

sys.path.insert(0, str(ROOT / "tests/integration"))
os.environ["EUPHONE_PROGRAM"] = str(PROGRAM)
from fleet_servers import Postgres
from test_fleet_hub import DEVICES, Hub

COUNT, SECONDS, RATE = "2000", os.environ.get("EUPHONE_SECONDS", "20"), "5000"
TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def load(database: list[str], rate: str) -> dict:
    with tempfile.TemporaryDirectory(prefix="euphone-figure-") as folder:
        hub = Hub(Path(folder) / "hub", *database)
        before = processor_seconds(hub.process.pid)
        command = [DEVICES, "load", hub.url(), COUNT, SECONDS, rate]
        line = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        spent = processor_seconds(hub.process.pid) - before
        assert hub.stop() == 0
    line["per_processor_second"] = (line["records"] + line["heartbeats"]) / spent
    print(database or "sqlite", rate, line, file=sys.stderr)
    return line


def main():
    postgres = Postgres()
    try:
        offered = load([], RATE)
        most = load([], "1000000")
        on_postgres = load(["--database", postgres.url], RATE)
    finally:
        postgres.close()
    report(
        {
            "fleet.hub.events_per_core_second": min(most["per_processor_second"], on_postgres["per_processor_second"]),
            "fleet.hub.p99_ms": max(offered["p99_ms"], on_postgres["p99_ms"]),
            "fleet.hub.lost": offered["unacknowledged"] + most["unacknowledged"] + on_postgres["unacknowledged"],
        }
    )


if __name__ == "__main__":
    main()
