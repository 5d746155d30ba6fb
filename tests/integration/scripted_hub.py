"""A fleet's hub as far as devices see it, on a real NATS server: puts repositories and orders, reads what comes up."""

import base64
import json
import socket
from pathlib import Path

from fleet_servers import Nats


class Client:
    """The little of NATS' protocol that a test needs: publish, and ask for one answer."""

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.file = self.socket.makefile("rb")
        self.file.readline()  # INFO
        self.asked = 0
        self._send(b'CONNECT {"verbose":false,"pedantic":false,"name":"hub","headers":false,"no_responders":false}\r\nSUB answers.* 1\r\n')

    def _send(self, data: bytes):
        self.socket.sendall(data)

    def request(self, subject: str, data: bytes = b"") -> bytes:
        self.asked += 1
        reply = f"answers.{self.asked}"
        self._send(f"PUB {subject} {reply} {len(data)}\r\n".encode() + data + b"\r\n")
        while True:
            line = self.file.readline()
            if not line:
                raise ConnectionError("the NATS server is gone")
            words = line.split()
            if words[0] == b"PING":
                self._send(b"PONG\r\n")
            elif words[0] == b"-ERR":
                raise ConnectionError(line.decode())
            elif words[0] == b"MSG":
                answer = self.file.read(int(words[-1]) + 2)[:-2]
                if words[1].decode() == reply:
                    return answer

    def ask(self, what: str, question: dict | None = None) -> dict:
        """Of JetStream: "STREAM.CREATE.NAME"."""
        return json.loads(self.request(f"$JS.API.{what}", json.dumps(question or {}).encode()))

    def close(self):
        self.file.close()
        self.socket.close()


class ScriptedHub:
    def __init__(self):
        self.nats = Nats()
        self.url = f"nats://pi-7:secret@127.0.0.1:{self.nats.port}"
        self.client = Client(self.nats.port)
        self.heard, self.taken = [], 0
        self._make("EUPHONE_UP", ["euphone.up.*"], retention="workqueue")
        for bucket in ("euphone_orders", "euphone_repository"):
            self._make(
                f"KV_{bucket}",
                [f"$KV.{bucket}.>"],
                max_msgs_per_subject=1,
                allow_rollup_hdrs=True,
                deny_delete=True,
                allow_direct=True,
                discard="new",
            )

    def _make(self, name, subjects, **settings):
        spec = {"name": name, "subjects": subjects, "storage": "file", "num_replicas": 1}
        made = self.client.ask(f"STREAM.CREATE.{name}", spec | settings)
        assert "error" not in made, made

    def put(self, bucket: str, key: str, content: bytes):
        kept = json.loads(self.client.request(f"$KV.{bucket}.{key}", content))
        assert "error" not in kept, kept

    def put_repository(self, folder: Path):
        """What is pointed to before what points there."""
        files = [file for part in ("metadata", "chunks") for file in (folder / part).rglob("*") if file.is_file()]
        for file in sorted(files, key=lambda file: (file.name == "timestamp.json", file)):
            self.put("euphone_repository", file.relative_to(folder).as_posix(), file.read_bytes())

    def order(self, *offers: tuple, device: str = "pi-7"):
        """Each: rollout, attempt, bundle, version."""
        names = ("rollout", "attempt", "bundle", "version")
        orders = {"schema": "euphone.orders/1", "offers": [dict(zip(names, offer, strict=True)) for offer in offers]}
        self.put("euphone_orders", device, json.dumps(orders).encode())

    def hear(self) -> list[dict]:
        """All that has come up so far."""
        last = self.client.ask("STREAM.INFO.EUPHONE_UP")["state"]["last_seq"]
        while self.taken < last:
            self.taken += 1
            got = self.client.ask("STREAM.MSG.GET.EUPHONE_UP", {"seq": self.taken})
            self.heard.append(json.loads(base64.b64decode(got["message"]["data"])))
        return self.heard

    def all(self, kind: str) -> list[dict]:
        return [message[kind] for message in self.hear() if kind in message]

    def end(self, attempt: int) -> dict | None:
        """The report with which that offer came to an end."""
        final = ("succeeded", "failed", "rolled_back", "skipped")
        ends = [one for one in self.all("report") if one["attempt"] == attempt and one["stage"] in final]
        return ends[-1] if ends else None

    def kill(self):
        self.client.close()
        self.nats.kill()

    def start(self):
        self.nats.start()
        self.client = Client(self.nats.port)

    def close(self):
        self.client.close()
        self.nats.close()
