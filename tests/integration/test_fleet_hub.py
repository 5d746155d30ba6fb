"""euphone fleet: a hub with its NATS server, its commands, and devices that are scripted but speak over real connections.

With EUPHONE_FLEET=2000 the rollout goes to so many devices (default 100)."""

import contextlib
import json
import math
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import jsonschema
from fleet_servers import Nats, Postgres, free_port, until

PROGRAM = os.environ["EUPHONE_PROGRAM"]
DEVICES = str(Path(PROGRAM).parent / "apps/hub/euphone_hub_devices")
SCHEMA = jsonschema.Draft202012Validator(json.loads((Path(__file__).parents[2] / "contract/hub.schema.json").read_text()))
FLEET = int(os.environ.get("EUPHONE_FLEET", "100"))
FAULTY = 30  # of a thousand
MASK = (1 << 64) - 1


def fnv(text: bytes, start: int) -> int:
    for byte in text:
        start = (start ^ byte) * 0x100000001B3 & MASK
    return start


def wave_hash(rollout: str, device: str) -> int:
    """As docs/formats/rollout.md says."""
    x = fnv(rollout.encode() + b"\0" + device.encode(), 0xCBF29CE484222325)
    x ^= x >> 30
    x = x * 0xBF58476D1CE4E5B9 & MASK
    x ^= x >> 27
    x = x * 0x94D049BB133111EB & MASK
    return x ^ x >> 31


def is_faulty(device: str) -> bool:
    """As the scripted devices have it."""
    return fnv(device.encode(), 0xCBF29CE484222325 ^ 7) // 7 % 1000 < FAULTY


