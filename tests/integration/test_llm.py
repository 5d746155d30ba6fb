"""`euphone chat` against a server that speaks chat completions, or does not: EUPHONE_PROGRAM, EUPHONE_SAMPLES."""

import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from fake_llm import WORDS, FakeLlm

PROGRAM = os.environ["EUPHONE_PROGRAM"]
FINE, BAD_INPUT, USAGE, INTERRUPTED = 0, 1, 2, 130
SAID = " ".join(WORDS)
PATIENCE = 240  # A machine may be busy with other tests.


class ChatTest(unittest.TestCase):
    def setUp(self):
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory()))
        ours = {name: value for name, value in os.environ.items() if not name.startswith("EUPHONE_LLM")}
        self.environment = ours | {
            "HOME": str(self.path),
            "XDG_DATA_HOME": str(self.path / "data"),
            "XDG_CONFIG_HOME": str(self.path / "config"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }
        self.server = self.enterContext(FakeLlm())

    def configure(self, **settings):
        folder = self.path / "config/euphone"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "llm.json").write_text(json.dumps(settings))

    def run_program(self, *arguments, text="", code=FINE, **environment):
        command = [PROGRAM, *map(str, arguments)]
        env = self.environment | environment
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=PATIENCE, env=env)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return done

    def chat(self, model, *options, text="How is th made?\n", code=FINE, **environment):
        options = ("--llm", self.server.url, "--llm-model", model, *options)
        return self.run_program("chat", *options, text=text, code=code, **environment)

    def replies(self, model, *options, **more):
        return [json.loads(line) for line in self.chat(model, "--json", *options, **more).stdout.splitlines()]

    def complaint(self, model, *options, code=BAD_INPUT, **more):
        """The one line that is said of what goes wrong before any text came."""
        done = self.chat(model, *options, code=code, **more)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertNotIn("\x1b", done.stderr)
        return done.stderr


