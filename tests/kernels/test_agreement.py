"""The small bundle gives the same judgement whether ONNX Runtime runs it or our own kernels."""

import json
import os
import subprocess
import unittest

PROGRAM, SAMPLES = os.environ["EUPHONE_PROGRAM"], os.environ["EUPHONE_SAMPLES"]
# Of 100. Both compute in 8 bits, where a number that is rounded the other way moves those behind it.
SAME_SCORE, SAME_WORD = 1.0, 2.0
OTHER_BANDS = 2  # Words of all samples together whose scores lie on either side of a border.


def judged(runtime: str, *options: str, **environment: str) -> list[dict]:
    done = subprocess.run(
        [
            PROGRAM,
            "--model",
            "en-us-tiny",
            "--runtime",
            runtime,
            *options,
            "analyze",
            "-m",
            f"{SAMPLES}/samples.tsv",
            *"-f json --compact -j 1".split(),
        ],
        capture_output=True,
        text=True,
        env=os.environ | environment,
    )
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def flags(words: list[dict]) -> list[tuple[str, str]]:
    return [(word["text"], word["error"]) for word in words]


class Agreement(unittest.TestCase):
    def compare(self, expected: list[dict], given: list[dict]) -> None:
        self.assertEqual([a["id"] for a in given], [a["id"] for a in expected])
        other_bands = 0
        for theirs, ours in zip(expected, given, strict=True):
            for name in ("accuracy", "fluency", "completeness", "prosody", "total"):
                self.assertAlmostEqual(ours["scores"][name], theirs["scores"][name], delta=SAME_SCORE, msg=f"{ours['id']} {name}")
            self.assertEqual(flags(ours["words"]), flags(theirs["words"]), ours["id"])
            for word, wanted in zip(ours["words"], theirs["words"], strict=True):
                other_bands += word["band"] != wanted["band"]
                if wanted.get("accuracy") is not None:
                    self.assertAlmostEqual(word["accuracy"], wanted["accuracy"], delta=SAME_WORD, msg=f"{ours['id']} {word['text']}")
        self.assertLessEqual(other_bands, OTHER_BANDS)

    def test_recordings_heard_whole_get_the_same_scores_and_the_same_words_are_flagged(self) -> None:
        self.compare(judged("ort"), judged("kernels"))

    def test_recordings_heard_as_live_speech_do_so_too(self) -> None:
        self.compare(judged("ort", "--hear", "live"), judged("kernels", "--hear", "live"))

    def test_every_set_of_instructions_gives_the_same_document(self) -> None:
        best = judged("kernels")
        for kernels in ("scalar", "avx2"):  # One that the machine has not leaves the best one.
            self.assertEqual(judged("kernels", EUPHONE_KERNELS=kernels), best, kernels)

    def test_auto_takes_the_kernels_for_the_small_bundle(self) -> None:
        self.assertEqual(judged("auto"), judged("kernels"))

    def test_a_bundle_that_the_kernels_do_not_know_is_refused_by_them_in_one_line(self) -> None:
        done = subprocess.run(
            [PROGRAM, "--model", "en-us-standard", "--runtime", "kernels", "analyze", f"{SAMPLES}/so762-040050015.opus", "-t", "I thought"],
            capture_output=True,
            text=True,
        )
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("the runtime 'kernels' does not run it", done.stderr)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)


if __name__ == "__main__":
    unittest.main()
