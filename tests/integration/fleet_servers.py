"""A real NATS server and a real PostgreSQL in temporary folders, for tests, figures and the soak of archives."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true_now, what: str, patience: float = PATIENCE):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if result := true_now():
            return result
        time.sleep(0.05)
    raise AssertionError(f"not within {patience} s: {what}")


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Nats:
    """nats-server with JetStream, on a port of its own; what it keeps outlives kill() and start()."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="euphone-nats-")
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        log = open(Path(self.folder.name) / "log", "ab")  # noqa: SIM115 (the server's, as long as it runs)
        command = ["nats-server", "-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", self.folder.name]
        self.process = subprocess.Popen(command, stdout=log, stderr=log)
        log.close()
        until(lambda: listens(self.port), "a NATS server that listens")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        self.kill()
        self.folder.cleanup()


class Postgres:
    """PostgreSQL with an empty database. It refuses to run as root: then it is another user's."""

    def __init__(self):
        self.bin = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.folder = Path(tempfile.mkdtemp(prefix="euphone-postgres-"))
        self.user = None
        if os.geteuid() == 0:
            self.user = pwd.getpwnam("nobody")
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.port = free_port()
        self._run("initdb", "-D", "data", "-A", "trust", "-U", "euphone", "-E", "UTF8", "--no-sync", "--locale=C")
        settings = f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = '{self.folder}'\n"
        with open(self.folder / "data/postgresql.conf", "a") as config:
            config.write(settings)
        self.start()
        self.url = f"postgresql://euphone@127.0.0.1:{self.port}/postgres"

    def _run(self, program: str, *arguments: str):
        subprocess.run([self.bin / program, *arguments], check=True, cwd=self.folder, stdout=subprocess.DEVNULL, **self._as_user())

    def _as_user(self) -> dict:
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}

    def start(self):
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-t", str(PATIENCE), "start")

    def stop(self, how: str = "immediate"):
        """immediate: as a crash; it recovers at the next start."""
        self._run("pg_ctl", "-D", "data", "-m", how, "-w", "stop")

    def query(self, statement: str) -> list[list[str]]:
        command = ["psql", self.url, "-X", "-q", "-A", "-t", "-F", "\t", "-c", statement]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return [line.split("\t") for line in output.splitlines()]

    def close(self):
        self.stop()
        shutil.rmtree(self.folder)
