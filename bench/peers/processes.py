"""Processes that listen on one core: those of bench/peers by worker.py, Euphone as what it is for other programs, a server of the Model
Context Protocol on its standard input and output."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")}


class Listener:
    """A process, pinned to one core, that answers one recording after the other."""

    def __init__(self, command: list, core: int):
        self.started = time.perf_counter()
        environment = os.environ | ONE_THREAD | {"PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )

    def ask(self, message: dict) -> bytes:
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args[0]} died with {self.process.wait()} when asked {message}")
        return line

    def processor_ms(self) -> float | None:
        """Of all its threads so far; nothing where the kernel does not count it."""
        spent = 0
        try:
            for task in Path(f"/proc/{self.process.pid}/task").iterdir():
                spent += int((task / "schedstat").read_text().split()[0])
        except (OSError, IndexError, ValueError):
            return None
        return spent / 1e6

    def peak_mb(self) -> float:
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
        return 0.0

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


class Worker(Listener):
    """One of bench/peers: the time is taken around its own call, not around the pipe."""

    def __init__(self, python: Path, name: str, core: int):
        super().__init__([python, HERE / "worker.py", name], core)

    def hear(self, recording: Path, text: str) -> tuple[float, dict]:
        answer = json.loads(self.ask({"recording": str(recording), "text": text}))
        return answer["ms"], answer["heard"]

    def facts(self) -> dict:
        return json.loads(self.ask({}))

    def vowel(self, recording: Path, between: tuple[float, float]) -> dict:
        return json.loads(self.ask({"vowel": str(recording), "between": between}))


class Euphone(Listener):
    """The time is that until the whole analysis has been read from the pipe."""

    def __init__(self, program: Path, model: str, folder: Path, core: int):
        super().__init__([program, "--threads", "1", "--model", model, "mcp", "--root", folder], core)
        version = "2025-06-18"
        self._call("initialize", {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}})

    def _call(self, method: str, parameters: dict) -> bytes:
        return self.ask({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters})

    def hear(self, recording: Path, text: str) -> tuple[float, dict]:
        start = time.perf_counter()
        line = self._call("tools/call", {"name": "analyze_recording", "arguments": {"path": str(recording), "text": text}})
        ms = 1e3 * (time.perf_counter() - start)
        analysis = json.loads(line)["result"]["structuredContent"]
        return ms, analysis | {"count": sum(len(word["phones"]) for word in analysis["words"])}
