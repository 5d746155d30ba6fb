"""A running hub with its page, and devices that speak to it, for tests of its HTTP door."""

import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from serving import ask

PROGRAM = os.environ.get("EUPHONE_PROGRAM", "euphone")
PATIENCE = 120  # A machine may be busy with other tests.


class Hub:
    """`euphone fleet up --dev` with a page on a port of its own; `token` is that of who started it."""

    def __init__(self, *options):
        self.folder = tempfile.TemporaryDirectory(prefix="euphone-hub-page-")
        self.dir = Path(self.folder.name) / "hub"
        self.complaints = Path(self.folder.name) / "complaints"
        command = [PROGRAM, "fleet", "up", "--dev", "--dir", str(self.dir), "--page", "0", *options]
        with self.complaints.open("w") as sink:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=sink, text=True, env=os.environ | {"LC_ALL": "C.UTF-8"})
        self.url, self.code = self._link()
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        self.token = json.loads((self.dir / "hub.json").read_text())["token"]

    def _link(self) -> tuple[str, str]:
        for line in self.process.stdout:
            if link := re.search(r"(https?://\S+)/#/enter/(\w+)", line):
                return link[1], link[2]
        raise AssertionError(f"it says no link: {self.complaints.read_text()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        errors = self.complaints.read_text()
        self.process.stdout.close()
        self.folder.cleanup()
        assert (code, errors) == (0, ""), (code, errors)

    def ask(self, path, body=None, headers=None, method=None, context=None):
        """Status, headers and bytes."""
        return ask(self.url + path, body, headers, method, context, PATIENCE)

    def verb(self, verb, arguments=None, token=None, expected=200):
        """What the hub replies to a verb over HTTP."""
        headers = {"Authorization": f"Bearer {token or self.token}", "Content-Type": "application/json"}
        status, _, content = self.ask("/api/v1/fleet/" + verb, json.dumps(arguments or {}).encode(), headers)
        assert status == expected, (verb, status, content[:300])
        return json.loads(content)


class Device:
    """A device that was invited: it publishes, in NATS' own words, and hears nothing."""

    def __init__(self, hub: Hub, name: str):
        self.name = name
        url = urlsplit(hub.verb("devices.invite", {"device": name})["url"])
        hello = {"verbose": False, "user": url.username, "pass": url.password}
        deadline = time.monotonic() + PATIENCE
        # The server learns of a new user a moment later.
        while not self._connected(url, hello):
            assert time.monotonic() < deadline, "the NATS server does not let the device in"
            time.sleep(0.1)

    def _connected(self, url, hello) -> bool:
        self.socket = socket.create_connection((url.hostname, url.port))
        self.answers = self.socket.makefile("rb")
        self.answers.readline()
        self.socket.sendall(f"CONNECT {json.dumps(hello)}\r\nPING\r\n".encode())
        if self.answers.readline().startswith(b"PONG"):
            return True
        self.close()
        return False

    def close(self):
        self.answers.close()
        self.socket.close()

    def say(self, **what):
        """A message up: heartbeat=…, report=…, event=…"""
        body = json.dumps({"schema": "euphone.up/1", "device": self.name, "at": int(time.time()), **what}).encode()
        self.socket.sendall(f"PUB euphone.up.{self.name} {len(body)}\r\n".encode() + body + b"\r\nPING\r\n")
        while not (line := self.answers.readline()).startswith(b"PONG"):
            assert not line.startswith(b"-ERR"), line

    def heartbeat(self, version="1.2.0", **more):
        record = {"id": self.name, "hardware": "rpi4", "runtime": "0.2.0", "bundles": [{"bundle": "en-us-standard", "version": version}]}
        self.say(heartbeat={"record": record | more})
