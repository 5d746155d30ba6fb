"""`euphone llm`: models are tried on known questions, and what they answer is kept, marked, compared and drawn. EUPHONE_PROGRAM."""

import json
import os
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from fake_llm import FakeLlm

PROGRAM = os.environ["EUPHONE_PROGRAM"]
QUESTIONS = [
    {"id": "a", "question": "why do I say 'sink' for 'think'?", "passages": ["contrast/s-th#when-th-is-said-as-s"]},
    {"id": "b", "question": "how is weak forms used?", "passages": ["prosody/weak-forms#about", "prosody/weak-forms#tips"]},
    {"id": "c", "question": "what is the weather like?", "passages": []},
]
FAIR = json.dumps({"answer": "Let the tip of the tongue come out between the teeth.", "passages": ["P1"]})
REFUSAL = json.dumps({"answer": "The passages do not answer this.", "passages": ["P1"]})


class LlmTest(unittest.TestCase):
    def setUp(self):
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory()))
        ours = {name: value for name, value in os.environ.items() if not name.startswith("EUPHONE_LLM")}
        self.env = ours | {
            "HOME": str(self.path),
            "XDG_DATA_HOME": str(self.path / "data"),
            "XDG_CONFIG_HOME": str(self.path / "config"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }
        self.server = self.enterContext(FakeLlm())
        self.server.text = [FAIR]
        self.questions = self.path / "questions.jsonl"
        self.questions.write_text("".join(json.dumps(one) + "\n" for one in QUESTIONS))

    def llm(self, *arguments, code=0):
        command = [PROGRAM, "--embedder", "none", "llm", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240, env=self.env)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return done

    def evaluate(self, *arguments, model="fixed", code=0):
        common = ("--llm", self.server.url, "--llm-model", model, "--questions", self.questions)
        return self.llm("eval", *common, *arguments, code=code)

    def figures(self, *names):
        return {run["name"]: run["figures"] for run in json.loads(self.llm("runs", "--json", *names).stdout)["runs"]}

    def test_answers_are_marked_and_kept(self):
        self.evaluate("--name", "good")
        figures = self.figures()["good"]
        self.assertEqual(figures["cites"]["value"], 1.0)
        self.assertEqual(figures["right"]["value"], round(2 / 3, 4), "what nothing answers should have been refused")
        self.assertEqual(figures["refuses_outside"]["value"], 0.0)
        self.assertLessEqual(figures["right"]["low"], figures["right"]["value"])
        answers = [json.loads(line) for line in self.llm("answers", "good").stdout.splitlines()]
        self.assertEqual([one["question"] for one in answers], ["a", "b", "c"])
        self.assertIn("tip of the tongue", answers[0]["text"])
        wrong = self.llm("answers", "good", "--wrong").stdout.splitlines()
        self.assertEqual([json.loads(line)["question"] for line in wrong], ["c"])

    def test_a_price_tells_what_a_hundred_questions_cost(self):
        self.evaluate("--name", "a")  # 7 tokens sent and 12 written for each question, says the server.
        run = json.loads(self.llm("runs", "--json", "--price", "1000,10000").stdout)["runs"][0]
        self.assertAlmostEqual(run["cost_of_100"], 100 * (7 * 1000 + 12 * 10000) / 1e6)
        self.assertIn("cost 100", self.llm("runs", "--price", "0.15,0.6").stdout)
        self.assertTrue(all(len(line) <= 80 for line in self.llm("runs").stdout.splitlines()))
        self.assertIn("--price", self.llm("runs", "--price", "1", code=2).stderr)

    def test_a_refusal_is_right_only_where_nothing_answers(self):
        self.server.text = [REFUSAL]
        self.evaluate("--name", "shy")
        figures = self.figures()["shy"]
        self.assertEqual(figures["right"]["value"], round(1 / 3, 4))
        self.assertEqual(figures["refuses"]["value"], 1.0)
        self.assertEqual(figures["refuses_outside"]["value"], 1.0)

    def test_claims_that_no_record_holds_are_not_right(self):
        self.server.text = [json.dumps({"answer": "You always say S.", "passages": ["P1"]})]
        self.evaluate("--name", "liar")
        self.assertEqual(self.figures()["liar"]["fair"]["value"], 0.0)
        self.assertEqual(self.figures()["liar"]["right"]["value"], 0.0)

    def test_each_value_is_tried_with_each_and_drawn(self):
        self.evaluate("--passages", "1,2", "--shots", "0,1", "--repeats", 2)
        figures = self.figures()
        self.assertEqual(len(figures), 4)
        self.assertEqual(len(self.server.requests), 4 * 3 * 2)
        self.assertEqual({request["body"]["seed"] for request in self.server.requests}, {1, 2})
        sizes = {len(request["body"]["messages"]) for request in self.server.requests}
        self.assertEqual(sizes, {2, 4})
        chart = json.loads(self.llm("curve", "--over", "passages", "--format", "json").stdout)
        self.assertEqual([len(line["points"]) for line in chart["lines"]], [2, 2])
        self.llm("curve", "--over", "shots", "--metric", "grounded", "--output", self.path / "c.svg")
        self.assertIn("<svg", (self.path / "c.svg").read_text())
        self.assertIn("right", self.llm("curve", "--over", "passages").stdout)

    def test_checkpoints_make_a_curve_by_their_tags(self):
        for step, text in ((100, REFUSAL), (200, FAIR)):
            self.server.text = [text]
            self.evaluate("--tag", f"step={step}")
        chart = json.loads(self.llm("curve", "--over", "step", "--metric", "cites", "--format", "json").stdout)
        self.assertEqual([point["x"] for point in chart["lines"][0]["points"]], [100, 200])

    def test_two_runs_stand_beside_each_other(self):
        self.evaluate("--name", "a")
        self.server.text = [REFUSAL]
        self.evaluate("--name", "b")
        told = {one["figure"]: one for one in json.loads(self.llm("compare", "a", "b", "--json").stdout)["figures"]}
        self.assertAlmostEqual(told["refuses"]["difference"], 1.0)
        self.assertEqual(told["refuses"]["questions"], 2)
        page = self.llm("compare", "a", "b").stdout
        self.assertIn("B - A", page)

    def test_what_was_answered_is_not_asked_again(self):
        self.evaluate("--name", "a")
        asked = len(self.server.requests)
        self.evaluate("--name", "a", "--repeats", 2)
        self.assertEqual(len(self.server.requests), 2 * asked)
        self.assertIn("other settings", self.evaluate("--name", "a", "--passages", 2, code=1).stderr)

    def test_ctrl_c_keeps_what_was_answered(self):
        command = [PROGRAM, "--embedder", "none", "llm", "eval", "--llm", self.server.url, "--llm-model", "slow:0.01", "--name", "s"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.env) as child:
            until = time.monotonic() + 60
            while len(self.server.requests) < 3 and time.monotonic() < until:
                time.sleep(0.02)
            child.send_signal(signal.SIGINT)
            _, errors = child.communicate(timeout=60)
        self.assertEqual(child.returncode, 130)
        self.assertIn("goes on where this one was", errors)
        self.assertGreaterEqual(len(self.llm("answers", "s").stdout.splitlines()), 1)

    def test_a_server_that_fails_is_counted_and_asked_again_the_next_time(self):
        self.evaluate("--name", "f", model="status:400")
        run = json.loads(self.llm("runs", "--json").stdout)["runs"][0]
        self.assertEqual((run["errors"], run["answers"]), (3, 3))
        self.llm("forget", "f")
        self.assertIn("No language model", self.llm("runs").stdout)

    def test_bad_input_gets_one_line(self):
        bad = self.path / "bad.jsonl"
        bad.write_text("{}\n")
        for arguments, code, words in (
            (("--questions", bad), 1, "line 1"),
            (("--questions", self.path / "none"), 1, "none"),
            (("--tag", "step"), 1, "NAME=VALUE"),
            (("--prompt", self.path / "none"), 1, "none"),
        ):
            with self.subTest(arguments=arguments):
                done = self.llm("eval", "--llm", self.server.url, "--llm-model", "fixed", *arguments, code=code)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertIn(words, done.stderr)
        self.evaluate("--name", "a")
        self.assertIn("nobody", self.llm("compare", "a", "nobody", code=1).stderr)
        self.assertIn("there are right", self.llm("curve", "--over", "x", "--metric", "y", code=2).stderr)
        self.assertIn("fewer than two", self.llm("curve", "--over", "x", code=1).stderr)
        self.assertIn("no language model's server", self.llm("eval", code=2).stderr)


if __name__ == "__main__":
    unittest.main()
