"""Has a real hawkBit deploy signed releases to `euphone update follow`, as `./dev verify hawkbit` asks it: forced, tried first, only
fetched, cancelled, damaged, with a target's and a gateway's token. hawkbit.py PROGRAM CLASSES CLASSPATH_FILE"""

import base64
import itertools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
import uuid
from pathlib import Path

PATIENCE = 300  # Until hawkBit has started.
OPENED = "java.lang java.lang.reflect java.util java.text".split()  # It is older than this Java.


class HawkBit:
    """On a free port of this device, with a database in memory."""

    def __init__(self, classes: str, classpath: str, log: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        opened = [word for package in OPENED for word in ("--add-opens", f"java.base/{package}=ALL-UNNAMED")]
        options = {
            "server.port": port,
            "server.address": "127.0.0.1",
            "spring.datasource.url": "jdbc:h2:mem:hawkbit;DB_CLOSE_ON_EXIT=FALSE",
            "spring.datasource.driverClassName": "org.h2.Driver",
            "spring.jpa.database": "H2",
            "spring.main.allow-bean-definition-overriding": "true",
            "spring.security.user.name": "admin",
            "spring.security.user.password": "{noop}admin",
            "hawkbit.dmf.rabbitmq.enabled": "false",
            "org.eclipse.hawkbit.repository.file.path": log.parent / "artifacts",
            "logging.level.root": "WARN",
        }
        command = ["java", "-Xmx700m", "-XX:+UseSerialGC", *opened, "-cp", f"{classes}:{classpath}", "verify.Start"]
        command += [f"--{name}={value}" for name, value in options.items()]
        self.log = log
        with log.open("w") as sink:
            self.process = subprocess.Popen(command, stdout=sink, stderr=sink)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.ask("GET", "/rest/v1/targets")
                return
            except OSError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    sys.exit("hawkBit does not start:\n" + log.read_text()[-2000:])
                time.sleep(1)

    def stop(self):
        self.process.terminate()
        self.process.wait(60)

    def ask(self, method, path, body=None, kind="application/json"):
        """What the Management API answers."""
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=body, method=method)
        request.add_header("Authorization", "Basic " + base64.b64encode(b"admin:admin").decode())
        request.add_header("Content-Type", kind)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                content = answer.read()
        except urllib.error.HTTPError as refusal:
            raise AssertionError(f"{method} {path}: {refusal.code} {refusal.read()[:500]}") from None
        return json.loads(content) if content else None

    def configure(self, key, value):
        self.ask("PUT", f"/rest/v1/system/configs/{key}", {"value": value})

    def distribution(self, name, version, folder: Path):
        """A software module that has a folder's files, and a distribution set of it; the set's id."""
        made = {"name": name, "version": version, "type": "application"}
        module = self.ask("POST", "/rest/v1/softwaremodules", [made])[0]["id"]
        for file in sorted(folder.iterdir()):
            border = uuid.uuid4().hex
            head = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'
            body = head.encode() + file.read_bytes() + f"\r\n--{border}--\r\n".encode()
            self.ask("POST", f"/rest/v1/softwaremodules/{module}/artifacts", body, f"multipart/form-data; boundary={border}")
        made = {"name": name, "version": version, "type": "app", "modules": [{"id": module}]}
        return self.ask("POST", "/rest/v1/distributionsets", [made])[0]["id"]

    def assign(self, distribution, target, how="forced"):
        self.ask("POST", f"/rest/v1/distributionsets/{distribution}/assignedTargets", [{"id": target, "type": how}])

    def action(self, target):
        """The last one: its id, status and all that was said of it."""
        newest = max(self.ask("GET", f"/rest/v1/targets/{target}/actions")["content"], key=lambda one: one["id"])
        said = self.ask("GET", f"/rest/v1/targets/{target}/actions/{newest['id']}/status?limit=100")["content"]
        return newest["id"], newest["status"], [(one["type"], " ".join(filter(None, one["messages"]))) for one in said]


