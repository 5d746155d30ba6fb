#!/usr/bin/env python3
"""A hub under load whose parts are killed: the hub, its NATS server and PostgreSQL, each so many times (--kills, default 50), by chance;
then looks whether each record that a device sent is there, once. Arguments: the program, --kills N, --rate EVENTS a second, --seed N.

Devices are scripted, in real connections: they send again what the hub has not said to have, as real ones do."""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/integration"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--rate", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ["EUPHONE_PROGRAM"] = options.program
    from fleet_servers import Postgres, until
    from test_fleet_hub import DEVICES, Hub, server_of

    chance = random.Random(options.seed)
    turns = ["hub", "nats", "postgres"] * options.kills
    chance.shuffle(turns)
    postgres, hub, devices = Postgres(), None, None
    try:
        with tempfile.TemporaryDirectory(prefix="euphone-soak-hub-") as temporary:
            folder = Path(temporary) / "hub"
            hub = Hub(folder, "--database", postgres.url)
            # The load ends with the kills: it is longer than they take, and is asked to end its sending by SIGTERM.
            command = [DEVICES, "load", hub.url(), "500", "100000", str(options.rate)]
            devices = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            began = time.monotonic()
            for turn in turns:
                time.sleep(chance.uniform(0.2, 1.5))
                if turn == "hub":
                    hub.kill()
                    time.sleep(chance.uniform(0, 0.5))
                    hub.start()
                elif turn == "nats":
                    os.kill(until(lambda: server_of(folder), "a NATS server"), signal.SIGKILL)
                else:
                    postgres.stop()
                    time.sleep(chance.uniform(0, 1))
                    postgres.start()
            took = time.monotonic() - began
            devices.send_signal(signal.SIGTERM)
            output, _ = devices.communicate(timeout=600)
            sent = json.loads(output)
            hub.stop()
            # A record's key is (device, outbox, seq): as many as were sent, without gaps, are all of them once.
            kept, gaps = map(
                int,
                postgres.query(
                    "SELECT sum(kept), sum(highest - kept) FROM "
                    "(SELECT max(seq) AS highest, count(*) AS kept FROM hub_uplink GROUP BY device, outbox) AS each_box"
                )[0],
            )
            again = sent["sent_again"]
            print(f"{len(turns)} kills in {took:.0f} s; {sent['records']} records sent, {again} of them more than once; {kept} kept")
            good = sent["unacknowledged"] == 0 and kept == sent["records"] and gaps == 0
            print("nothing lost, nothing doubled" if good else f"WRONG: {sent}, {gaps} gaps")
            if not good:
                print((folder.with_suffix(".log")).read_text()[-4000:])
            return 0 if good else 1
    finally:
        for process in [devices, hub and hub.process]:
            if process:
                process.kill()
                process.wait()
        postgres.close()


if __name__ == "__main__":
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.exit(main())
