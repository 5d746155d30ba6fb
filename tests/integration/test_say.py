"""The reference voice as a user meets it. Arguments come by environment: EUPHONE_PROGRAM (the built program) and EUPHONE_SAMPLES
(the folder with sample recordings)."""

import csv
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import numpy
import soundfile

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SPEECH = Path(os.environ["EUPHONE_SAMPLES"]) / "librispeech-118-47824-0022.opus"
LESSONS = Path(__file__).parents[2] / "packs/en-us/lessons"


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, check=False, timeout=300)


class SayTest(unittest.TestCase):
    def setUp(self):
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def say(self, *arguments):
        """The samples that it writes, and what it prints."""
        file = self.path / f"{len(list(self.path.iterdir()))}.wav"
        result = run("say", *arguments, "--out", file, "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        samples, rate = soundfile.read(file)
        document = json.loads(result.stdout)
        self.assertEqual((document["rate_hz"], document["samples"]), (rate, len(samples)))
        return file, samples, document["words"]

    def test_what_the_voice_says_is_heard_as_right(self):
        text = "I think we should turn left at the bridge."
        for voice in ("slt", "rms"):
            for pace in ((), ("--slow",)):
                file, _, words = self.say(text, "--voice", voice, *pace)
                result = run("analyze", file, "--text", text, "--format", "json")
                self.assertEqual(result.returncode, 0, result.stderr)
                document = json.loads(result.stdout)
                self.assertGreater(document["scores"]["accuracy"], 75, (voice, pace))
                # Both know where the words are.
                for said, heard in zip(words, document["words"], strict=True):
                    self.assertEqual(said["text"], heard["text"])
                    self.assertLess(abs(said["start_sample"] - heard["start_sample"]), 0.12 * 16000, (said, heard))

    def test_the_sounds_of_the_lexicon_are_said(self):
        def hiss(text):
            _, samples, words = self.say(text)
            begin = words[1]["start_sample"]
            power = numpy.abs(numpy.fft.rfft(samples[begin : begin + 1280] * numpy.hanning(1280))) ** 2
            return 10 * numpy.log10(power[320:].sum())  # 4 to 8 kHz

        self.assertGreater(hiss("I {think|S IH1 NG K} so."), hiss("I think so.") + 10)

    def test_every_sentence_of_the_lessons_can_be_said(self):
        for pack in sorted(file.stem for file in LESSONS.glob("*.tsv")):
            lines = [line for line in (LESSONS / f"{pack}.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
            _, samples, words = self.say("--lesson", pack)
            self.assertGreater(len(samples) / 16000, 2 * len(rows))
            self.assertGreater(len(words), 5 * len(rows))

    def test_a_word_is_the_one_in_the_sentence(self):
        _, whole, words = self.say("I think so.")
        _, cut, _ = self.say("I think so.", "--word", "think")
        middle = cut[len(cut) // 4 : -len(cut) // 4]
        score = numpy.correlate(whole, middle, "valid").argmax()
        self.assertGreater(score, words[1]["start_sample"] - 400)
        self.assertLess(score + len(middle), words[1]["end_sample"] + 400)
        _, alone, _ = self.say("--word", "thinking")
        self.assertGreater(len(alone), len(cut))

    def test_a_sound_is_said_in_a_syllable_and_voices_are_listed(self):
        _, samples, words = self.say("--sound", "TH")
        self.assertEqual([word["text"] for word in words], ["th-aa"])
        self.assertGreater(numpy.abs(samples).max(), 0.05)
        self.assertIn(b"slt", run("say", "--voices").stdout)
        self.assertEqual([voice["name"] for voice in json.loads(run("say", "--voices", "--json").stdout)], ["slt", "rms"])

    def test_a_recording_of_a_lesson_is_preferred(self):
        lesson = self.path / "mine"
        (lesson / "reference").mkdir(parents=True)
        (lesson / "reference" / "see.opus").write_bytes(SPEECH.read_bytes())
        (lesson / "lesson.tsv").write_text("id\ttext\taudio\nsee\tYou see.\treference/see.opus\nnone\tGood morning.\n")
        recorded = soundfile.info(SPEECH)
        _, samples, words = self.say("--lesson", lesson, "see")
        self.assertAlmostEqual(len(samples) / recorded.samplerate, recorded.duration, delta=0.1)
        self.assertEqual(words, [])
        self.assertEqual([word["text"] for word in self.say("--lesson", lesson, "none")[2]], ["good", "morning"])

    def test_mistakes_get_one_line_that_says_what_to_do(self):
        there = self.path / "there.wav"
        there.write_bytes(b"")
        for arguments, code, part in (
            ((), 2, "say what?"),
            (("--sound", "TH", "--word", "think"), 2, "--sound is said alone"),
            (("--sound", "QQ", "--json"), 1, "QQ"),
            (("--lesson", "nothing"), 1, "one of: everyday, everyday-health"),
            (("--lesson", "everyday", "nothing"), 1, "the first one is 'hello'"),
            (("--lesson", "everyday", "--word", "think"), 2, "needs the id"),
            (("Hello.", "--out", there), 1, "it is there already"),
            (("Hello.", "--out", self.path / "a.mp3"), 1, "must end in .wav"),
            (("Hello there.", "--word", "good morning", "--json"), 1, "more than one word"),
            (("Hello.", "--voice", "hal"), 2, "slt"),
        ):
            with self.subTest(arguments=arguments):
                result = run("say", *arguments)
                lines = result.stderr.decode().splitlines()
                self.assertEqual(result.returncode, code, lines)
                self.assertEqual(len(lines), 1, lines)
                self.assertIn(part, lines[0])


if __name__ == "__main__":
    unittest.main()
