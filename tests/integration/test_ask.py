"""`euphone ask`: answers out of what the tutor knows, out of a learner's record, and of nothing else."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
CLIP, TEXT = "so762-014070336.opus", "Next year will be different, she thought."
SINK = "why do I say 'sink' for 'think'?"


def ask(*arguments: str, given: str = "", env: dict | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        [PROGRAM, "ask", *arguments], input=given, capture_output=True, text=True, check=False, timeout=120, env=os.environ | (env or {})
    )


class Asking(unittest.TestCase):
    def test_an_answer_says_what_to_do_and_where_that_stands(self):
        done = ask(SINK)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("[contrast/s-th#when-th-is-said-as-s]", done.stdout)
        self.assertIn("teeth", done.stdout)
        self.assertNotIn("\x1b", done.stdout, "no colour where nobody sees it")

    def test_words_of_a_question_need_no_quotes(self):
        self.assertEqual(ask("how", "do", "I", "make", "the", "r", "sound").stdout, ask("how do I make the r sound").stdout)

    def test_the_same_question_gets_the_same_answer(self):
        self.assertEqual(ask(SINK, "--json").stdout, ask(SINK, "--json").stdout)

    def test_many_questions_are_answered_line_by_line(self):
        done = ask("-", "--json", given=f"{SINK}\r\n\nweak forms\nxyzzy\n")
        self.assertEqual(done.returncode, 0)
        told = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([one["question"] for one in told], [SINK, "weak forms", "xyzzy"])
        self.assertEqual(told[0]["about"]["pairs"], [{"wanted": "TH", "heard": "S", "directed": True, "after": None}])
        self.assertEqual(told[0]["answer"][0]["passage"], "contrast/s-th#when-th-is-said-as-s")
        self.assertEqual(told[0]["record"], [])
        self.assertEqual([one["answered"] for one in told], [True, True, False])

    def test_what_nobody_knows_is_said(self):
        done = ask("who won the football match yesterday")
        self.assertEqual(done.returncode, 0)
        self.assertIn("I know nothing of that", done.stdout)

    def test_passages_are_listed_best_first(self):
        told = json.loads(ask(SINK, "--passages", "5", "--json").stdout)
        scores = [passage["score"] for passage in told["passages"]]
        self.assertEqual(len(scores), 5)
        self.assertEqual(scores, sorted(scores, reverse=True))
        self.assertNotIn("answer", told)

    def test_without_an_embedder_words_and_sounds_are_enough(self):
        told = json.loads(ask(SINK, "--embedder", "none", "--json").stdout)
        self.assertEqual(told["answer"][0]["passage"], "contrast/s-th#when-th-is-said-as-s")
        listed = json.loads(ask("weak forms", "--embedder", "none", "--passages", "3", "--json").stdout)
        self.assertEqual({passage["relevance"]["text"] for passage in listed["passages"]}, {0.0})

    def test_bad_input_gets_one_line(self):
        for arguments, code, words in (
            (("?!",), 1, "no words"),
            (("x" * 5000,), 1, "at most 4000 bytes"),
            ((SINK, "--embedder", "no-such"), 2, "no-such"),
            ((SINK, "--embedder", "en-us-g2p"), 1, "not an embedding bundle"),
            ((SINK, "--passages", "0"), 2, "--passages"),
            ((), 2, "QUESTION"),
        ):
            with self.subTest(arguments=arguments):
                done = ask(*arguments)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertEqual(done.stdout, "")
                self.assertEqual(done.stderr.count("\n"), 1)
                self.assertIn(words, done.stderr)


class AskingOfOneself(unittest.TestCase):
    def setUp(self):
        path = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.env = {
            "HOME": str(path),
            "XDG_DATA_HOME": str(path / "data"),
            "XDG_CONFIG_HOME": str(path / "config"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }

    def read(self, learner: str):
        recording = Path(self.env["HOME"]) / CLIP  # A new file: a take is of the day on which its file was written.
        shutil.copyfile(SAMPLES / CLIP, recording)
        command = [PROGRAM, "analyze", recording, "--text", TEXT, "--learner", learner]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240, env=os.environ | self.env)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_learners_own_readings_come_first(self):
        self.read("Ana")
        told = json.loads(ask("how do I make the n sound", "--learner", "Ana", "--json", env=self.env).stdout)
        self.assertRegex(told["record"][0], r"^N: said (once|\d+ times) in the last 28 days, \d+ of 100 on average")
        again = json.loads(ask("how do I make the n sound", "--learner", "Ana", "--json", env=self.env).stdout)
        self.assertEqual(again, told)
        self.assertEqual(json.loads(ask("the zh sound", "--learner", "Ana", "--json", env=self.env).stdout)["record"], [])
        self.assertIn("N: said", ask("how do I make the n sound", "--learner", "Ana", env=self.env).stdout.splitlines()[0])

    def test_who_is_not_there_is_told_so(self):
        self.assertIn("no store", ask(SINK, "--learner", "Ana", env=self.env).stderr)
        self.read("Ana")
        done = ask(SINK, "--learner", "Nobody", env=self.env)
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(done.stderr.count("\n"), 1)


if __name__ == "__main__":
    unittest.main()
