"""`euphone serve` as programs and browsers meet it. Arguments come by environment: EUPHONE_PROGRAM and EUPHONE_SAMPLES."""

import asyncio
import base64
import contextlib
import io
import json
import os
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import unittest
import wave
from pathlib import Path

import numpy as np
import soundfile
import websockets
from serving import PATIENCE, PROGRAM, Live, Server

SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
LEARNER = SAMPLES / "so762-014070336.opus"
LEARNER_TEXT = "Next year will be different, she thought."
QUERY = "/api/v1/analyses?text=Next+year+will+be+different,+she+thought."


def analysis(file, text):
    result = subprocess.run(
        [PROGRAM, "analyze", file, "--text", text, "--format", "json"], capture_output=True, check=True, timeout=PATIENCE
    )
    return json.loads(result.stdout)


def pcm_of(file, rate=16000, room=1.0) -> bytes:
    """16-bit samples with a moment of quiet noise behind them: a microphone stays open when the reader has finished."""
    samples, own = soundfile.read(file, dtype="float32")
    assert own % rate == 0 or own == rate, own
    step = own // rate
    samples = samples[: len(samples) // step * step].reshape(-1, step).mean(1)
    noise = np.random.default_rng(1).normal(0, 2e-4, int(room * rate))
    return (np.concatenate([samples, noise]) * 32767).astype("<i2").tobytes()


class Served(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server())

    def failure(self, answer, status, code=None):
        got, headers, body = answer
        self.assertEqual(got, status, body)
        self.assertEqual(headers["Content-Type"], "application/json")
        error = json.loads(body)["error"]
        self.assertEqual(set(error), {"code", "message"})
        self.assertNotIn("\n", error["message"])
        if code:
            self.assertEqual(error["code"], code)


class AnswersTest(Served):
    def json(self, path, *arguments, **named):
        status, headers, body = self.server.ask(path, *arguments, **named)
        self.assertEqual((status, headers["Content-Type"]), (200, "application/json"), body)
        return json.loads(body)

    def test_it_says_that_it_is_there_and_what_it_is(self):
        self.assertEqual(self.json("/api/v1/health"), {"status": "ok"})
        version = self.json("/api/v1/version")
        self.assertEqual(version["live_sessions"], 8)
        own = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(f"euphone {version['version']}\n", own)

    def test_a_recording_gets_the_scores_that_analyze_gives(self):
        expected = analysis(LEARNER, LEARNER_TEXT)
        form = b"--X\r\nContent-Disposition: form-data; name=text\r\n\r\n" + LEARNER_TEXT.encode()
        form += b"\r\n--X\r\nContent-Disposition: form-data; name=audio; filename=a\r\n\r\n" + LEARNER.read_bytes() + b"\r\n--X--\r\n"
        for answer in (
            self.json(QUERY, LEARNER.read_bytes()),
            self.json("/api/v1/analyses", form, {"Content-Type": "multipart/form-data; boundary=X"}),
        ):
            self.assertEqual(answer["schema"], "euphone.analysis/1")
            self.assertEqual(answer["scores"], expected["scores"])
            self.assertEqual(answer["words"], expected["words"])

    def test_what_cannot_be_judged_is_told_in_one_shape(self):
        ask, audio = self.server.ask, LEARNER.read_bytes()
        self.failure(ask("/api/v1/analyses", audio), 400)
        self.failure(ask(QUERY, b""), 400)
        self.failure(ask("/api/v1/analyses?text=%ZZ", audio), 400)
        self.failure(ask("/api/v1/analyses?text=...", audio), 400)
        self.failure(ask("/api/v1/analyses?text=a&lesson=everyday", audio), 400)
        self.failure(ask("/api/v1/analyses?lesson=everyday&item=none", audio), 404)
        self.failure(ask(QUERY, b"garbage" * 100), 415)
        self.failure(ask(QUERY, audio, {"Content-Type": "multipart/form-data; boundary=X"}), 422)
        self.failure(ask(QUERY, audio, {"Content-Type": "multipart/form-data"}), 415)
        self.failure(ask("/api/v1/analyses"), 405)

    def test_lessons_are_listed_and_their_sentences_can_be_heard(self):
        names = [lesson["name"] for lesson in self.json("/api/v1/lessons")["lessons"]]
        self.assertLessEqual({"everyday", "intonation", "l1-ko", "minimal-pairs", "stress-pairs"}, set(names))
        lesson = self.json("/api/v1/lessons/everyday")
        self.assertEqual(lesson["items"][0]["text"], "Good morning! How are you today?")
        lengths = []
        for query in ("", "?slow=1"):
            status, headers, body = self.server.ask(f"/api/v1/lessons/everyday/hello/audio{query}")
            self.assertEqual((status, headers["Content-Type"]), (200, "audio/wav"))
            with wave.open(io.BytesIO(body)) as file:
                lengths.append(file.getnframes() / file.getframerate())
        self.assertGreater(lengths[1], 1.2 * lengths[0])
        self.failure(self.server.ask("/api/v1/lessons/none"), 404)
        self.failure(self.server.ask("/api/v1/lessons/everyday/none/audio"), 404)

    def test_the_reference_voice_says_a_text_or_a_word_of_it(self):
        whole = self.server.ask("/api/v1/reference?text=I+think+so.")[2]
        word = self.server.ask("/api/v1/reference?text=I+think+so.&word=think")[2]
        self.assertGreater(len(whole), len(word))
        self.failure(self.server.ask("/api/v1/reference"), 400)
        self.failure(self.server.ask("/api/v1/reference?text=I+think+so.&word=two+words"), 400)

    def azure(self, **settings):
        header = base64.b64encode(json.dumps({"ReferenceText": LEARNER_TEXT, **settings}).encode()).decode()
        path = "/speech/recognition/conversation/cognitiveservices/v1?language=en-US&format=detailed"
        return self.server.ask(path, LEARNER.read_bytes(), {"Pronunciation-Assessment": header, "Content-Type": "audio/wav"})

    def test_clients_of_azure_speech_get_what_they_know(self):
        status, _, body = self.azure(GradingSystem="HundredMark", Dimension="Comprehensive", EnableMiscue=True)
        self.assertEqual(status, 200, body)
        answer = json.loads(body)
        expected = analysis(LEARNER, LEARNER_TEXT)
        best = answer["NBest"][0]
        self.assertEqual(answer["RecognitionStatus"], "Success")
        self.assertEqual(best["PronScore"], expected["scores"]["total"])
        self.assertEqual(best["PronunciationAssessment"]["AccuracyScore"], best["AccuracyScore"])
        self.assertEqual([word["Word"] for word in best["Words"]], LEARNER_TEXT.lower().translate({44: None, 46: None}).split())
        five = json.loads(self.azure()[2])["NBest"][0]
        self.assertLessEqual(five["AccuracyScore"], 5.0)
        self.assertNotIn("PronScore", five)
        path = "/speech/recognition/conversation/cognitiveservices/v1"
        self.failure(self.server.ask(path, LEARNER.read_bytes()), 400)
        self.failure(self.server.ask(path, LEARNER.read_bytes(), {"Pronunciation-Assessment": "not base64"}), 400)
        self.failure(self.server.ask(path + "?language=de-DE", b"x", {"Pronunciation-Assessment": "e30="}), 400)

    def test_counters_count(self):
        self.server.ask(QUERY, LEARNER.read_bytes())
        status, headers, body = self.server.ask("/metrics")
        self.assertEqual((status, headers["Content-Type"]), (200, "text/plain; version=0.0.4; charset=utf-8"))
        self.assertRegex(body.decode(), r'(?m)^euphone_takes_total\{kind="recording"\} [1-9]')
        self.assertRegex(body.decode(), r'(?m)^euphone_requests_total\{route="/api/v1/analyses",status="200"\} [1-9]')

    def test_the_index_is_html_and_every_answer_says_what_a_browser_may_do(self):
        status, headers, body = self.server.ask("/")
        self.assertEqual((status, headers["Content-Type"]), (200, "text/html; charset=utf-8"))
        self.assertTrue(body.startswith(b"<!doctype html>"))
        for path in ("/", "/api", "/api/v1/health", "/none", "/api/v1/reference?text=yes"):
            headers = self.server.ask(path)[1]
            self.assertIn("default-src 'self'", headers["Content-Security-Policy"], path)
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff", path)
            self.assertIsNone(headers["Access-Control-Allow-Origin"], path)

    def test_the_description_is_compressed_and_kept_by_clients(self):
        _, headers, body = self.server.ask("/api", headers={"Accept-Encoding": "gzip"})
        self.assertEqual(headers["Content-Encoding"], "gzip")
        self.assertLess(len(body), 16000)
        status, _, body = self.server.ask("/api", headers={"If-None-Match": headers["ETag"]})
        self.assertEqual((status, body), (304, b""))
        self.assertEqual(self.server.ask("/api", method="HEAD")[2], b"")

    def test_an_article_is_what_its_file_says_and_is_kept_by_clients(self):
        listed = json.loads(self.server.ask("/api/v1/knowledge")[2])["articles"]
        self.assertGreaterEqual(len(listed), 39 + 60 + 10 + 10)
        self.assertEqual(len({article["id"] for article in listed}), len(listed))
        for article in listed[:: len(listed) // 20]:
            self.assertEqual(json.loads(self.server.ask("/api/v1/knowledge/" + article["id"])[2])["title"], article["title"])
        _, headers, body = self.server.ask("/api/v1/knowledge/contrast/s-th")
        article = json.loads(body)
        self.assertEqual([sound["arpabet"] for sound in article["sounds"]], ["S", "TH"])
        self.assertEqual(article["sections"][0]["passage"], "contrast/s-th#when-th-is-said-as-s")
        self.assertEqual((article["pairs"][0], article["load"], len(article["paragraphs"])), (["sink", "think"], "low", 2))
        self.assertNotIn("?", "".join(article["paragraphs"]))
        self.assertTrue(all(source["text"] for source in article["sources"]))
        status, _, body = self.server.ask("/api/v1/knowledge/contrast/s-th", headers={"If-None-Match": headers["ETag"]})
        self.assertEqual((status, body), (304, b""))


class HostileTest(Served):
    def raw(self, data: bytes, patience=PATIENCE) -> bytes:
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=patience) as connection:
            connection.sendall(data)
            answer = b""
            while part := connection.recv(65536):
                answer += part
        return answer

    def test_other_hosts_and_origins_are_turned_away(self):
        ask = self.server.ask
        self.failure(ask("/api/v1/health", headers={"Host": "evil.example"}), 421, "host")
        self.failure(ask("/api/v1/health", headers={"Host": "192.168.1.1"}), 421, "host")
        self.failure(ask("/api/v1/health", headers={"Origin": "http://evil.example"}), 403, "origin")
        self.failure(ask("/api/v1/health", headers={"Origin": "null"}), 403, "origin")
        self.failure(ask("/api/v1/reference?text=a", headers={"Sec-Fetch-Site": "cross-site"}), 403, "origin")
        self.assertEqual(ask("/api/v1/health", headers={"Origin": self.server.url})[0], 200)

        async def live(**options):
            async with websockets.connect(f"ws://127.0.0.1:{self.server.port}/api/v1/live", **options):
                pass

        with self.assertRaises(websockets.InvalidStatusCode) as refused:
            asyncio.run(live(origin="http://evil.example"))
        self.assertEqual(refused.exception.status_code, 403)
        asyncio.run(live(origin=self.server.url))

    def test_no_path_leads_out(self):
        for path in ("/../etc/passwd", "/%2e%2e/etc/passwd", "/api/..%2f..%2fetc", "/api/v1/lessons/..%2f..%2fetc", "//etc/passwd"):
            self.assertIn(self.server.ask(path)[0], (400, 404), path)

    def test_what_is_too_large_is_refused_before_it_is_read(self):
        head = b"POST /api/v1/analyses?text=a HTTP/1.1\r\nHost: localhost\r\n"
        self.assertIn(b" 413 ", self.raw(head + b"Content-Length: 99999999999\r\n\r\n").split(b"\r\n")[0])
        chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        self.assertIn(b" 413 ", self.raw(head + b"Transfer-Encoding: chunked\r\n\r\n" + 33 * chunk).split(b"\r\n")[0])
        self.assertIn(b" 431 ", self.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 20000).split(b"\r\n")[0])
        self.failure(self.server.ask("/api/v1/pair", b"x" * 2000), 413)

    def test_garbage_is_a_bad_request_and_nothing_worse(self):
        for data in (
            b"\0\xff\x16\x03\x01\x02\0\r\n\r\n",
            b"GET\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        ):
            self.assertIn(b" 400 ", self.raw(data).split(b"\r\n")[0], data)
        self.assertIn(b" 421 ", self.raw(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").split(b"\r\n")[0])
        self.assertEqual(self.server.ask("/api/v1/health")[0], 200)

    def test_a_client_that_sends_slowly_is_let_go_and_holds_up_nobody(self):
        slow = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(40)]
        began = time.monotonic()
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        self.assertEqual(self.server.ask("/api/v1/health")[0], 200)
        for connection in slow:
            with connection:
                connection.settimeout(PATIENCE)
                while time.monotonic() - began < 10:
                    connection.sendall(b"a")
                    time.sleep(1)
                self.assertEqual(connection.recv(100), b"")
        self.assertLess(time.monotonic() - began, 40)

    def test_too_many_requests_have_to_wait_and_too_many_connections_are_closed(self):
        head = b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
        answers = self.raw(3000 * head + head.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        self.assertIn(b" 429 ", answers)
        self.assertIn(b"Retry-After: 1", answers)
        many = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(80)]
        time.sleep(4)  # Of the burst, too.
        closed = 0
        for connection in many:
            connection.settimeout(0.05)
            with contextlib.suppress(TimeoutError):
                closed += connection.recv(1) == b""
            connection.close()
        self.assertGreaterEqual(closed, 80 - 64)
        time.sleep(0.5)
        self.assertEqual(self.server.ask("/api/v1/health")[0], 200)


class StartAndEndTest(unittest.TestCase):
    def test_mistakes_are_one_line(self):
        with Server() as server:
            for code, arguments in (
                (1, ("--port", server.port)),
                (1, ("--host", "0.0.0.0")),
                (1, ("--host", "not-a-number")),
                (2, ("--port", "99999")),
            ):
                result = subprocess.run([PROGRAM, "serve", *map(str, arguments)], capture_output=True, check=False, timeout=PATIENCE)
                self.assertEqual(result.returncode, code, (arguments, result.stderr))
                self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)

    def test_it_says_in_one_line_where_it_is(self):
        with subprocess.Popen([PROGRAM, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
            self.assertRegex(process.stdout.readline(), r"^Euphone is at http://127\.0\.0\.1:\d+ .*\n$")
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(PATIENCE), 0)

    def test_a_signal_ends_it_soon_and_what_is_being_judged_is_answered(self):
        server = Server()
        ends = time.monotonic()
        with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
            audio = LEARNER.read_bytes()
            connection.sendall(f"POST {QUERY} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(audio)}\r\n\r\n".encode() + audio)
            time.sleep(0.05)
            server.process.send_signal(signal.SIGTERM)
            answer = b""
            while part := connection.recv(65536):
                answer += part
        self.assertEqual(server.wait(), (0, ""))
        self.assertLess(time.monotonic() - ends, 60)
        # Had it not been read yet, nobody was waited for.
        if answer:
            self.assertIn(b"euphone.analysis/1", answer)
        with self.assertRaises(OSError):
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()


class PairedTest(unittest.TestCase):
    """--lan, asked from this device: the rules are the same for it."""

    def setUp(self):
        self.home = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.context = ssl.create_default_context()
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE

    def pair(self, server, body):
        return server.ask("/api/v1/pair", json.dumps(body).encode(), context=self.context)

    def test_a_code_gives_a_token_that_opens_the_rest_and_outlives_the_server(self):
        with Server("--lan", home=self.home) as server:
            code = server.line()["code"]
            self.assertEqual(server.ask("/api/v1/health", context=self.context)[0], 200)
            self.assertEqual(server.ask("/api/v1/lessons", context=self.context)[0], 401)
            self.assertEqual(self.pair(server, {"code": "1"})[0], 403)
            self.assertEqual(self.pair(server, {"code": code})[0], 429)
            time.sleep(1.1)
            status, headers, body = self.pair(server, {"code": code})
            self.assertEqual(status, 200)
            for part in ("HttpOnly", "Secure", "SameSite=Strict"):
                self.assertIn(part, headers["Set-Cookie"])
            self.assertNotEqual(server.line()["code"], code)
            self.assertEqual(self.pair(server, {"code": code})[0], 403)
            cookie = {"Cookie": headers["Set-Cookie"].split(";")[0]}
            token = {"Authorization": "Bearer " + json.loads(body)["token"]}
            for proof in (cookie, token):
                self.assertEqual(server.ask("/api/v1/lessons", headers=proof, context=self.context)[0], 200)
            fingerprint = server.greeting["fingerprint"]
            asyncio.run(self.live(server, token))
        kept = [path for path in self.home.rglob("*") if path.is_file()]
        self.assertEqual(len(kept), 2)
        for path in kept:
            self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        with Server("--lan", home=self.home) as server:
            self.assertEqual(server.greeting["fingerprint"], fingerprint)
            self.assertEqual(server.ask("/api/v1/lessons", headers=token, context=self.context)[0], 200)

    async def live(self, server, token):
        with self.assertRaises(websockets.InvalidStatusCode):
            await Live(server, ssl=self.context).start(text=LEARNER_TEXT)
        live = Live(server, ssl=self.context, extra_headers=token)
        await live.start(text=LEARNER_TEXT)
        await live.send(pcm_of(LEARNER))
        await live.finish()
        self.assertTrue(live.told("sentence_finished"))

    def test_a_code_is_shown_for_the_asking_and_plain_http_is_not_spoken(self):
        with Server("--lan", home=self.home) as server:
            server.line()
            self.assertEqual(self.pair(server, {})[0], 202)
            self.assertEqual(self.pair(server, [])[0], 400)
            with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
                connection.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                self.assertNotIn(b"200", connection.recv(1000))


if __name__ == "__main__":
    unittest.main()
