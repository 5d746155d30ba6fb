"""Has AWS's own SDK, in packaging/greengrass/bridge.py, speak with a stand-in of the Nucleus over a Unix socket: AWS's event stream, with
checksums, its handshake and three of its operations. What AWS's real Nucleus does is not shown by it. greengrass_ipc.py"""

import base64
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import zlib
from pathlib import Path

BRIDGE = Path(__file__).resolve().parents[2] / "packaging/greengrass/bridge.py"
APPLICATION, ERROR, CONNECT, CONNECT_ACK = 0, 1, 4, 5
ACCEPTED, LAST = 1, 2
TOKEN = "svcuid-of-the-component"


def encoded(headers: dict, payload: bytes) -> bytes:
    head = b""
    for name, value in headers.items():
        head += struct.pack("B", len(name)) + name.encode()
        if isinstance(value, int):
            head += struct.pack(">Bi", 4, value)
        else:
            head += struct.pack(">BH", 7, len(value)) + value.encode()
    prelude = struct.pack(">II", 16 + len(head) + len(payload), len(head))
    message = prelude + struct.pack(">I", zlib.crc32(prelude)) + head + payload
    return message + struct.pack(">I", zlib.crc32(message))


def decoded(message: bytes) -> tuple[dict, bytes]:
    total, length, checksum = struct.unpack(">III", message[:12])
    assert total == len(message) and checksum == zlib.crc32(message[:8])
    assert struct.unpack(">I", message[-4:])[0] == zlib.crc32(message[:-4])
    headers, at = {}, 12
    while at < 12 + length:
        end = at + 1 + message[at]
        name, kind = message[at + 1 : end].decode(), message[end]
        if kind == 4:
            headers[name], at = struct.unpack(">i", message[end + 1 : end + 5])[0], end + 5
        else:
            assert kind == 7, f"a header of type {kind}"
            size = struct.unpack(">H", message[end + 1 : end + 3])[0]
            headers[name], at = message[end + 3 : end + 3 + size].decode(), end + 3 + size
    return headers, message[12 + length : -4]


class Nucleus:
    """Takes one component's messages; `published` and `to_cloud` hold them as (topic, content)."""

    def __init__(self, path: Path):
        self.published, self.to_cloud, self.subscribed = [], [], threading.Event()
        self.refuse = False
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection):
        with connection, connection.makefile("rb") as stream:
            while begun := stream.read(4):
                headers, payload = decoded(begun + stream.read(struct.unpack(">I", begun)[0] - 4))
                if headers[":message-type"] == CONNECT:
                    good = json.loads(payload)["authToken"] == TOKEN and headers[":version"] == "0.1.0"
                    answer = {":message-type": CONNECT_ACK, ":message-flags": ACCEPTED if good else 0, ":stream-id": 0}
                    connection.sendall(encoded(answer, b""))
                elif headers[":message-type"] == APPLICATION and "operation" in headers:
                    self.operate(connection, headers, json.loads(payload))

    def operate(self, connection, headers, request):
        name = headers["operation"].removeprefix("aws.greengrass#")
        flags, said = LAST, {}
        if self.refuse:
            self.say(connection, headers, LAST, "UnauthorizedError", {"message": "no policy allows it"}, ERROR)
            return
        if name == "PublishToTopic":
            self.published.append((request["topic"], base64.b64decode(request["publishMessage"]["binaryMessage"]["message"])))
        elif name == "PublishToIoTCore":
            self.to_cloud.append((request["topicName"], base64.b64decode(request["payload"])))
        elif name == "SubscribeToTopic":
            flags, said = 0, {"topicName": request["topic"]}
        else:
            raise AssertionError(name)
        self.say(connection, headers, flags, name + "Response", said)
        if name == "SubscribeToTopic":
            message = {"binaryMessage": {"message": base64.b64encode(b"run").decode(), "context": {"topic": request["topic"]}}}
            self.say(connection, headers, 0, "SubscriptionResponseMessage", message)
            self.subscribed.set()

    def say(self, connection, headers, flags, kind, payload, message_type=APPLICATION):
        answer = {
            ":message-type": message_type,
            ":message-flags": flags,
            ":stream-id": headers[":stream-id"],
            "service-model-type": "aws.greengrass#" + kind,
            ":content-type": "application/json",
        }
        connection.sendall(encoded(answer, json.dumps(payload).encode()))


class BridgeTest(unittest.TestCase):
    def setUp(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        path = Path(folder) / "ipc.socket"
        self.nucleus = Nucleus(path)
        self.env = os.environ | {"AWS_GG_NUCLEUS_DOMAIN_SOCKET_FILEPATH_FOR_COMPONENT": str(path), "SVCUID": TOKEN}

    def bridge(self, *words):
        command = [sys.executable, BRIDGE, "euphone/releases", *words]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = subprocess.Popen(command, env=self.env, text=True, **pipes)
        self.enterContext(process)
        self.addCleanup(process.kill)
        return process

    def test_each_line_is_published(self):
        _, errors = self.bridge().communicate('{"standing":"waits"}\n\n{"standing":"good"}\n', timeout=60)
        self.assertEqual(errors, "")
        self.assertEqual([content for _, content in self.nucleus.published], [b'{"standing":"waits"}', b'{"standing":"good"}'])
        self.assertEqual({topic for topic, _ in self.nucleus.published}, {"euphone/releases"})
        self.assertEqual(self.nucleus.to_cloud, [])

    def test_where_it_is_told_to_it_publishes_to_the_cloud_too(self):
        self.bridge("--to-cloud").communicate("a\n", timeout=60)
        self.assertEqual(self.nucleus.to_cloud, [("euphone/releases", b"a")])

    def test_what_others_publish_comes_out_as_lines(self):
        process = self.bridge("--listen", "euphone/orders")
        self.assertTrue(self.nucleus.subscribed.wait(60))
        self.assertEqual(process.stdout.readline(), "run\n")

    def test_a_refusal_is_told_and_does_not_end_it(self):
        self.nucleus.refuse = True
        process = self.bridge()
        _, errors = process.communicate("a\nb\n", timeout=60)
        self.assertEqual(errors.count("not published"), 2, errors)
        self.assertEqual(process.returncode, 0)

    def test_without_a_nucleus_it_gives_up(self):
        self.env["AWS_GG_NUCLEUS_DOMAIN_SOCKET_FILEPATH_FOR_COMPONENT"] += "-elsewhere"
        began = time.monotonic()
        process = self.bridge()
        _, errors = process.communicate("a\n", timeout=120)
        self.assertIn("the Nucleus does not answer", errors)
        self.assertLess(time.monotonic() - began, 100)


if __name__ == "__main__":
    unittest.main(verbosity=2)
