"""The running server against contract/api.openapi.json: every path and every answer that can be had. Arguments come by environment:
EUPHONE_PROGRAM, EUPHONE_SAMPLES and EUPHONE_CONTRACT."""

import base64
import json
import os
import re
import unittest
from pathlib import Path

import jsonschema
from serving import Server
from test_serve import LEARNER, QUERY

DESCRIPTION = json.loads((Path(os.environ["EUPHONE_CONTRACT"]) / "api.openapi.json").read_text())
ANALYSIS = json.loads((Path(os.environ["EUPHONE_CONTRACT"]) / "analysis.schema.json").read_text())
AUDIO = LEARNER.read_bytes()
AZURE = "/speech/recognition/conversation/cognitiveservices/v1"
ASSESS = {"Pronunciation-Assessment": base64.b64encode(b'{"ReferenceText":"Next year will be different, she thought."}').decode()}
REQUESTS = [  # (method, pattern, path, body, headers, expected status)
    ("get", "/", "/", None, {}, 200),
    ("get", "/", "/", None, {"Host": "evil.example"}, 421),
    ("get", "/api", "/api", None, {}, 200),
    ("get", "/api", "/api", None, {"Origin": "http://evil.example"}, 403),
    ("get", "/metrics", "/metrics", None, {}, 200),
    ("get", "/api/v1/health", "/api/v1/health", None, {}, 200),
    ("get", "/api/v1/version", "/api/v1/version", None, {}, 200),
    ("post", "/api/v1/pair", "/api/v1/pair", b"{}", {}, 404),
    ("post", "/api/v1/pair", "/api/v1/pair", bytes(2000), {}, 413),
    ("get", "/api/v1/lessons", "/api/v1/lessons", None, {}, 200),
    ("get", "/api/v1/lessons/{name}", "/api/v1/lessons/everyday", None, {}, 200),
    ("get", "/api/v1/lessons/{name}", "/api/v1/lessons/none", None, {}, 404),
    ("get", "/api/v1/lessons/{name}", "/api/v1/lessons/%2e%2e", None, {}, 400),
    ("get", "/api/v1/lessons/{name}/{item}/audio", "/api/v1/lessons/everyday/hello/audio?slow=1", None, {}, 200),
    ("get", "/api/v1/lessons/{name}/{item}/audio", "/api/v1/lessons/everyday/none/audio", None, {}, 404),
    ("get", "/api/v1/lessons/{name}/{item}/audio", "/api/v1/lessons/everyday/hello/audio?%", None, {}, 400),
    ("get", "/api/v1/reference", "/api/v1/reference?text=I+think+so.&word=think", None, {}, 200),
    ("get", "/api/v1/reference", "/api/v1/reference", None, {}, 400),
    ("post", "/api/v1/analyses", QUERY, AUDIO, {}, 200),
    ("post", "/api/v1/analyses", "/api/v1/analyses?lesson=everyday&item=hello", AUDIO, {}, 200),
    ("post", "/api/v1/analyses", QUERY, b"", {}, 400),
    ("post", "/api/v1/analyses", "/api/v1/analyses?lesson=none&item=none", AUDIO, {}, 404),
    ("post", "/api/v1/analyses", QUERY, b"garbage" * 9, {}, 415),
    ("post", "/api/v1/analyses", QUERY, b"x", {"Content-Type": "multipart/form-data; boundary=X"}, 422),
    ("post", AZURE, AZURE, AUDIO, ASSESS, 200),
    ("post", AZURE, AZURE, AUDIO, {}, 400),
    ("get", "/api/v1/live", "/api/v1/live", None, {}, 426),
]


def resolved(schema):
    """References inside the description as references inside one schema."""
    return {**schema, "components": DESCRIPTION["components"]}


class DescriptionTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server())

    def test_it_is_what_the_server_gives(self):
        self.assertEqual(json.loads(self.server.ask("/api")[2]), DESCRIPTION)
        self.assertEqual(DESCRIPTION["openapi"], "3.1.0")

    def test_every_schema_in_it_is_one_and_every_reference_leads_somewhere(self):
        for schema in DESCRIPTION["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)
        for name in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(DESCRIPTION)):
            self.assertIn(name, DESCRIPTION["components"]["schemas"])

    def test_every_path_answers_as_described(self):
        for method, pattern, path, body, headers, expected in REQUESTS:
            with self.subTest(method=method, path=path, expected=expected):
                status, got, content = self.server.ask(path, body, headers, method=method.upper())
                self.assertEqual(status, expected, content[:200])
                described = DESCRIPTION["paths"][pattern][method]["responses"][str(status)]["content"]
                media = got["Content-Type"].split(";")[0]
                self.assertIn(media, described)
                if media == "application/json":
                    jsonschema.Draft202012Validator(resolved(described[media]["schema"])).validate(json.loads(content))

    def test_no_path_is_left_out(self):
        described = {(method, path) for path, methods in DESCRIPTION["paths"].items() for method in methods}
        self.assertEqual(described, {(method, pattern) for method, pattern, *_ in REQUESTS})

    def test_a_method_that_is_not_described_is_refused(self):
        for path, methods in DESCRIPTION["paths"].items():
            other = "GET" if "post" in methods else "POST"
            where = path.replace("{name}", "everyday").replace("{item}", "hello")
            status, headers, content = self.server.ask(where, b"" if other == "POST" else None, method=other)
            self.assertEqual(status, 405, path)
            self.assertIn("GET" if other == "POST" else "POST", headers["Allow"])
            jsonschema.validate(json.loads(content), DESCRIPTION["components"]["schemas"]["Error"])

    def test_an_analysis_is_the_document_that_it_says_it_is(self):
        jsonschema.Draft202012Validator(ANALYSIS).validate(json.loads(self.server.ask(QUERY, AUDIO)[2]))


if __name__ == "__main__":
    unittest.main()
