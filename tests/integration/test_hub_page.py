"""The hub's HTTP door against contract/fleet.openapi.json: every path, and every answer that can be had. Arguments come by environment:
EUPHONE_PROGRAM and EUPHONE_CONTRACT."""

import json
import os
import re
import ssl
import time
import unittest
from pathlib import Path

import jsonschema
from fleet_servers import until
from hub_page import PATIENCE, Device, Hub

DESCRIPTION = json.loads((Path(os.environ["EUPHONE_CONTRACT"]) / "fleet.openapi.json").read_text())
FLEET = "/api/v1/fleet/"
PLAN = {
    "schema": "euphone.rollout/1",
    "id": "r-1",
    "bundle": "en-us-standard",
    "version": "1.3.0",
    "waves": [{"count": 1}, {"rest": True}],
    "approvals": [2],
}
VERBS = [  # (verb, arguments, expected status), as an admin
    ("hub.status", {}, 200),
    ("hub.status", {"more": 1}, 422),
    ("hub.whoami", {}, 200),
    ("hub.metrics", {}, 200),
    ("devices.list", {"filter": "hardware = rpi* and version(en-us-standard) < 1.3.0"}, 200),
    ("devices.list", {"filter": "hardware = "}, 422),
    ("devices.show", {"device": "d-1"}, 200),
    ("devices.show", {"device": "nobody"}, 404),
    ("devices.show", {}, 422),
    ("devices.records", {"device": "d-1"}, 200),
    ("devices.tag", {"device": "d-1", "add": ["pilot"], "remove": []}, 200),
    ("devices.group", {"device": "d-1", "add": ["early"]}, 200),
    ("devices.group", {"device": "nobody", "add": ["early"]}, 404),
    ("rollouts.submit", {"plan": PLAN}, 200),
    ("rollouts.submit", {"plan": PLAN}, 422),
    ("rollouts.submit", {}, 422),
    ("rollouts.list", {}, 200),
    ("rollouts.show", {"rollout": "r-1", "devices": True, "stage": "pending"}, 200),
    ("rollouts.show", {"rollout": "none"}, 404),
    ("rollouts.approve", {"rollout": "r-1", "wave": 2}, 200),
    ("rollouts.approve", {"rollout": "r-1", "wave": 1}, 422),
    ("rollouts.pause", {"rollout": "r-1"}, 200),
    ("rollouts.pause", {"rollout": "r-1"}, 422),
    ("rollouts.resume", {"rollout": "r-1"}, 200),
    ("rollouts.abort", {"rollout": "r-1", "reason": "a test"}, 200),
    ("rollouts.abort", {"rollout": "r-1"}, 422),
    ("devices.invite", {"device": "d-9"}, 200),
    ("devices.invite", {"device": "d 9"}, 422),
    ("devices.revoke", {"device": "d-9"}, 200),
    ("devices.revoke", {"device": "d-9"}, 404),
    ("devices.forget", {"device": "d-2"}, 200),
    ("devices.forget", {"device": "d-2"}, 404),
    ("classes.list", {}, 200),
    ("classes.put", {"device": "d-1", "class": "3b", "role": "student", "user": "0b0c7f0e-5c55-4c1b-9d2e-3f6a1f0e9a11"}, 200),
    ("classes.put", {"device": "d-1"}, 422),
    ("classes.remove", {"device": "d-1"}, 200),
    ("classes.remove", {"device": "d-1"}, 404),
    ("audit.list", {"check": True, "most": 5}, 200),
    ("aside.list", {}, 200),
    ("users.add", {"name": "v", "role": "viewer"}, 200),
    ("users.add", {"name": "v", "role": "king"}, 422),
    ("users.list", {}, 200),
    ("users.remove", {"name": "v"}, 200),
    ("repository.list", {}, 200),
    ("repository.put", {"path": "chunks/00/0.zst", "data": "e30="}, 200),
    ("repository.put", {"path": "metadata/1.root.json", "data": "e30="}, 422),
    ("repository.put", {"path": "../1.root.json", "data": "e30="}, 422),
]
OTHERS = [  # (method, path, body, headers, expected status)
    ("get", "/", None, {}, 200),
    ("get", "/", None, {"Host": "evil.example"}, 421),
    ("get", "/api", None, {}, 200),
    ("get", "/api", None, {"Origin": "http://evil.example"}, 403),
    ("get", "/metrics", None, {}, 200),
    ("get", "/metrics", None, {"X-Forwarded-For": "192.0.2.7"}, 401),
    ("get", "/metrics", None, {"X-Forwarded-For": "192.0.2.7", "Authorization": "Bearer TOKEN"}, 200),
    ("get", "/api/v1/health", None, {}, 200),
    ("get", "/api/v1/version", None, {}, 200),
    ("post", "/api/v1/enter", b"{}", {}, 422),
    ("post", "/api/v1/enter", b'{"code":"0"}', {}, 401),
    ("post", "/api/v1/enter", bytes(2000), {}, 413),
    ("post", FLEET + "hub.status", b"{}", {"Authorization": "Bearer admin.0"}, 401),
    ("post", FLEET + "hub.status", b"{}", {}, 401),
    ("post", FLEET + "hub.status", b"[]", {"Authorization": "Bearer TOKEN"}, 422),
    ("post", FLEET + "hub.status", b"", {"Authorization": "Bearer TOKEN"}, 200),
    ("post", FLEET + "users.list", b"{}", {"Authorization": "Bearer VIEWER"}, 403),
]


class HubPageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hub = cls.enterClassContext(Hub())
        cls.devices = [Device(cls.hub, name) for name in ("d-1", "d-2", "d-3")]
        for device in cls.devices:
            cls.addClassCleanup(device.close)
            device.heartbeat()
        until(lambda: cls.hub.verb("hub.status")["devices"] == 3, "three devices were heard of", PATIENCE)

    def assert_described(self, method, path, status, headers, content):
        responses = DESCRIPTION["paths"][path][method]["responses"]
        self.assertIn(str(status), responses, path)
        described = responses[str(status)]
        described = DESCRIPTION["components"]["responses"].get(described.get("$ref", "").rpartition("/")[2], described)
        media = headers["Content-Type"].split(";")[0]
        self.assertIn(media, described["content"])
        if media == "application/json":
            schema = {**described["content"][media]["schema"], "components": DESCRIPTION["components"]}
            jsonschema.Draft202012Validator(schema).validate(json.loads(content))

    def test_every_verb_answers_as_described(self):
        for verb, arguments, expected in VERBS:
            with self.subTest(verb=verb, arguments=arguments):
                headers = {"Authorization": "Bearer " + self.hub.token}
                status, got, content = self.hub.ask(FLEET + verb, json.dumps(arguments).encode(), headers)
                for _ in range(50):  # Where users have just changed, the NATS server is reading them again.
                    if status != 503:
                        break
                    time.sleep(0.1)
                    status, got, content = self.hub.ask(FLEET + verb, json.dumps(arguments).encode(), headers)
                self.assertEqual(status, expected, content[:300])
                self.assert_described("post", FLEET + verb, status, got, content)
                if expected == 200:
                    schema = DESCRIPTION["paths"][FLEET + verb]["post"]["requestBody"]["content"]["application/json"]["schema"]
                    jsonschema.Draft202012Validator(schema).validate(arguments)

    def test_every_other_path_does_too(self):
        viewer = self.hub.verb("users.add", {"name": "looks", "role": "viewer"})["token"]
        for method, path, body, headers, expected in OTHERS:
            with self.subTest(method=method, path=path, headers=headers):
                headers = {k: v.replace("TOKEN", self.hub.token).replace("VIEWER", viewer) for k, v in headers.items()}
                status, got, content = self.hub.ask(path, body, headers, method.upper())
                self.assertEqual(status, expected, content[:300])
                self.assert_described(method, path, status, got, content)

    def test_no_path_and_no_verb_is_left_out(self):
        described = {(method, path) for path, methods in DESCRIPTION["paths"].items() for method in methods}
        asked = {("post", FLEET + verb) for verb, *_ in VERBS} | {(method, path) for method, path, *_ in OTHERS}
        self.assertEqual(described, asked)
        self.assertEqual(
            {FLEET + verb for verb in self.hub.verb("hub.whoami")["may"]}, {p for p in DESCRIPTION["paths"] if p.startswith(FLEET)}
        )

    def test_the_description_is_what_the_server_gives(self):
        self.assertEqual(json.loads(self.hub.ask("/api")[2]), DESCRIPTION)
        for name in re.findall(r'"#/components/(?:schemas|responses)/(\w+)"', json.dumps(DESCRIPTION)):
            self.assertTrue(name in DESCRIPTION["components"]["schemas"] or name in DESCRIPTION["components"]["responses"], name)

    def test_a_verb_that_is_none_and_a_method_that_is_none_are_told(self):
        status, _, content = self.hub.ask(FLEET + "devices.sing", b"{}", {"Authorization": "Bearer " + self.hub.token})
        self.assertEqual((status, json.loads(content)["error"]["code"]), (404, "unknown_verb"))
        status, headers, _ = self.hub.ask(FLEET + "hub.status", None, {"Authorization": "Bearer " + self.hub.token})
        self.assertEqual((status, headers["Allow"]), (405, "POST"))

    def test_what_a_role_does_not_allow_is_refused_and_not_offered(self):
        for role, may, may_not in (
            ("viewer", "devices.list", "rollouts.pause"),
            ("operator", "rollouts.pause", "users.list"),
            ("signer", "repository.list", "devices.tag"),
        ):
            token = self.hub.verb("users.add", {"name": "role-" + role, "role": role})["token"]
            offered = self.hub.verb("hub.whoami", token=token)["may"]
            self.assertIn(may, offered)
            self.assertNotIn(may_not, offered)
            refused = self.hub.verb(may_not, {"rollout": "r-1"}, token=token, expected=403)
            self.assertEqual(refused["error"]["code"], "not_allowed")
            self.hub.verb("users.remove", {"name": "role-" + role})
            self.hub.verb("hub.whoami", token=token, expected=401)

    def test_the_link_lets_one_in_once(self):
        body = json.dumps({"code": self.hub.code}).encode()
        status, _, content = self.hub.ask("/api/v1/enter", body)
        self.assertEqual(status, 200)
        self.assertEqual(json.loads(content), {"token": self.hub.token})
        self.assertEqual(self.hub.ask("/api/v1/enter", body)[0], 401)


class LanTest(unittest.TestCase):
    def test_others_come_in_through_tls_alone(self):
        with Hub("--lan") as hub:
            self.assertTrue(hub.url.startswith("https://"))
            port = hub.url.rpartition(":")[2]
            hub.url = f"https://127.0.0.1:{port}"
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            self.assertEqual(hub.ask("/api/v1/version", context=context)[0], 200)
            with self.assertRaises(Exception):  # noqa: B017 (whatever a client makes of a closed connection)
                hub.url = f"http://127.0.0.1:{port}"
                hub.ask("/api/v1/version")


if __name__ == "__main__":
    unittest.main()
