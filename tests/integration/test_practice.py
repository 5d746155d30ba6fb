"""What to practise now, as the program tells it: EUPHONE_PROGRAM, EUPHONE_SAMPLES, EUPHONE_CONTRACT."""

import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import jsonschema

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
SCHEMA = jsonschema.Draft202012Validator(json.loads((Path(os.environ["EUPHONE_CONTRACT"]) / "practice.schema.json").read_text()))
CLIP, TEXT = "so762-014070336.opus", "Next year will be different, she thought."
FINE, BAD_INPUT, USAGE = 0, 1, 2
DAY = 24 * 3600


class PracticeTest(unittest.TestCase):
    def setUp(self):
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.environment = os.environ | {
            "HOME": str(self.path),
            "XDG_DATA_HOME": str(self.path / "data"),
            "XDG_CONFIG_HOME": str(self.path / "config"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }

    def run_program(self, *arguments, code=FINE):
        command = [PROGRAM, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240, env=self.environment)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return done

    def practice(self, *arguments):
        document = json.loads(self.run_program("practice", "--json", *arguments).stdout)
        SCHEMA.validate(document)
        return document

    def phones(self, word):
        """In ARPAbet without stress, first the usual way to say it."""
        said = json.loads(self.run_program("lexicon", word, "--json").stdout)["pronunciations"][0]["arpabet"]
        return [phone.rstrip("012") for phone in said.split()]

    def read(self, learner, days_ago):
        """A recording counts for the day on which its file was written."""
        clip = self.path / CLIP
        shutil.copy(SAMPLES / CLIP, clip)
        then = time.time() - days_ago * DAY
        os.utime(clip, (then, then))
        self.run_program("analyze", clip, "--text", TEXT, "--learner", learner, "--format", "json")

    def test_without_options_a_contrast_is_drilled_at_about_eight_of_ten(self):
        document = self.practice()
        drill = document["drill"]
        self.assertIsNone(document["learner"])
        self.assertEqual(document["sounds"], [])
        self.assertEqual(len(drill["items"]), 10)
        self.assertAlmostEqual(drill["expected"], 0.8, delta=0.1)
        self.assertEqual({item["kind"] for item in drill["items"]}, {"word", "pair", "sentence"})
        self.assertTrue(drill["tip"]["text"])
        self.assertEqual(self.practice(), document, "the same day gives the same drill")

    def test_words_and_pairs_hold_the_sound_that_was_asked_for(self):
        drill = self.practice("--sound", "th", "--against", "S", "--count", 12)["drill"]
        self.assertEqual((drill["sound"]["arpabet"], drill["against"]["arpabet"]), ("TH", "S"))
        for item in drill["items"]:
            if item["kind"] == "sentence":
                self.assertGreaterEqual(item["times"], 2)
                continue
            first, *second = [self.phones(word["text"]) for word in item["words"]]
            self.assertIn("TH", first, item)
            if second:
                self.assertEqual([pair for pair in zip(first, second[0], strict=True) if pair[0] != pair[1]], [("TH", "S")])

    def test_what_is_due_comes_first_and_can_be_read_as_a_lesson(self):
        self.read("Ana", days_ago=60)
        document = self.practice("--learner", "Ana")
        self.assertEqual(document["learner"], "Ana")
        self.assertTrue(all(sound["due"] for sound in document["sounds"]))
        recall = [sound["retrievability"] for sound in document["sounds"]]
        self.assertEqual(recall, sorted(recall))
        self.assertEqual(document["drill"]["sound"]["arpabet"], document["sounds"][0]["arpabet"])

        pack = self.path / "today.tsv"
        told = self.run_program("practice", "--learner", "Ana", "--pack", pack).stdout
        self.assertIn("due today: " + document["sounds"][0]["arpabet"], told)
        rows = [line.split("\t") for line in pack.read_text().splitlines() if not line.startswith("#")][1:]
        texts = [item["text"] + ("" if item["kind"] == "sentence" else ".") for item in document["drill"]["items"]]
        self.assertEqual([row[1] for row in rows], texts)
        self.run_program("say", "--lesson", pack, "01", "--out", self.path / "first.wav")

    def test_a_sound_that_was_just_practised_comes_later(self):
        self.read("Ana", days_ago=0)
        (sound,) = self.practice("--learner", "Ana")["sounds"]
        self.assertFalse(sound["due"])
        self.assertIn("nothing is due; next comes " + sound["arpabet"], self.run_program("practice", "--learner", "Ana").stdout)

    def test_a_drill_is_as_hard_as_it_should_be_for_whoever_reads(self):
        for _ in range(4):
            self.read("Ana", days_ago=1)
        anyone, ana = self.practice("--sound", "TH")["drill"], self.practice("--sound", "TH", "--learner", "Ana")["drill"]
        self.assertLess(ana["skill"], anyone["skill"])
        chance = {item["text"]: item["chance"] for item in anyone["items"]}
        for item in ana["items"]:
            if item["kind"] != "word" and item["text"] in chance:
                self.assertLess(item["chance"], chance[item["text"]])

    def test_mistakes_are_told_in_one_line(self):
        for arguments, code, what in (
            (("--sound", "XX"), BAD_INPUT, "there is no sound 'XX'"),
            (("--sound", "TH", "--against", "th"), BAD_INPUT, "the same sound"),
            (("--against", "S"), USAGE, "--against needs --sound"),
            (("--count", "0"), USAGE, "--count"),
            (("--learner", "Zoë"), BAD_INPUT, "store"),
        ):
            done = self.run_program("practice", *arguments, code=code)
            self.assertEqual(done.stdout, "")
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
            self.assertIn(what, done.stderr)


if __name__ == "__main__":
    unittest.main()
