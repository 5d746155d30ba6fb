"""`euphone voice` agrees with Praat (voice_golden.json, by `tools/figures/voice_measures.py --golden`), finds held vowels, and says in one
line what is wrong. Live comparison with an installed Praat: `./dev figures live.voice`."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import jsonschema
import numpy as np

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
ROOT = SAMPLES.parent
GOLDEN = json.loads(Path(__file__).with_name("voice_golden.json").read_text(encoding="utf-8"))
SCHEMA = json.loads((ROOT / "contract/voice_measures.schema.json").read_text(encoding="utf-8"))

sys.path.insert(0, str(ROOT / "tools" / "figures"))
sys.dont_write_bytecode = True
from common import write_audio  # noqa: E402
from voice_signals import Vowel, make  # noqa: E402


def run(*arguments, stdin=None):
    return subprocess.run([PROGRAM, "voice", *map(str, arguments)], input=stdin, capture_output=True, check=False, timeout=60)


class VoiceTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name)

    def wav(self, pcm, name="vowel.wav", rate=44100):
        return write_audio(self.path / name, pcm, rate)

    def vowel(self, name="vowel.wav", **recipe):
        made = Vowel(**{"f0": 200, "tract": 1.15, "noise_db": 25} | recipe)
        return self.wav(make(made), name, made.rate)

    def documents(self, *arguments):
        result = run(*arguments, "--json")
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        documents = [json.loads(line) for line in result.stdout.splitlines()]
        for document in documents:
            jsonschema.Draft202012Validator(SCHEMA).validate(document)
        return documents

    def assert_one_line(self, result, code, *parts):
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertEqual(result.stdout, b"")
        lines = result.stderr.decode().splitlines()
        self.assertEqual(len(lines), 1, lines)
        for part in parts:
            self.assertIn(part, lines[0])


class AgreementWithPraat(VoiceTest):
    def test_every_measure_of_every_vowel_is_praats(self):
        self.assertIn("Praat 6", GOLDEN["with"])
        self.assertGreaterEqual(len(GOLDEN["vowels"]), 8)
        for row in GOLDEN["vowels"]:
            wav = self.wav(make(Vowel(**row["vowel"])), rate=row["vowel"]["rate"])
            vowel = self.documents(wav, "--from", row["start_s"], "--to", row["end_s"])[0]["vowels"][0]
            jitter, shimmer, praat = vowel["jitter"], vowel["shimmer"], row["praat"]
            # Where noise is half as strong as the voice, a few pulses are a matter of chance to either program.
            loose = 0.1 if row["vowel"]["noise_db"] <= 5 else 0.0
            with self.subTest(row["vowel"]):
                self.assertAlmostEqual(vowel["f0"]["mean_hz"], praat["f0"], delta=0.001 * praat["f0"])
                self.assertAlmostEqual(vowel["f0"]["median_hz"], praat["median"], delta=0.001 * praat["median"])
                self.assertAlmostEqual(vowel["hnr_db"], praat["hnr"], delta=0.2)
                self.assertAlmostEqual(vowel["intensity"]["mean_dbfs"], praat["intensity"], delta=0.05)
                for name in ("local", "rap", "ppq5", "ddp"):
                    self.assertAlmostEqual(jitter[f"{name}_percent"], praat[name], delta=0.02 + loose * praat[name], msg=name)
                self.assertAlmostEqual(shimmer["local_percent"], praat["shimmer"], delta=0.05 + loose * praat["shimmer"])
                self.assertAlmostEqual(shimmer["local_db"], praat["shimmer_db"], delta=0.01 + loose * praat["shimmer_db"])
                for name in ("apq3", "apq5", "apq11", "dda"):
                    self.assertAlmostEqual(shimmer[f"{name}_percent"], praat[name], delta=0.05 + loose * praat[name], msg=name)


class HeldVowels(VoiceTest):
    def test_each_of_two_is_found_where_it_is(self):
        rest = np.zeros(22050)
        first, second = make(Vowel(f0=120)), make(Vowel(f0=150, seconds=0.9))
        vowels = self.documents(self.wav(np.concatenate([rest, first, rest, second, rest])))[0]["vowels"]
        self.assertEqual(len(vowels), 2)
        for vowel, start, end, f0 in zip(vowels, (0.5, 2.5), (2.0, 3.4), (120, 150), strict=True):
            self.assertAlmostEqual(vowel["start_s"], start, delta=0.06)
            self.assertAlmostEqual(vowel["end_s"], end, delta=0.06)
            self.assertAlmostEqual(vowel["f0"]["mean_hz"], f0, delta=0.5)

    def test_none_is_found_in_read_speech(self):
        self.assert_one_line(run(SAMPLES / "librispeech-118-47824-0022.opus"), 3, "no vowel is held", "--from")

    def test_a_stretch_of_read_speech_is_measured_when_it_is_asked_for(self):
        document = self.documents(SAMPLES / "librispeech-118-47824-0022.opus", "--from", "0.5", "--to", "2.5")[0]
        self.assertEqual(len(document["vowels"]), 1)
        self.assertGreater(document["vowels"][0]["periods"]["unvoiced_percent"], 5)
        self.assertTrue(any("compressed" in warning for warning in document["warnings"]))


class WhatAUserSees(VoiceTest):
    def test_the_table_is_plain_off_a_terminal_and_says_that_it_is_no_diagnosis(self):
        result = run(self.vowel())
        text = result.stdout.decode()
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.assertNotIn("\033", text)
        self.assertIn("no diagnosis", " ".join(text.split()))
        self.assertLessEqual(max(map(len, text.splitlines())), 80)
        for word in ("Held vowel", "Pitch", "Jitter", "Shimmer", "HNR", "of full scale"):
            self.assertIn(word, text)

    def test_several_recordings_come_in_order_each_under_its_name(self):
        low, high = self.vowel("low.wav", f0=100), self.vowel("high.wav", f0=250)
        text = run(low, high).stdout.decode()
        self.assertLess(text.index("\nlow\n"), text.index("\nhigh\n"))
        self.assertEqual([d["id"] for d in self.documents(low, high)], ["low", "high"])

    def test_one_that_fails_does_not_stop_the_others(self):
        result = run(self.path / "none.wav", self.vowel(), "--json")
        self.assertEqual(result.returncode, 1)
        self.assertEqual(json.loads(result.stdout)["id"], "vowel")
        self.assertIn("none.wav", result.stderr.decode())

    def test_a_pipe_is_read_and_gives_the_same(self):
        wav = self.vowel()
        from_pipe = json.loads(run("-", "--json", stdin=wav.read_bytes()).stdout)
        self.assertEqual(from_pipe["vowels"], self.documents(wav)[0]["vowels"])

    def test_a_clipped_vowel_is_measured_with_a_warning(self):
        pcm = np.clip(4 * make(Vowel(f0=150)), -0.9, 0.9)
        self.assertIn("too loud", self.documents(self.wav(pcm))[0]["warnings"][0])
        self.assertEqual(self.documents(self.vowel())[0]["warnings"], [])

    def test_a_voice_by_telephone_is_measured_with_a_warning(self):
        self.assertIn("8000 samples", self.documents(self.vowel(rate=8000))[0]["warnings"][0])

    def test_each_mistake_gets_one_line(self):
        noise = np.random.default_rng(1).uniform(-0.3, 0.3, 44100)
        wav = self.vowel()
        self.assert_one_line(run(self.wav(np.zeros(44100), "silence.wav")), 3, "silence", "silent", "microphone")
        self.assert_one_line(run(self.wav(noise, "noise.wav")), 3, "noise", "no voice", "aah")
        self.assert_one_line(run(self.vowel("short.wav", seconds=0.08)), 1, "short", "too short")
        self.assert_one_line(run(self.vowel("brief.wav", seconds=0.4)), 3, "brief", "half a second")
        self.assert_one_line(run(wav, "--from", "9"), 1, "9.00 s", "the recording has 1.50 s")
        self.assert_one_line(run(wav, "--to", "9"), 1, "9.00 s", "the recording has 1.50 s")
        self.assert_one_line(run(wav, "--from", "0.5", "--to", "0.55"), 1, "too short", "0.10 s")
        self.assert_one_line(run(wav, "--from", "1", "--to", "0.5"), 2, "--from")
        self.assert_one_line(run(wav, "--floor", "300", "--ceiling", "310"), 2, "--ceiling")
        self.assert_one_line(run("-", "-"), 2, "only once")


if __name__ == "__main__":
    unittest.main()
