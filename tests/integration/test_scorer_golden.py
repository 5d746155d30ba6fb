"""The program scores the samples as PyTorch does (scorer_golden.json, by `python -m euphone_train.score golden`), to half a point; and
hears the same, to two in a hundred."""

import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
BUNDLE = SAMPLES.parent / "models" / "en-us-standard"
GOLDEN = json.loads(Path(__file__).with_name("scorer_golden.json").read_text(encoding="utf-8"))
POINTS, PERCENT = 0.5, 2.0

sys.path.insert(0, str(SAMPLES.parent / "training"))
from euphone_train.calibrate.attach import scoring_digest  # noqa: E402


def analysis(name, text):
    command = [PROGRAM, "analyze", SAMPLES / f"{name}.opus", "--text", text, "--trust-text", "--format", "json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)


class TheProgramAndPyTorch(unittest.TestCase):
    maxDiff = None

    def assert_same(self, got, expected, what, delta=POINTS):
        self.assertEqual(len(got), len(expected), what)
        for i, (a, b) in enumerate(zip(got, expected, strict=True)):
            self.assertAlmostEqual(a, b, delta=delta, msg=f"{what}, number {i + 1}")

    def test_the_golden_scores_are_those_of_the_shipped_bundle(self):
        self.assertEqual(scoring_digest(BUNDLE), GOLDEN["bundle"])

    def test_agree_on_every_phone_word_and_sentence(self):
        self.assertGreaterEqual(len(GOLDEN["recordings"]), 8)
        for name, expected in GOLDEN["recordings"].items():
            document = analysis(name, expected["text"])
            read = [w for w in document["words"] if w["phones"] and w["error"] not in ("repeated", "inserted")]
            self.assert_same([p["score"] for w in read for p in w["phones"]], expected["phones"], f"{name}: phones")
            self.assert_same([w["accuracy"] for w in read], expected["words"], f"{name}: words")
            self.assert_same([w["total"] for w in read], expected["word_totals"], f"{name}: word totals")
            heard = {
                "nothing": [100 * p["nothing_probability"] for w in read for p in w["phones"]],
                "best": [100 * p["heard"][0]["probability"] for w in read for p in w["phones"]],
            }
            for which, expected_shares in expected.get("heard", {}).items():  # A bundle without an ear has none.
                self.assert_same(heard[which], expected_shares, f"{name}: {which}", PERCENT)
            scores = expected["scores"]
            self.assert_same([document["scores"][k] for k in scores], list(scores.values()), f"{name}: sentence")


if __name__ == "__main__":
    unittest.main(verbosity=2)
