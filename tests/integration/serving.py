"""A running `euphone serve`, and a client of its live sessions, for tests and figures."""

import asyncio
import json
import os
import queue
import signal
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import websockets

PROGRAM = os.environ.get("EUPHONE_PROGRAM", "euphone")
PATIENCE = 240  # A machine may be busy with other tests.


def ask(url, body=None, headers=None, method=None, context=None, patience=PATIENCE):
    """Status, headers and bytes."""
    request = urllib.request.Request(url, data=body, headers=headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=patience, context=context) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


class Server:
    """Begins on a port of its own; ends with SIGTERM, and must end well."""

    def __init__(self, *options, home: Path | None = None):
        # What the user of this machine keeps is not for tests.
        self.folder = tempfile.TemporaryDirectory(prefix="euphone-serve-")
        home = home or Path(self.folder.name)
        environment = os.environ | {"XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
        command = [PROGRAM, "serve", "--port", "0", "--json", *map(str, options)]
        self.complaints = Path(self.folder.name) / "complaints"  # No pipe: a long one would wait for somebody to read it.
        with self.complaints.open("w") as sink:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=sink, text=True, env=environment)
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.greeting = self.line()
        self.port = self.greeting["port"]
        self.lan = "fingerprint" in self.greeting
        self.url = f"{'https' if self.lan else 'http'}://127.0.0.1:{self.port}"

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(json.loads(line))

    def line(self) -> dict:
        """The next that it says."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                return self.lines.get(timeout=0.1)
            except queue.Empty:
                if self.process.poll() is not None and self.lines.empty():
                    break
        raise AssertionError(f"it says nothing: {self.process.poll()} {self.complaints.read_text()}")

    def stop(self, how=signal.SIGTERM) -> tuple[int, str]:
        self.process.send_signal(how)
        return self.wait()

    def wait(self) -> tuple[int, str]:
        code = self.process.wait(PATIENCE)
        errors = self.complaints.read_text()
        self.process.stdout.close()
        self.folder.cleanup()
        return code, errors

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            code, errors = self.stop()
            errors = [line for line in errors.splitlines() if "made a store in" not in line]
            assert (code, errors) == (0, []), (code, errors)

    def json(self, method, path, body=None, expected=200):
        """What comes back of a request with a JSON body, where the status is as expected; None where nothing does."""
        data = None if body is None else json.dumps(body).encode()
        status, _, content = self.ask(path, data, {"Content-Type": "application/json"}, method)
        assert status == expected, (method, path, status, content[:300])
        return json.loads(content) if content else None

    def ask(self, path, body=None, headers=None, method=None, context=None):
        """Status, headers and bytes."""
        return ask(self.url + path, body, headers, method, context)


class Live:
    """A client of one live session: sends audio, keeps what comes, and goes on after a lost connection."""

    def __init__(self, server: Server, **options):
        self.url = server.url.replace("http", "ws", 1) + "/api/v1/live"
        self.options = options
        self.socket = None
        self.session, self.rate, self.received, self.acknowledged = None, 16000, 0, 0
        self.events, self.other, self.arrived = [], [], []
        self.task = None

    async def start(self, **message):
        self.rate = message.get("rate", 16000)
        await self._open({"type": "start", "format": "pcm16", **message})

    async def resume(self):
        await self._open({"type": "resume", "session": self.session, "after": self.events[-1]["seq"] if self.events else 0})

    async def _open(self, message):
        self.socket = await websockets.connect(self.url, max_size=None, **self.options)
        await self.socket.send(json.dumps(message))
        first = json.loads(await self.socket.recv())
        if first["type"] not in ("ready", "resumed"):
            self.other.append(first)
            return
        self.session, self.received = first["session"], first["samples"]
        self.task = asyncio.create_task(self._read())

    async def _read(self):
        try:
            async for text in self.socket:
                message = json.loads(text)
                if message["type"] == "event":
                    self.events.append(message)
                    self.arrived.append(time.monotonic())
                elif message["type"] == "ack":
                    self.acknowledged = message["samples"]
                else:
                    self.other.append(message)
        except websockets.ConnectionClosed:
            pass

    async def send_packets(self, packets: list[bytes]):
        """Opus, from the start on."""
        for packet in packets:
            await self.socket.send(packet)

    async def send(self, pcm: bytes, speed: float | None = None, piece: int = 1600):
        """16-bit samples, from what the server has on; `speed` times real time, or as fast as it goes."""
        began, first = time.monotonic(), self.received
        for at in range(2 * self.received, len(pcm), 2 * piece):
            part = pcm[at : at + 2 * piece]
            if speed:
                await asyncio.sleep(max(0.0, began + (at // 2 - first + len(part) // 2) / self.rate / speed - time.monotonic()))
            await self.socket.send(part)

    async def drop(self):
        """The connection goes away without a word."""
        self.socket.transport.abort()
        await self.task

    async def finish(self):
        await self.socket.send(json.dumps({"type": "stop"}))
        await asyncio.wait_for(self.task, PATIENCE)

    async def wait_for(self, kind: str):
        deadline = time.monotonic() + PATIENCE
        while not self.told(kind):
            assert time.monotonic() < deadline, f"no {kind} came"
            await asyncio.sleep(0.05)

    def told(self, kind: str) -> list[dict]:
        return [message["event"] for message in self.events if message["event"]["event"] == kind]
