#!/usr/bin/env python3
"""The program with bundles for LiteRT: the same scores as by ONNX Runtime, and plain words where it cannot be."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = Path(os.environ["EUPHONE_PROGRAM"])
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
ONE = ("analyze", str(SAMPLES / "so762-040050015.opus"), "--text", "I thought he was a brilliant man.")


def run(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, env=environment, check=False)


def samples(*options: str) -> dict[str, dict]:
    """Every sample's document, by its name."""
    rows = [line.split("\t") for line in (SAMPLES / "samples.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as listing:
        listing.writelines(f"{SAMPLES / audio}\t{text}\t{audio}\n" for audio, text in rows)
        listing.flush()
        done = run(*options, "analyze", "--manifest", listing.name, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", f"the library's own words: {done.stderr}"
    return {d["id"]: d for d in map(json.loads, done.stdout.splitlines())}


def flagged(document: dict) -> list[tuple]:
    return [(i, w["error"]) for i, w in enumerate(document["words"]) if w["band"] != "clear" or w["error"] != "none"]


# The same weights, by ONNX Runtime and by LiteRT.
BOTH = (("--model", "en-us-tiny", "--runtime", "ort"), ("--model", "en-us-tiny-litert", "--runtime", "litert"))


class Agreement(unittest.TestCase):
    """Both round to bytes, each in its own way, so that a word at an edge may fall to either side: `tools/figures/litert.py` says how
    often. On the samples none does.
    """

    @classmethod
    def setUpClass(cls):
        cls.ort, cls.lite = (samples(*which) for which in BOTH)

    def test_the_same_words_are_flagged(self):
        self.assertEqual(len(self.ort), 8)
        for name, document in self.ort.items():
            with self.subTest(sample=name):
                self.assertEqual(flagged(document), flagged(self.lite[name]))

    def test_scores_are_as_near_as_bytes_allow(self):
        totals = []
        for name, document in self.ort.items():
            far = {s: abs(document["scores"][s] - self.lite[name]["scores"][s]) for s in document["scores"] if s != "uncertainty"}
            totals.append(far["total"])
            with self.subTest(sample=name):
                self.assertLessEqual(far["accuracy"], 1.0)
                self.assertLessEqual(max(far.values()), 1.5)
        self.assertLessEqual(sum(totals) / len(totals), 0.5)

    def test_live_speech_is_heard_alike(self):
        ort, lite = (samples("--hear", "live", *which) for which in BOTH)
        far = [abs(document["scores"]["total"] - lite[name]["scores"]["total"]) for name, document in ort.items()]
        self.assertLessEqual(max(far), 3.0)
        self.assertLessEqual(sum(far) / len(far), 1.0)

    def test_its_self_test_passes(self):
        done = run("--model", "en-us-tiny-litert", "doctor")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Choice(unittest.TestCase):
    def test_the_runtime_that_is_named_runs_what_is_made_for_it_and_nothing_else(self):
        done = run("--runtime", "litert", "--model", "en-us-tiny-litert", *ONE)
        self.assertEqual(done.returncode, 0, done.stderr)
        for model, runtime, said in (
            ("en-us-tiny", "litert", "the runtime 'litert' does not run it; by --runtime auto it is run by"),
            ("en-us-tiny-litert", "ort", "is made for LiteRT; choose --runtime litert"),
        ):
            done = run("--runtime", runtime, "--model", model, *ONE)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(said, done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)


class WithoutLibrary(unittest.TestCase):
    def test_the_program_starts_as_ever_and_says_what_it_cannot_load(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "libLiteRt.so").write_bytes(b"")  # Found before the one beside the program.
            environment = os.environ | {"LD_LIBRARY_PATH": folder}
            done = run("--model", "en-us-tiny", *ONE, environment=environment)
            self.assertEqual(done.returncode, 0, done.stderr)
            done = run("--model", "en-us-tiny-litert", *ONE, environment=environment)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("LiteRT cannot be loaded", done.stderr)
            self.assertIn("LD_LIBRARY_PATH", done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)


if __name__ == "__main__":
    unittest.main()