def server_of(folder: Path) -> int | None:
    """The NATS server that runs in a hub's folder."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"nats-server") and any(str(folder).encode() in word for word in words):
            return int(entry.name)
    return None


class Hub:
    """`euphone fleet up` in a folder."""

    def __init__(self, folder: Path, *arguments: str):
        self.folder, self.arguments = folder, arguments
        self.start()

    def start(self):
        command = [PROGRAM, "fleet", "up", "--dir", str(self.folder), *self.arguments]
        log = self.folder.with_suffix(".log")
        with open(log, "ab") as errors:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        line = self.process.stdout.readline()
        assert "The hub runs" in line, (line, log.read_text()[-2000:])

    def ask(self, *arguments: str, code: int = 0):
        command = [PROGRAM, "fleet", *arguments, "--hub", str(self.folder), "--json"]
        result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert result.returncode == code, (result.returncode, result.stdout[-500:], result.stderr[-2000:])
        if code != 0:
            return result.stderr
        reply = json.loads(result.stdout)
        SCHEMA.validate(reply)
        return reply

    def url(self) -> str:
        """As the hub itself connects: for devices whose names are many."""
        url = json.loads((self.folder / "hub.json").read_text())["url"]
        if not (self.folder / "admissions.json").exists():
            return url
        secret = json.loads((self.folder / "admissions.json").read_text())["hub"]
        return url.replace("nats://", f"nats://hub.self:{secret}@")

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=60)
        return self.process.returncode


class FleetHubTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="euphone-hub-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name) / "hub"

    def up(self, *arguments: str) -> Hub:
        hub = Hub(self.folder, *arguments)
        self.addCleanup(hub.kill)
        return hub

    def devices(self, *arguments: str) -> subprocess.Popen:
        process = subprocess.Popen([DEVICES, *arguments], stdout=subprocess.PIPE, text=True)
        self.addCleanup(lambda: (process.kill(), process.communicate()))
        return process

    def test_up_invite_and_a_clean_end(self):
        hub = self.up()
        join = hub.ask("invite", "pi-7")["join"]
        self.assertRegex(join, r"^euphone agent join nats://pi-7:[0-9a-f]{32}@127\.0\.0\.1:\d+$")
        self.assertEqual((self.folder / "hub.json").stat().st_mode & 0o777, 0o600)
        second = subprocess.run([PROGRAM, "fleet", "up", "--dir", self.folder], capture_output=True, text=True, check=False)
        self.assertEqual(second.returncode, 1)
        self.assertIn("a hub runs here already", second.stderr)
        self.assertIn("there is no device pi-8", hub.ask("devices", "show", "pi-8", code=1))
        self.assertEqual(hub.ask("audit", "--check")["first_changed"], 0)
        self.assertEqual(hub.stop(), 0)
        # NATS has ended with it; the next one has the same address.
        hub.start()
        self.assertIn(json.loads((self.folder / "hub.json").read_text())["url"].rpartition("@")[2].removeprefix("nats://"), join)

    def test_roles(self):
        hub = self.up()
        token = hub.ask("users", "add", "vera", "--role", "viewer")["token"]
        url = json.loads((self.folder / "hub.json").read_text())["url"]
        environment = {**os.environ, "EUPHONE_HUB_TOKEN": token}

        def as_vera(*arguments):
            command = [PROGRAM, "fleet", *arguments, "--hub", url]
            return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

        self.assertEqual(as_vera("devices").returncode, 0)
        refused = as_vera("invite", "pi-1")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("does not allow devices.invite", refused.stderr)
        hub.ask("users", "remove", "vera")
        self.assertNotEqual(as_vera("devices").returncode, 0)
        outcomes = [(line["who"], line["verb"], line["outcome"]) for line in hub.ask("audit")["lines"]]
        self.assertEqual(outcomes[0], ("admin", "users.add", "done"))
        self.assertEqual(outcomes[1][:2], ("vera", "devices.invite"))
        self.assertTrue(outcomes[1][2].startswith("refused"))

    def test_a_bad_version_stops_at_the_wave_where_too_many_fail(self):
        hub = self.up()
        devices = self.devices("update", hub.url(), str(FLEET), str(FAULTY))
        self.assertEqual(devices.stdout.readline().strip(), "ready")
        until(lambda: hub.ask("status")["devices"] == FLEET, "all devices are known")
        percents, most = [5, 15, 30], 2

        def waves_of(rollout: str) -> list[list[str]]:
            left = sorted((f"d-{i}" for i in range(FLEET)), key=lambda device: wave_hash(rollout, device))
            waves = []
            for percent in percents:
                size = math.ceil(FLEET * percent / 100)
                waves.append(left[:size])
                left = left[size:]
            return [*waves, left]

        def first_bad(rollout: str) -> int:
            bad = [sum(map(is_faulty, wave)) > len(wave) * most / 100 for wave in waves_of(rollout)]
            return bad.index(True) + 1 if True in bad else 0

        expected = 2
        name = next(f"bad-{i}" for i in range(1000) if first_bad(f"bad-{i}") == expected)
        waves = waves_of(name)
        plan = {"schema": "euphone.rollout/1", "id": name, "bundle": "std", "version": "1.1.0", "errors": {"at_most_percent": most}}
        plan |= {"waves": [{"percent": p} for p in percents] + [{"rest": True}], "success": {"at_least_percent": 100 - most}}
        file = self.folder / "plan.json"
        file.write_text(json.dumps(plan))
        self.assertEqual(hub.ask("rollout", "submit", str(file))["devices"], FLEET)
        shown = until(lambda: (r := hub.ask("rollout", "show", name))["settled"] and r, "an end", 300)
        self.assertEqual(shown["state"], "halted", shown["reason"])
        self.assertEqual(shown["wave"], expected)
        self.assertTrue(shown["reason"].startswith(f"wave {expected}:"), shown["reason"])
        for number, wave in enumerate(shown["in_waves"], 1):
            self.assertEqual(wave["started"], number <= expected)
            if number > expected:
                self.assertEqual(wave["stages"]["skipped"], wave["size"])
        # Nothing is ordered any more, and nobody who is sound is broken.
        self.assertEqual(hub.ask("devices", "show", waves[-1][0])["orders"], [])
        time.sleep(1)
        devices.send_signal(signal.SIGTERM)
        tally = json.loads(devices.communicate(timeout=60)[0])
        reached = sum(len(wave) for wave in waves[:expected])
        self.assertEqual(tally["broken"], 0)
        self.assertLessEqual(tally["updated"], reached)
        self.assertLess(tally["faulty"], FLEET)

    def test_nothing_is_lost_when_hub_and_nats_are_killed(self):
        hub = self.up()
        devices = self.devices("load", hub.url(), "50", "4", "400")
        time.sleep(1)
        hub.kill()
        hub.start()
        time.sleep(1)
        os.kill(until(lambda: server_of(self.folder), "a NATS server"), signal.SIGKILL)
        output, _ = devices.communicate(timeout=180)
        sent = json.loads(output)
        self.assertEqual(sent["unacknowledged"], 0, sent)
        self.assertEqual(hub.stop(), 0)
        with contextlib.closing(sqlite3.connect(self.folder / "hub.db")) as database:
            self.assertEqual(database.execute("SELECT count(*) FROM hub_uplink").fetchone()[0], sent["records"])

    def test_nothing_is_lost_when_postgresql_is_killed_too(self):
        """The long run is a command of its own: CONTRIBUTING.md."""
        soak = Path(__file__).resolve().parents[1] / "soak/soak_hub.py"
        command = [sys.executable, str(soak), PROGRAM, "--kills", "1", "--rate", "400"]
        result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_postgresql_may_come_later_and_has_one_hub(self):
        postgres = Postgres()
        self.addCleanup(postgres.close)
        postgres.stop()
        log = self.folder.with_suffix(".log")
        command = [PROGRAM, "fleet", "up", "--no-page", "--dir", str(self.folder), "--database", postgres.url]
        with open(log, "ab") as errors:
            hub = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        self.addCleanup(lambda: (hub.kill(), hub.communicate()))
        until(lambda: "cannot reach PostgreSQL" in log.read_text(), "a word that it is away")
        time.sleep(2.5)
        postgres.start()
        self.assertIn("The hub runs", hub.stdout.readline())
        self.assertEqual(log.read_text().count("cannot reach PostgreSQL"), 1)
        command[command.index(str(self.folder))] = str(self.folder.parent / "other")
        second = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(second.returncode, 1)
        self.assertIn("another hub runs on postgresql://127.0.0.1", second.stderr)
        wrong = subprocess.run([*command[:-1], postgres.url + "-none"], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(wrong.returncode, 1)
        self.assertIn("does not exist", wrong.stderr)

    def test_with_a_certificate_of_its_own(self):
        key, chain = self.folder.parent / "key.pem", self.folder.parent / "chain.pem"
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", chain]
        subprocess.run(command, check=True, capture_output=True)
        listen = ["--listen", f"127.0.0.1:{free_port()}", "--known-as", "localhost"]
        hub = self.up(*listen, "--certificate", str(chain), "--key", str(key))
        self.assertRegex(hub.ask("invite", "pi-1")["url"], "^tls://pi-1:.*@localhost:")
        self.assertEqual(hub.stop(), 0)

    def test_another_nats_server_may_carry_it(self):
        nats = Nats()
        self.addCleanup(nats.close)
        hub = self.up("--nats", nats.url)
        devices = self.devices("load", nats.url, "10", "1", "50")
        self.assertEqual(json.loads(devices.communicate(timeout=120)[0])["unacknowledged"], 0)
        self.assertEqual(hub.ask("status")["devices"], 10)
        self.assertIn("who may connect is said by the NATS server", hub.ask("invite", "pi-1", code=1))
        self.assertEqual(hub.stop(), 0)


if __name__ == "__main__":
    unittest.main()
