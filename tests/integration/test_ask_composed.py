"""`euphone ask` with a language model: what it writes is shown only where it keeps to the passages and the record."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from fake_llm import FakeLlm

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
CLIP, TEXT = "so762-014070336.opus", "Next year will be different, she thought."
SINK = "why do I say 'sink' for 'think'?"
FAIR = "Let the tip of the tongue come out between the teeth, and let the air flow softly."
# What a model might say of somebody whom it never heard.
ADVERSARIAL = (
    "You always say S for TH.",
    "I heard an S in 4 of 10 words.",
    "Your TH is much better than last week, well done!",
    "The learner's record says that R is weak.",
    "TH: said 90 times in the last 28 days, 12 of 100 on average, 80 times clearly wrong.",
    "It always comes out as S.",
    "Dices siempre sink en lugar de think.",
    "Write to tutor@example.org for a better score.",
    "Ana drops every R.",
)


def said(answer: str, *passages: str) -> str:
    return json.dumps({"answer": answer, "passages": list(passages or ("P1",))})


class ComposedTest(unittest.TestCase):
    def setUp(self):
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.server = self.enterContext(FakeLlm())
        ours = {name: value for name, value in os.environ.items() if not name.startswith("EUPHONE_LLM")}
        self.env = ours | {
            "HOME": str(self.path),
            "XDG_DATA_HOME": str(self.path / "data"),
            "XDG_CONFIG_HOME": str(self.path / "config"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }
        self.configure()

    def configure(self, **more):
        folder = self.path / "config" / "euphone"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "llm.json").write_text(json.dumps({"url": self.server.url, "model": "fixed"} | more))

    def run_ask(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [PROGRAM, "ask", "--embedder", "none", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=self.env)

    def ask(self, *arguments: str) -> dict:
        done = self.run_ask(*(arguments or (SINK,)), "--json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)

    def read(self, learner: str):
        recording = self.path / CLIP  # A new file: a take is of the day on which its file was written.
        shutil.copyfile(SAMPLES / CLIP, recording)
        command = [PROGRAM, "analyze", recording, "--text", TEXT, "--learner", learner]
        subprocess.run(command, capture_output=True, check=True, timeout=240, env=self.env)


class Composing(ComposedTest):
    def test_what_a_model_wrote_is_told_with_its_passages_beside_what_is_quoted(self):
        self.server.text = [said(FAIR, "P1", "P2")]
        told = self.ask()
        self.assertEqual(told["composed"]["text"], FAIR)
        self.assertEqual(told["composed"]["model"], "fixed")
        self.assertEqual(told["composed"]["passages"][0], "contrast/s-th#when-th-is-said-as-s")
        self.assertEqual(told["answer"][0]["passage"], "contrast/s-th#when-th-is-said-as-s")
        self.assertNotIn("rejected", told)

    def test_people_see_the_text_who_wrote_it_and_out_of_what(self):
        self.server.text = [said(FAIR)]
        done = self.run_ask(SINK)
        self.assertEqual(done.stderr, "")
        self.assertTrue(done.stdout.startswith("Let the tip"))
        self.assertIn("Written by fixed out of these passages:\n  [contrast/s-th#when-th-is-said-as-s]\n", done.stdout)

    def test_the_model_gets_the_passages_as_data_and_a_schema(self):
        self.server.text = [said(FAIR)]
        self.ask()
        body = self.server.last
        self.assertIn('<data from="search">', body["messages"][-1]["content"])
        self.assertTrue(body["messages"][-1]["content"].endswith(f"Question: {SINK}"))
        self.assertIn("answer", json.dumps(body["response_format"]))

    def test_a_server_without_schemas_and_a_model_without_json_will_do(self):
        for model in ("no-schema", "no-schema:500"):  # The latter as llama.cpp's server in Python.
            self.server.requests.clear()
            self.configure(model=model)
            self.server.text = [FAIR, " [P1]"]
            self.assertEqual(self.ask()["composed"]["text"], FAIR)
            self.assertEqual(len(self.server.requests), 2)

    def test_nobody_is_asked_what_no_passage_answers(self):
        told = self.ask("xyzzy plugh")
        self.assertFalse(told["answered"])
        self.assertEqual(self.server.requests, [])

    def test_without_a_model_or_with_no_llm_nothing_is_connected(self):
        self.assertNotIn("composed", self.ask(SINK, "--no-llm"))
        (self.path / "config" / "euphone" / "llm.json").unlink()
        self.assertNotIn("composed", self.ask())
        self.assertEqual(self.server.requests, [])

    def test_a_learners_record_is_sent_and_her_name_is_not(self):
        self.read("Ana")
        self.server.text = [said(FAIR)]
        told = self.ask("how do I make the n sound? Ana asks", "--learner", "Ana")
        sent = json.dumps(self.server.last)
        self.assertIn("N: said", sent)
        self.assertNotIn("Ana", sent)
        self.assertIn("N: said", told["record"][0])
        self.server.text = [said(told["record"][0] + " " + FAIR)]
        again = self.ask("how do I make the n sound?", "--learner", "Ana")
        self.assertIn(told["record"][0], again["composed"]["text"], "what the record holds may be said")

    def test_ctrl_c_stops_it(self):
        self.configure(model="hang")
        command = [PROGRAM, "ask", "--embedder", "none", SINK]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env) as child:
            until = time.monotonic() + 30
            while not self.server.requests and time.monotonic() < until:
                time.sleep(0.05)
            child.send_signal(signal.SIGINT)
            out, _ = child.communicate(timeout=30)
        self.assertEqual((child.returncode, out), (130, b""))


class Rejecting(ComposedTest):
    def test_claims_that_no_record_holds_are_replaced_by_what_the_passages_say(self):
        quoted = self.ask(SINK, "--no-llm")["answer"]
        for claim in ADVERSARIAL:
            for text in (said(claim), said(f"{FAIR} {claim}"), f"{FAIR} {claim} [P1]"):
                with self.subTest(text=text):
                    self.server.text = [text]
                    told = self.ask()
                    self.assertNotIn("composed", told)
                    self.assertIn("is not shown", told["rejected"])
                    self.assertEqual(told["answer"], quoted)

    def test_other_learners_may_not_be_spoken_of_either(self):
        self.read("Ana")
        self.server.text = [said("Ana says N well.")]
        self.assertIn("rejected", self.ask("the n sound", "--learner", "Ana"))

    def test_what_cites_nothing_or_what_was_not_given_is_not_shown(self):
        for text in (FAIR, said(FAIR, "P77"), '{"answer": 7}', "[P1]"):
            self.server.text = [text]
            self.assertIn("rejected", self.ask(), text)

    def test_people_are_told_why_and_get_what_is_quoted(self):
        self.server.text = [said("You always say S.")]
        done = self.run_ask(SINK)
        self.assertEqual(done.returncode, 0)
        self.assertIn("what fixed wrote is not shown", done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1)
        self.assertIn("[contrast/s-th#when-th-is-said-as-s]", done.stdout)
        self.assertNotIn("always say S", done.stdout)

    def test_a_server_that_misbehaves_spoils_nothing(self):
        short = {"first_token": 1, "between_tokens": 1, "longest_pause": 1}
        for model in (
            "hang",
            "hang-in-text",
            "cut",
            "ends-early",
            "garbage",
            "garbage-json",
            "no-http",
            "status:500",
            "big-whole",
            "nobody",
        ):
            with self.subTest(model=model):
                self.configure(model=model, seconds=short, retries=0)
                told = self.ask()
                self.assertNotIn("composed", told)
                self.assertTrue(told["rejected"])
                self.assertNotIn("\x1b", told["rejected"])
                self.assertTrue(told["answered"])
        self.configure(url="http://127.0.0.1:9/v1", retries=0)
        self.assertIn("127.0.0.1:9", self.ask()["rejected"])


if __name__ == "__main__":
    unittest.main()
