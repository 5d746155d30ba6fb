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
JSON = {"Content-Type": "application/json"}
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
    ("get", "/api/v1/models", "/api/v1/models", None, {}, 200),
    ("post", "/api/v1/pair", "/api/v1/pair", b"{}", {}, 404),
    ("post", "/api/v1/pair", "/api/v1/pair", bytes(2000), {}, 413),
    ("get", "/api/v1/access", "/api/v1/access", None, {}, 200),
    ("post", "/api/v1/invitations", "/api/v1/invitations", b'{"learner":"nobody"}', {}, 404),
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
    ("get", "/api/v1/room", "/api/v1/room", None, {}, 426),
    ("get", "/api/v1/reference/analysis", "/api/v1/reference/analysis?text=I+think+so.", None, {}, 200),
    ("get", "/api/v1/reference/analysis", "/api/v1/reference/analysis?lesson=everyday&item=none", None, {}, 404),
    # What is kept: nobody yet, somebody, her takes, and nobody again.
    ("get", "/api/v1/learners", "/api/v1/learners", None, {}, 200),
    ("get", "/api/v1/takes", "/api/v1/takes", None, {}, 404),
    ("post", "/api/v1/learners", "/api/v1/learners", b'{"name":""}', {}, 400),
    ("post", "/api/v1/learners", "/api/v1/learners", b'{"name":"Ana","first_language":"ko"}', {}, 201),
    ("get", "/api/v1/learners", "/api/v1/learners", None, {}, 200),
    ("get", "/api/v1/learners/{learner}", "/api/v1/learners/LEARNER", None, {}, 200),
    ("get", "/api/v1/learners/{learner}", "/api/v1/learners/nobody", None, {}, 404),
    ("patch", "/api/v1/learners/{learner}", "/api/v1/learners/LEARNER", b'{"name":"Anna"}', {}, 200),
    ("patch", "/api/v1/learners/{learner}", "/api/v1/learners/LEARNER", b'{"nick":"A"}', {}, 400),
    ("post", "/api/v1/analyses", QUERY + "&learner=LEARNER", AUDIO, {}, 200),
    ("post", "/api/v1/analyses", QUERY + "&learner=nobody", AUDIO, {}, 404),
    ("get", "/api/v1/takes", "/api/v1/takes?learner=LEARNER&search=year&order=worst&limit=1", None, {}, 200),
    ("get", "/api/v1/takes", "/api/v1/takes?order=loudest", None, {}, 400),
    ("get", "/api/v1/takes/{take}", "/api/v1/takes/TAKE", None, {}, 200),
    ("get", "/api/v1/takes/{take}", "/api/v1/takes/none", None, {}, 404),
    ("patch", "/api/v1/takes/{take}", "/api/v1/takes/TAKE", b'{"starred":true,"note":"Good."}', {}, 200),
    ("patch", "/api/v1/takes/{take}", "/api/v1/takes/TAKE", b'{"total":100}', {}, 400),
    ("get", "/api/v1/takes/{take}/audio", "/api/v1/takes/TAKE/audio", None, {}, 200),
    ("post", "/api/v1/takes/{take}/analyses", "/api/v1/takes/TAKE/analyses", b"", {}, 409),
    ("patch", "/api/v1/models", "/api/v1/models", b'{"judge":"en-us-tiny"}', {}, 200),
    ("patch", "/api/v1/models", "/api/v1/models", b'{"judge":"../en-us-tiny"}', {}, 404),
    ("patch", "/api/v1/models", "/api/v1/models", b'{"judge":null}', {}, 400),
    ("patch", "/api/v1/models", "/api/v1/models", b'{"judge":"en-us-standard"}', {}, 200),
    # What a teacher says of a take and asks for.
    ("post", "/api/v1/takes/{take}/comments", "/api/v1/takes/TAKE/comments", b'{"author":"Ms Kim","text":"Good."}', JSON, 201),
    ("post", "/api/v1/takes/{take}/comments", "/api/v1/takes/TAKE/comments?author=Ms+Kim", AUDIO, {"Content-Type": "audio/flac"}, 201),
    ("post", "/api/v1/takes/{take}/comments", "/api/v1/takes/TAKE/comments", b'{"author":"Ms Kim"}', JSON, 400),
    ("post", "/api/v1/takes/{take}/comments", "/api/v1/takes/none/comments", b'{"text":"Good."}', JSON, 404),
    ("post", "/api/v1/takes/{take}/comments", "/api/v1/takes/TAKE/comments", b"garbage" * 9, {"Content-Type": "audio/flac"}, 415),
    ("get", "/api/v1/takes/{take}", "/api/v1/takes/TAKE", None, {}, 200),
    ("get", "/api/v1/comments", "/api/v1/comments?learner=LEARNER&unseen=1", None, {}, 200),
    ("get", "/api/v1/comments", "/api/v1/comments?learner=nobody", None, {}, 404),
    ("patch", "/api/v1/comments/{comment}", "/api/v1/comments/COMMENT", b'{"seen":true}', {}, 200),
    ("patch", "/api/v1/comments/{comment}", "/api/v1/comments/COMMENT", b'{"text":"Bad."}', {}, 400),
    ("get", "/api/v1/comments/{comment}/audio", "/api/v1/comments/COMMENT/audio", None, {}, 200),
    ("delete", "/api/v1/comments/{comment}", "/api/v1/comments/COMMENT", None, {}, 204),
    ("get", "/api/v1/comments/{comment}/audio", "/api/v1/comments/COMMENT/audio", None, {}, 404),
    (
        "post",
        "/api/v1/assignments",
        "/api/v1/assignments",
        b'{"learners":["LEARNER"],"lesson":"everyday","due":"2030-01-31","note":""}',
        {},
        201,
    ),
    ("post", "/api/v1/assignments", "/api/v1/assignments", b'{"learners":["LEARNER"],"lesson":"none"}', {}, 404),
    ("post", "/api/v1/assignments", "/api/v1/assignments", b'{"learners":["LEARNER"],"lesson":"everyday","due":"2030-02-31"}', {}, 400),
    ("get", "/api/v1/assignments", "/api/v1/assignments?learner=LEARNER", None, {}, 200),
    ("delete", "/api/v1/assignments/{assignment}", "/api/v1/assignments/ASSIGNMENT", None, {}, 204),
    ("delete", "/api/v1/assignments/{assignment}", "/api/v1/assignments/ASSIGNMENT", None, {}, 404),
    ("get", "/api/v1/takes", "/api/v1/takes?sound=N&learner=LEARNER", None, {}, 200),
    ("get", "/api/v1/learners/{learner}/progress", "/api/v1/learners/LEARNER/progress?from_day=1", None, {}, 200),
    ("get", "/api/v1/learners/{learner}/progress", "/api/v1/learners/LEARNER/progress?from_day=x", None, {}, 400),
    ("get", "/api/v1/learners/{learner}/drills", "/api/v1/learners/LEARNER/drills?sound=TH&count=4", None, {}, 200),
    ("get", "/api/v1/learners/{learner}/drills", "/api/v1/learners/LEARNER/drills?sound=XX", None, {}, 400),
    ("get", "/api/v1/learners/{learner}/drills", "/api/v1/learners/LEARNER/drills?count=0", None, {}, 400),
    ("post", "/api/v1/ask", "/api/v1/ask", b'{"question":"why do I say sink for think?"}', JSON, 200),
    ("post", "/api/v1/ask", "/api/v1/ask", b'{"question":"how is my n?","learner":"LEARNER","compose":false}', JSON, 200),
    ("post", "/api/v1/ask", "/api/v1/ask", b'{"question":"how is my n?","learner":"nobody"}', JSON, 404),
    ("post", "/api/v1/ask", "/api/v1/ask", b'{"question":"?!"}', JSON, 400),
    ("post", "/api/v1/ask", "/api/v1/ask", b'{"question":7}', JSON, 400),
    ("post", "/api/v1/ask", "/api/v1/ask", b'{"question":"' + b"why " * 1500 + b'"}', JSON, 413),
    ("post", "/api/v1/prediction/{flow}", "/api/v1/prediction/tutor", b'{"question":"how do I make the th sound?"}', JSON, 200),
    ("post", "/api/v1/prediction/{flow}", "/api/v1/prediction/tutor", b'{"question":"th?","streaming":true}', JSON, 200),
    ("post", "/api/v1/prediction/{flow}", "/api/v1/prediction/other", b'{"question":"th?"}', JSON, 404),
    ("post", "/api/v1/prediction/{flow}", "/api/v1/prediction/tutor", b'{"question":"th?","uploads":[{}]}', JSON, 400),
    ("post", "/api/v1/prediction/{flow}", "/api/v1/prediction/tutor", b"--x", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
    ("get", "/api/v1/chatflows-streaming/{flow}", "/api/v1/chatflows-streaming/tutor", None, {}, 200),
    ("get", "/api/v1/chatflows-streaming/{flow}", "/api/v1/chatflows-streaming/other", None, {}, 404),
    ("get", "/api/v1/public-chatbotConfig/{flow}", "/api/v1/public-chatbotConfig/tutor", None, {}, 200),
    ("get", "/api/v1/public-chatbotConfig/{flow}", "/api/v1/public-chatbotConfig/other", None, {}, 404),
    ("get", "/api/v1/learners/{learner}/curves", "/api/v1/learners/LEARNER/curves?sound=N&days=30&forecast=10", None, {}, 200),
    ("get", "/api/v1/learners/{learner}/curves", "/api/v1/learners/LEARNER/curves?sound=XX", None, {}, 400),
    ("get", "/api/v1/learners/{learner}/curves", "/api/v1/learners/LEARNER/curves?by=year", None, {}, 400),
    ("get", "/api/v1/knowledge", "/api/v1/knowledge", None, {}, 200),
    ("get", "/api/v1/knowledge/{kind}/{name}", "/api/v1/knowledge/contrast/s-th", None, {}, 200),
    ("get", "/api/v1/knowledge/{kind}/{name}", "/api/v1/knowledge/language/ko", None, {}, 200),
    ("get", "/api/v1/knowledge/{kind}/{name}", "/api/v1/knowledge/sound/none", None, {}, 404),
    ("get", "/api/v1/export", "/api/v1/export?format=takes.csv&take=TAKE", None, {}, 200),
    ("get", "/api/v1/export", "/api/v1/export?format=archive.zip&learner=LEARNER", None, {}, 200),
    ("get", "/api/v1/export", "/api/v1/export?format=class.csv", None, {}, 200),
    ("get", "/api/v1/export", "/api/v1/export?format=exe", None, {}, 400),
    ("post", "/api/v1/export", "/api/v1/export", b'{"format":"sounds.csv","takes":["TAKE"]}', {}, 200),
    ("post", "/api/v1/export", "/api/v1/export", b'{"format":"class.csv","takes":["TAKE"]}', {}, 400),
    ("post", "/api/v1/export", "/api/v1/export", b'{"format":"takes.csv","takes":["none"]}', {}, 404),
    ("delete", "/api/v1/takes/{take}/audio", "/api/v1/takes/TAKE/audio", None, {}, 204),
    ("get", "/api/v1/takes/{take}/audio", "/api/v1/takes/TAKE/audio", None, {}, 404),
    ("delete", "/api/v1/takes/{take}", "/api/v1/takes/TAKE", None, {}, 204),
    ("delete", "/api/v1/takes/{take}", "/api/v1/takes/TAKE", None, {}, 404),
    ("post", "/api/v1/takes/delete", "/api/v1/takes/delete", b'{"takes":["TAKE"]}', {}, 200),
    ("post", "/api/v1/takes/delete", "/api/v1/takes/delete", b'{"takes":"TAKE"}', {}, 400),
    ("delete", "/api/v1/learners/{learner}", "/api/v1/learners/LEARNER", None, {}, 204),
    ("delete", "/api/v1/learners/{learner}", "/api/v1/learners/LEARNER", None, {}, 404),
    ("post", "/api/v1/lessons", "/api/v1/lessons?title=A+fox", b"A fox ran. It was red.", {"Content-Type": "text/plain"}, 201),
    ("post", "/api/v1/lessons", "/api/v1/lessons", b"\xff", {"Content-Type": "text/plain"}, 400),
    ("post", "/api/v1/lessons", "/api/v1/lessons", b"id\tname", {"Content-Type": "text/tab-separated-values"}, 422),
    ("post", "/api/v1/lessons", "/api/v1/lessons", b"A fox.", {"Content-Type": "image/png"}, 415),
    ("get", "/api/v1/lessons/{name}", "/api/v1/lessons/a-fox", None, {}, 200),
    ("delete", "/api/v1/lessons/{name}", "/api/v1/lessons/a-fox", None, {}, 204),
    ("delete", "/api/v1/lessons/{name}", "/api/v1/lessons/everyday", None, {}, 404),
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
        names = {}  # Of what was made on the way.
        for method, pattern, path, body, headers, expected in REQUESTS:
            with self.subTest(method=method, path=path, expected=expected):
                for word, name in names.items():
                    path = path.replace(word, name)
                    body = body and body.replace(word.encode(), name.encode())
                status, got, content = self.server.ask(path, body, headers, method=method.upper())
                if status == 201 and pattern == "/api/v1/learners":
                    names["LEARNER"] = json.loads(content)["id"]
                if status == 201 and pattern == "/api/v1/takes/{take}/comments":
                    names["COMMENT"] = json.loads(content)["id"]
                if status == 201 and pattern == "/api/v1/assignments":
                    names["ASSIGNMENT"] = json.loads(content)["assignments"][0]["id"]
                if "Euphone-Take" in got:
                    names["TAKE"] = got["Euphone-Take"]
                self.assertEqual(status, expected, content[:200])
                described = DESCRIPTION["paths"][pattern][method]["responses"][str(status)]
                described = DESCRIPTION["components"]["responses"].get(described.get("$ref", "").rpartition("/")[2], described)
                if "content" not in described:
                    self.assertEqual(content, b"")
                    continue
                described = described["content"]
                media = got["Content-Type"].split(";")[0]
                self.assertIn(media, described)
                if media == "application/json":
                    jsonschema.Draft202012Validator(resolved(described[media]["schema"])).validate(json.loads(content))

    def test_no_path_is_left_out(self):
        described = {(method, path) for path, methods in DESCRIPTION["paths"].items() for method in methods}
        self.assertEqual(described, {(method, pattern) for method, pattern, *_ in REQUESTS})

    def test_a_method_that_is_not_described_is_refused(self):
        for path, methods in DESCRIPTION["paths"].items():
            other = next(method for method in ("get", "post", "patch") if method not in methods)
            where = path.replace("{name}", "everyday").replace("{item}", "hello")
            status, headers, content = self.server.ask(where, b"" if other == "post" else None, method=other.upper())
            self.assertEqual(status, 405, path)
            for method in methods:
                self.assertIn(method.upper(), headers["Allow"])
            jsonschema.validate(json.loads(content), DESCRIPTION["components"]["schemas"]["Error"])

    def test_an_analysis_is_the_document_that_it_says_it_is(self):
        jsonschema.Draft202012Validator(ANALYSIS).validate(json.loads(self.server.ask(QUERY, AUDIO)[2]))


if __name__ == "__main__":
    unittest.main()
