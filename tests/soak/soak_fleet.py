#!/usr/bin/env python3
"""A fleet as it is: a hub, agents that each are a process of their own, and a Prometheus that watches them. Arguments: the program,
--agents N (default 200), --takes N devices on which somebody reads (default 20), --json.

Looks whether Prometheus sees each agent and each take; whether an agent that is killed grows old; whether a program that crashes three
times within ten minutes is an alert in the end. Prints what it costs."""

import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/monitoring"), str(ROOT / "tests/integration")]
from fleet_servers import until  # noqa: E402 (after its folder is known)
from test_monitoring import Prometheus, Texts  # noqa: E402

AUDIO = ROOT / "samples/so762-040050015.opus"
TEXT = "I thought he was a brilliant man."
HEARTBEAT = 5


class Device:
    """A device: folders of its own, and its agent."""

    def __init__(self, fleet: "Fleet", name: str):
        self.fleet, self.name, self.folder, self.agent = fleet, name, fleet.folder / name, None
        places = {"EUPHONE_AGENT": "agent", "EUPHONE_UPDATES": "updates", "EUPHONE_TELEMETRY": "telemetry", "XDG_DATA_HOME": "data"}
        self.env = fleet.env | {key: str(self.folder / place) for key, place in places.items()}
        self.folder.mkdir()

    def command(self, *arguments, **more) -> subprocess.CompletedProcess:
        command = [self.fleet.program, *map(str, arguments)]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=True, **more)

    def join(self):
        url = self.fleet.ask("invite", self.name).split()
        url = next(word for word in url if word.startswith("nats://"))
        self.command("agent", "join", url, "--hardware", "soak", "--site", "here")

    def start(self):
        command = [self.fleet.program, "agent", "run", "--heartbeat", str(HEARTBEAT)]
        with (self.folder / "log").open("ab") as log:
            self.agent = subprocess.Popen(command, env=self.env, stdout=log, stderr=log)

    def read(self):
        self.command("--model", "en-us-tiny", "live", "--text", TEXT, "--from", AUDIO, "--speed", "0")

    def crash(self):
        """A lesson that is killed."""
        book, command = self.folder / "telemetry/book.json", [self.fleet.program, "--model", "en-us-tiny"]
        command += ["live", "--text", TEXT, "--from", str(AUDIO), "--speed", "0.1", "--plain"]
        starts = json.loads(book.read_text())["starts"] if book.exists() else 0
        lesson = subprocess.Popen(command, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: book.exists() and json.loads(book.read_text())["starts"] > starts, "a lesson that has begun", 120)
        lesson.kill()
        lesson.wait()


class Fleet:
    def __init__(self, program: str, folder: Path):
        self.program, self.folder = str(Path(program).resolve()), folder
        self.env = {**os.environ, "EUPHONE_HUB": str(folder / "hub")}
        self.log = (folder / "hub.log").open("wb")
        self.hub = subprocess.Popen([self.program, "fleet", "up", "--dev", "--dir", str(folder / "hub")], stdout=self.log, stderr=self.log)
        until(lambda: self.answers("status"), "a hub that answers", 60)
        self.devices: list[Device] = []

    def answers(self, *words) -> bool:
        return subprocess.run([self.program, "fleet", *words], env=self.env, capture_output=True).returncode == 0

    def ask(self, *words) -> str:
        return subprocess.run([self.program, "fleet", *words], env=self.env, capture_output=True, text=True, check=True).stdout

    def close(self):
        for device in self.devices:
            if device.agent and device.agent.poll() is None:
                device.agent.terminate()
        for device in self.devices:
            if device.agent:
                device.agent.wait(timeout=120)
        self.hub.terminate()
        self.hub.wait(timeout=60)
        self.log.close()


class LiveTexts(Texts):
    """What the hub says now, at each scrape."""

    def __init__(self, fleet: Fleet):
        self.fleet, self.took = fleet, []
        super().__init__("")

    @property
    def text(self) -> str:
        begun = time.monotonic()
        told = self.fleet.ask("metrics")
        self.took.append(time.monotonic() - begun)
        return told

    @text.setter
    def text(self, _):
        pass


def memory_mb(process: int) -> float:
    """What belongs to a process alone, and its part of what it shares."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * 1024 / 1e6


def watch(fleet: Fleet, options, folder: Path) -> dict:
    begun = time.monotonic()
    fleet.devices = [Device(fleet, f"soak-{i:03}") for i in range(options.agents)]
    with concurrent.futures.ThreadPoolExecutor(2) as two:
        list(two.map(Device.join, fleet.devices))
    for device in fleet.devices:
        device.start()
    enrolled = time.monotonic() - begun
    texts = LiveTexts(fleet)
    prometheus = Prometheus(folder, {"euphone-hub": f"127.0.0.1:{texts.server_address[1]}"}, every="5s")
    try:
        fresh = f"count(time() - euphone_device_last_seen_timestamp_seconds < {6 * HEARTBEAT}) == {options.agents}"
        prometheus.wait_for(fresh, 600)
        watched = time.monotonic() - begun
        for device in fleet.devices[: options.takes]:
            device.read()
        prometheus.wait_for(f"sum(euphone_device_takes_total) == {options.takes}", 300)
        for _ in range(3):
            fleet.devices[-1].crash()
        fleet.devices[-1].read()  # Whose start finds the last of them.
        fired = prometheus.wait_for('ALERTS{alertname="EuphoneCrashLoop", alertstate="firing"}', 300)
        assert [alert["metric"]["device"] for alert in fired] == [fleet.devices[-1].name], fired
        lost = fleet.devices[0]
        lost.agent.kill()
        prometheus.wait_for(f'time() - euphone_device_last_seen_timestamp_seconds{{device="{lost.name}"}} > {8 * HEARTBEAT}', 300)
        others = f'count(time() - euphone_device_last_seen_timestamp_seconds{{device!="{lost.name}"}} < {6 * HEARTBEAT})'
        seen = int(prometheus.wait_for(others)[0]["value"][1])
        bytes_told = len(texts.text.encode())
        scrape = sorted(texts.took)[len(texts.took) // 2]
        agents = [memory_mb(device.agent.pid) for device in fleet.devices[1:]]
        return {
            "fleet.observed_agents": seen + 1,
            "fleet.observed_scrape_s": scrape,
            "fleet.observed_kb": bytes_told / 1000,
            "fleet.agent_mb": sum(agents) / len(agents),
            "fleet.hub_mb": memory_mb(fleet.hub.pid),
            "enrolled_s": enrolled,
            "watched_s": watched,
        }
    finally:
        prometheus.stop()
        texts.shutdown()
        texts.server_close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--takes", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="euphone-soak-") as name:
        folder = Path(name)
        (folder / "prometheus").mkdir()
        fleet = Fleet(options.program, folder)
        try:
            found = watch(fleet, options, folder / "prometheus")
        finally:
            fleet.close()
    if options.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{key} {value:.3g}" for key, value in found.items()))
    good = found["fleet.observed_agents"] == options.agents
    if not good:
        print(f"WRONG: Prometheus sees {found['fleet.observed_agents']} of {options.agents}", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