class ProtocolTest(ChatTest):
    def test_a_reply_is_the_same_however_it_comes(self):
        for model in ("good", "whole"):
            (reply,) = self.replies(model)
            self.assertEqual((reply["reply"], reply["finish_reason"], reply["cut"]), (SAID, "stop", None))
            self.assertEqual(reply["usage"], {"prompt_tokens": 7, "completion_tokens": 12})
            self.assertLessEqual(reply["first_token_ms"], reply["total_ms"])
        self.assertEqual(self.replies("until-closed")[0]["reply"], "Hello")

    def test_what_is_sent_is_what_chat_completions_want(self):
        self.chat("good", "--temperature", "0.5", "--max-tokens", 50)
        request = self.server.requests[0]
        self.assertEqual(request["headers"]["Content-Type"], "application/json")
        self.assertNotIn("Authorization", request["headers"])
        body = request["body"]
        self.assertEqual((body["model"], body["stream"], body["temperature"], body["max_tokens"]), ("good", True, 0.5, 50))
        self.assertEqual([message["role"] for message in body["messages"]], ["system", "user"])
        self.assertEqual(body["messages"][1]["content"], "How is th made?")
        self.assertEqual({tool["function"]["name"] for tool in body["tools"]}, {"search_knowledge", "look_up_word", "make_drill"})
        for tool in body["tools"]:
            self.assertEqual(tool["function"]["parameters"]["type"], "object")

    def test_text_is_shown_as_it_comes(self):
        with self.started("slow:0.3") as process:
            process.stdin.write(b"go\n")
            process.stdin.flush()
            self.assertEqual(os.read(process.stdout.fileno(), 3), b"Put")
            self.assertIsNone(process.poll())
            process.kill()

    def started(self, model, *options):
        command = [PROGRAM, "chat", "--llm", self.server.url, "--llm-model", model, *options]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, env=self.environment, **pipes)

    def test_it_asks_again_while_nothing_came(self):
        self.assertEqual(self.replies("fails-then-good:2")[0]["reply"], SAID)
        first, second, third = (request["at"] for request in self.server.requests)
        self.assertGreater(third - second, second - first, "pauses grow")
        self.assertIn("the server failed (500: out of memory)", self.complaint("fails-then-good:3"))

    def test_it_waits_as_long_as_a_busy_server_asks(self):
        self.assertEqual(self.replies("busy-then-good:1")[0]["reply"], SAID)
        first, second = (request["at"] for request in self.server.requests)
        self.assertGreaterEqual(second - first, 1.0)
        self.assertIn("it asks to wait for 3600 s", self.complaint("busy-then-good:3600"))

    def test_what_came_of_a_broken_reply_is_kept_and_said_to_be_cut(self):
        for model, text, why in (
            ("cut", "Put your tongue", "the connection broke"),
            ("ends-early", "Put your", "the connection ended in the middle"),
            ("cut-in-call", "I look.", "the connection ended in the middle"),
            ("error-in-stream", "Put", "the server broke off: **NETWORK ERROR**"),
        ):
            done = self.chat(model, code=BAD_INPUT)
            self.assertEqual(done.stdout, text + "\n")
            self.assertIn("the reply is cut: ", done.stderr)
            self.assertIn(why, done.stderr)
            self.assertEqual(sum(one["body"]["model"] == model for one in self.server.requests), 1, "it is not asked again")

    def test_a_server_that_ends_before_a_word_has_a_reason_in_its_log(self):
        self.assertIn("the connection ended before a word was said; the server's log tells why", self.complaint("ends-unsaid"))

    def test_a_server_that_hangs_is_left_in_time(self):
        self.configure(seconds={"first_token": 0.5, "between_tokens": 0.4})
        self.assertIn("no answer came within 0.5", self.complaint("hang"))
        self.assertIn("no answer came within 0.5", self.complaint("hang-after-head"))
        done = self.chat("hang-in-text", code=BAD_INPUT)
        self.assertEqual(done.stdout, "Put your\n")
        self.assertIn("nothing more came for 0.4", done.stderr)
        self.configure(seconds={"reply": 1})
        done = self.chat("slow:0.1", code=BAD_INPUT)
        self.assertTrue(done.stdout.startswith("Put your tongue"))
        self.assertIn("the reply took more than 1 s", done.stderr)

    def test_what_is_no_reply_is_refused(self):
        self.assertIn("is no reply of a chat server", self.complaint("garbage"))
        self.assertIn("is no reply of a chat server", self.complaint("garbage-json"))
        self.assertIn("is no HTTP", self.complaint("no-http"))
        self.assertIn("give its URL: http://127.0.0.1:1/v1", self.complaint("moved"))

    def test_more_than_is_wanted_is_not_taken(self):
        self.assertIn("the reply has more than 1048576 bytes", self.complaint("big-whole"))
        done = self.chat("big-stream", code=BAD_INPUT)
        self.assertLessEqual(len(done.stdout), (1 << 20) + 1)
        self.assertIn("the reply is cut", done.stderr)

    def test_refusals_say_what_to_do(self):
        self.assertIn("there is no model 'nobody'", self.complaint("nobody"))
        for status in (401, 403):
            self.assertIn("the server refuses the key; --llm-key-file", self.complaint(f"status:{status}"))
        self.assertIn("the server refuses the request (400", self.complaint("status:400"))

    def test_a_server_that_cannot_count_tokens_is_asked_without(self):
        self.assertEqual(self.replies("no-usage", text="one\ntwo\n")[1]["usage"], None)
        self.assertEqual(len(self.server.requests), 3)

    def test_nobody_listens(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        self.configure(retries=0)
        done = self.run_program("chat", "--llm", url, "--llm-model", "m", text="x\n", code=BAD_INPUT)
        self.assertIn(f"{url}: nobody listens there", done.stderr)

    def test_tokens_have_a_budget(self):
        self.configure(token_budget=30)
        done = self.chat("good", "--json", text="one\ntwo\nthree\n", code=BAD_INPUT)
        self.assertEqual(done.stdout.count("\n"), 2)
        self.assertIn("has used 38 tokens", done.stderr)

    def test_a_stop_takes_effect_at_once(self):
        for model in ("hang", "hang-after-head", "hang-in-text", "slow:1"):
            with self.subTest(model), self.started(model) as process:
                before = len(self.server.requests)
                process.stdin.write(b"go\n")
                process.stdin.flush()
                while len(self.server.requests) == before:
                    time.sleep(0.02)
                time.sleep(0.2)
                began = time.monotonic()
                process.send_signal(signal.SIGINT)
                _, errors = process.communicate(timeout=PATIENCE)
                self.assertEqual(process.returncode, INTERRUPTED, errors)
                self.assertLess(time.monotonic() - began, 2)
        self.assertTrue(self.server.gone.wait(PATIENCE), "the server sees that nobody waits any more")


class TlsTest(ChatTest):
    def setUp(self):
        super().setUp()
        self.server = self.enterContext(FakeLlm(certificate_folder=self.path))
        self.trusted = {"SSL_CERT_FILE": str(self.server.certificate)}

    def test_a_certificate_that_is_trusted_is_good(self):
        self.assertEqual(self.replies("good", **self.trusted)[0]["reply"], SAID)
        self.assertEqual(len(self.replies("whole", **self.trusted)), 1)

    def test_others_are_not(self):
        self.assertIn("does not trust its certificate for 'localhost'", self.complaint("good"))
        self.server.url = self.server.url.replace("localhost", "127.0.0.1")
        self.assertIn("does not trust its certificate for '127.0.0.1'", self.complaint("good", **self.trusted))
        self.assertEqual(self.server.requests, [])

    def test_a_stop_and_a_break_are_seen_through_tls(self):
        self.assertEqual(self.chat("cut", code=BAD_INPUT, **self.trusted).stdout, "Put your tongue\n")
        self.configure(seconds={"first_token": 0.5})
        self.assertIn("no answer came", self.complaint("hang", **self.trusted))


class SettingsTest(ChatTest):
    def test_without_a_server_nothing_is_connected(self):
        done = self.run_program("chat", text="x\n", code=USAGE)
        self.assertIn("no language model's server is named", done.stderr)

    def test_options_outrank_the_environment_and_that_the_file(self):
        self.configure(url="http://127.0.0.1:1/v1", model="nobody")
        named = {"EUPHONE_LLM_URL": self.server.url, "EUPHONE_LLM_MODEL": "good"}
        self.run_program("chat", text="x\n", **named)
        self.run_program("chat", "--llm-model", "whole", text="x\n", **named)
        self.configure(url=self.server.url, model="fixed")
        self.assertEqual(self.run_program("chat", text="x\n").stdout, "Hello\n")
        self.assertEqual([request["body"]["model"] for request in self.server.requests], ["good", "whole", "fixed"])

    def test_a_key_comes_from_a_file_or_the_environment(self):
        key = self.path / "key"
        key.write_text("sk-right\n")
        key.chmod(0o600)
        self.chat("needs-key:sk-right", "--llm-key-file", key)
        self.chat("needs-key:sk-right", EUPHONE_LLM_KEY="sk-right")
        self.assertIn("refuses the key", self.complaint("needs-key:sk-right", EUPHONE_LLM_KEY="sk-wrong"))
        self.configure(url=self.server.url, key_file=str(key))
        self.chat("needs-key:sk-right")
        key.chmod(0o644)
        self.assertIn("others can read this key", self.complaint("needs-key:sk-right"))

    def test_a_key_is_neither_repeated_nor_sent_to_another_server(self):
        self.assertIn("says Bearer ***", self.complaint("status:400", EUPHONE_LLM_KEY="sk-secret"))
        key = self.path / "key"
        key.write_text("sk-secret\n")
        key.chmod(0o600)
        self.configure(url="https://llm.example/v1", key_file=str(key))
        self.chat("good")
        self.assertNotIn("Authorization", self.server.requests[-1]["headers"])

    def test_a_file_that_is_none_is_told(self):
        self.configure(key="sk-secret")
        done = self.run_program("chat", text="x\n", code=BAD_INPUT)
        self.assertIn("llm.json: it has 'key'", done.stderr)
        self.assertNotIn("secret", done.stderr)

    def test_plain_http_stays_in_private_networks(self):
        done = self.run_program("chat", "--llm", "http://192.0.2.1/v1", "--llm-model", "m", text="x\n", code=BAD_INPUT)
        self.assertIn("could be read on its way; give an https:// URL", done.stderr)


if __name__ == "__main__":
    unittest.main()