class Verify(unittest.TestCase):
    program: Path
    hub: HawkBit
    numbers = itertools.count(1)

    def setUp(self):
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.target = f"pi-{uuid.uuid4().hex[:6]}"
        made = {"controllerId": self.target, "name": self.target, "securityToken": "0123456789abcdef"}
        self.hub.ask("POST", "/rest/v1/targets", [made])
        here = {"HOME": str(self.path), "EUPHONE_UPDATES": str(self.path / "updates")}
        self.env = os.environ | here | {"EUPHONE_TARGET_TOKEN": "0123456789abcdef"}
        for name in ("root", "releases", "hub"):
            self.euphone("bundle", "keygen", name, "--no-passphrase")
        self.euphone(*"bundle init repo --root root.pub --release releases.pub --hub hub.pub".split())
        self.euphone(*"bundle sign repo --key root".split())
        folder = self.path / "tiny"
        models = self.program.parent / "share/euphone/models/en-us-tiny"
        shutil.copytree(models, folder)
        self.version = f"9.{next(self.numbers)}.0"  # This hawkBit has not seen it yet.
        manifest = json.loads((folder / "manifest.json").read_text())
        (folder / "manifest.json").write_text(json.dumps(manifest | {"version": self.version}))
        self.euphone("bundle", "add", "repo", folder)
        self.euphone("bundle", "sign", "repo", "--key", "releases")
        self.euphone("bundle", "announce", "repo", "--key", "hub")
        self.euphone("update", "trust", "repo/metadata/1.root.json")
        self.euphone("bundle", "artifacts", "repo", "en-us-tiny", "artifacts")

    def euphone(self, *words, code=0):
        command = [self.program, *map(str, words)]
        done = subprocess.run(command, cwd=self.path, env=self.env, capture_output=True, text=True, check=False, timeout=300)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return done.stdout + done.stderr

    def deploy(self, how="forced"):
        self.hub.assign(self.hub.distribution("en-us-tiny", self.version, self.path / "artifacts"), self.target, how)

    def follow(self, probation=0, code=0):
        url = f"{self.hub.url}/DEFAULT/controller/v1/{self.target}"
        return self.euphone("update", "follow", url, "--once", "--probation", probation, code=code)

    def status(self):
        return self.hub.ask("GET", f"/rest/v1/targets/{self.target}")["updateStatus"]

    def test_a_forced_deployment_comes_into_use_and_is_in_sync(self):
        self.follow()
        attributes = self.hub.ask("GET", f"/rest/v1/targets/{self.target}/attributes")
        self.assertEqual(attributes["compatible"], "euphone")
        self.deploy()
        self.assertIn("is in use", self.follow())
        _, status, said = self.hub.action(self.target)
        self.assertEqual((status, self.status()), ("finished", "in_sync"), said)
        self.follow()
        attributes = self.hub.ask("GET", f"/rest/v1/targets/{self.target}/attributes")
        self.assertEqual(attributes["bundle.en-us-tiny"], self.version)

    def test_a_soft_deployment_is_tried_first_and_can_be_cancelled(self):
        self.deploy("soft")
        self.follow()
        number, status, said = self.hub.action(self.target)
        self.assertEqual(status, "pending", said)
        self.assertIn("judges the next recordings", said[0][1])
        self.hub.ask("DELETE", f"/rest/v1/targets/{self.target}/actions/{number}")
        self.assertIn("cancels action", self.follow())
        said = self.hub.action(self.target)[2]
        self.assertIn("canceled", [kind for kind, _ in said], said)
        self.assertNotIn("next:", self.euphone("update", "status"))

    def test_a_cancellation_of_what_is_in_use_is_rejected(self):
        self.deploy()
        self.follow(probation=5)
        number, status, said = self.hub.action(self.target)
        self.assertEqual(status, "pending", said)
        self.hub.ask("DELETE", f"/rest/v1/targets/{self.target}/actions/{number}")
        self.follow(probation=5)
        said = self.hub.action(self.target)[2]
        self.assertIn("cancel_rejected", [kind for kind, _ in said], said)

    def test_what_is_only_to_be_fetched_is_fetched(self):
        self.deploy("downloadonly")
        self.follow()
        said = self.hub.action(self.target)[2]
        self.assertIn("downloaded", [kind for kind, _ in said], said)
        self.assertIn("next: " + self.version, self.euphone("update", "status"))

    def test_what_the_server_changed_is_an_error_there(self):
        bundle = next((self.path / "artifacts").glob("*.euphone"))
        content = bytearray(bundle.read_bytes())
        content[len(content) // 2] ^= 1
        bundle.write_bytes(content)
        self.deploy()
        self.follow()
        _, _, said = self.hub.action(self.target)
        self.assertEqual(self.status(), "error", said)
        self.assertIn("is not what was signed for", said[0][1])

    def test_tokens_are_looked_at(self):
        self.env["EUPHONE_TARGET_TOKEN"] = "another"
        self.assertIn("refuses this device", self.follow(code=1))
        del self.env["EUPHONE_TARGET_TOKEN"]
        self.hub.configure("authentication.gatewaytoken.enabled", True)
        self.hub.configure("authentication.gatewaytoken.key", "gateways-own")
        self.env["EUPHONE_GATEWAY_TOKEN"] = "gateways-own"
        self.follow()


if __name__ == "__main__":
    program, classes, classpath = sys.argv[1:]
    Verify.program = Path(program).resolve()
    with tempfile.TemporaryDirectory(prefix="euphone-hawkbit-") as scratch:
        Verify.hub = HawkBit(classes, Path(classpath).read_text().strip(), Path(scratch) / "log")
        try:
            Verify.hub.configure("authentication.targettoken.enabled", True)
            passed = unittest.main(argv=sys.argv[:1], exit=False, verbosity=2).result.wasSuccessful()
        finally:
            Verify.hub.stop()
    sys.exit(not passed)
