#!/usr/bin/env python3
"""Scores an archive while workers are killed, and the NATS server and PostgreSQL end now and then; then looks whether each recording has
exactly one result. Arguments: the program, --minutes N (default 5), --every SECONDS between killed workers (default 10), --seed N.

The archive is as long as two workers have to do for so many minutes; what was not scored by then is scored without trouble."""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/integration"))
from fleet_servers import Nats, Postgres  # noqa: E402 (after its folder is known)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--every", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--recordings", type=int, default=2500)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    listed = [line.split("\t") for line in (ROOT / "samples/samples.tsv").read_text().splitlines() if not line.startswith("#")]
    nats, postgres, workers, scoring = Nats(), Postgres(), [], None
    where = ["--nats", nats.url, "--results", postgres.url, "--root", str(ROOT / "samples")]

    def worker() -> subprocess.Popen:
        return subprocess.Popen([options.program, "worker", *where], stderr=subprocess.DEVNULL)

    def done() -> int:
        return int(postgres.query("SELECT count(*) FROM archive_results")[0][0])

    try:
        with tempfile.TemporaryDirectory(prefix="euphone-soak-") as folder:
            manifest = Path(folder) / "archive.tsv"
            rows = (f"{listed[i % len(listed)][0]}\t{listed[i % len(listed)][1]}\t{i}\n" for i in range(options.recordings))
            manifest.write_text("".join(rows))
            command = [options.program, "score-archive", manifest, "--workers", "0", "--wait", "--ack-wait", "5", *where]
            scoring = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            workers = [worker(), worker()]
            begun = time.monotonic()
            killed = servers = 0
            while scoring.poll() is None and time.monotonic() - begun < 60 * options.minutes:
                time.sleep(options.every)
                victim = chance.randrange(2)
                workers[victim].kill()
                workers[victim].wait()
                workers[victim] = worker()
                killed += 1
                if killed % 6 == 3:
                    nats.kill()
                    time.sleep(chance.uniform(0, 3))
                    nats.start()
                    servers += 1
                elif killed % 6 == 0:
                    postgres.stop()
                    time.sleep(chance.uniform(0, 3))
                    postgres.start()
                    servers += 1
            under_fire = done()
            scoring.wait(timeout=3600)
            rows = postgres.query(
                "SELECT count(*), count(DISTINCT recording), sum(CASE WHEN deliveries > 1 THEN 1 ELSE 0 END) FROM archive_results"
            )
            states = postgres.query("SELECT state, count(*) FROM archive_results GROUP BY 1")
            count, distinct, again = map(int, rows[0])
            print(
                f"killed {killed} workers, restarted {servers} servers; {under_fire} results by then, {again} came more than once; {states}"
            )
            good = scoring.returncode == 0 and count == distinct == options.recordings and states == [["scored", str(count)]]
            print("nothing lost, nothing doubled" if good else f"WRONG: {count} results, {distinct} recordings of {options.recordings}")
            return 0 if good else 1
    finally:
        for process in [*workers, *([scoring] if scoring else [])]:
            process.kill()
            process.wait()
        nats.close()
        postgres.close()


if __name__ == "__main__":
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.exit(main())
