"""Labels and lists that research keeps, through the program: formats into each other, corpora as lists of recordings.
By environment: EUPHONE_PROGRAM, EUPHONE_SAMPLES."""

import gzip
import json
import os
import re
import subprocess
import tempfile
import unittest
import wave
import xml.etree.ElementTree as ET
from pathlib import Path

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLE = Path(os.environ["EUPHONE_SAMPLES"]) / "so762-014070336.opus"
TEXT = "Next year will be different, she thought."


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, check=False, timeout=120)


class ResearchTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name)

    def write(self, name: str, content: str) -> Path:
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(content)
        return self.path / name

    def ok(self, *arguments) -> str:
        result = run(*arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout.decode()

    def refused(self, *arguments) -> str:
        result = run(*arguments)
        self.assertIn(result.returncode, (1, 2), result.stderr)
        lines = result.stderr.decode().splitlines()
        self.assertEqual(len(lines), 1, lines)
        return lines[0]

    def analyses(self, *arguments) -> list[dict]:
        return [json.loads(line) for line in self.ok("analyze", "--format", "json", "--compact", *arguments).splitlines()]


class LabelsTest(ResearchTest):
    def setUp(self):
        super().setUp()
        formats = [part for name in ("textgrid", "elan", "audacity", "ctm") for part in ("--format", name)]
        self.ok("analyze", SAMPLE, "--text", TEXT, "--id", "take", "--out", self.path, *formats)

    def test_an_analysis_comes_in_every_format_and_they_agree(self):
        for name, worst in (("take.eaf", 0.6), ("take.labels.txt", 0.01), ("take.ctm", 0.6)):
            compared = json.loads(self.ok("labels", "compare", self.path / "take.TextGrid", self.path / name, "--tier", "words",
                                          "--other-tier", {"take.labels.txt": "labels"}.get(name, "words"), "--json"))  # fmt: skip
            self.assertEqual(compared["same"], 7, name)
            self.assertEqual(compared["different"] + compared["only_first"] + compared["only_second"], 0, name)
            self.assertLess(compared["median_ms"], worst, name)

    def test_what_elan_reads_is_well_formed_and_in_order(self):
        root = ET.parse(self.path / "take.eaf").getroot()
        self.assertEqual([tier.get("TIER_ID") for tier in root.iter("TIER")], ["sentences", "words", "syllables", "phones", "scores"])
        times = [int(slot.get("TIME_VALUE")) for slot in root.iter("TIME_SLOT")]
        self.assertEqual(times, sorted(times))
        slots = {slot.get("TIME_SLOT_ID") for slot in root.iter("TIME_SLOT")}
        for annotation in root.iter("ALIGNABLE_ANNOTATION"):
            self.assertLessEqual({annotation.get("TIME_SLOT_REF1"), annotation.get("TIME_SLOT_REF2")}, slots)

    def test_a_way_through_all_formats_keeps_words_and_times(self):
        self.ok("labels", "convert", self.path / "take.TextGrid", self.path / "a.eaf")
        self.ok("labels", "convert", self.path / "a.eaf", self.path / "b.txt", "--tier", "words")
        self.ok("labels", "convert", self.path / "b.txt", self.path / "c.ctm")
        self.ok("labels", "convert", self.path / "c.ctm", self.path / "d.TextGrid")
        files = (self.path / "d.TextGrid", self.path / "take.TextGrid")
        compared = json.loads(self.ok("labels", "compare", *files, "--tier", "words", "--json"))
        self.assertEqual((compared["same"], compared["within_10_ms"]), (7, 1.0))

    def test_a_hand_made_grid_is_compared_by_its_own_tier(self):
        grid = (self.path / "take.TextGrid").read_text().replace('name = "words"', 'name = "Wörter"').encode("utf-16")
        (self.path / "hand.TextGrid").write_bytes(grid)
        files = (self.path / "hand.TextGrid", self.path / "take.TextGrid")
        text = self.ok("labels", "compare", *files, "--tier", "Wörter", "--other-tier", "words")
        self.assertTrue(re.search(r"^7 labels are the same.*\n.*100\.0 % within 10 ms", text), text)

    def test_mistakes_are_told_in_one_line(self):
        grid = self.path / "take.TextGrid"
        self.assertIn("tells no format", self.refused("labels", "convert", grid, self.path / "x.what"))
        self.assertIn("there are: sentences, words", self.refused("labels", "convert", grid, "-", "--to-format", "ctm", "--tier", "tones"))
        self.assertIn("line 1", self.refused("labels", "convert", self.write("bad.ctm", "no labels\n"), self.path / "x.eaf"))
        self.assertIn("none.eaf", self.refused("labels", "compare", self.path / "none.eaf", grid))
        (self.path / "empty.TextGrid").write_bytes(b"")
        self.assertIn("no TextGrid", self.refused("labels", "compare", self.path / "empty.TextGrid", grid))


class CorpusTest(ResearchTest):
    def setUp(self):
        super().setUp()
        whole = self.path / "whole.wav"
        raw = self.decoded()
        with wave.open(str(whole), "wb") as file:
            file.setparams((1, 2, 16000, 0, "NONE", ""))
            file.writeframes(b"\0\0" * 16000 + raw + b"\0\0" * 16000)
        self.seconds = len(raw) / 32000

    def decoded(self) -> bytes:
        import soundfile  # as other tests of recordings do

        samples, rate = soundfile.read(SAMPLE, dtype="int16")
        self.assertEqual(rate, 16000)
        return samples.tobytes()

    def same_scores(self, found: dict, expected: dict):
        self.assertEqual(found["verdict"], "scored")
        self.assertEqual([word["text"] for word in found["words"]], [word["text"] for word in expected["words"]])
        self.assertEqual(found["scores"], expected["scores"])

    def test_segments_of_a_kaldi_folder_are_judged_as_recordings_of_their_own(self):
        (expected,) = self.analyses(SAMPLE, "--text", TEXT)
        self.write("data/wav.scp", "lesson whole.wav\n")
        self.write("data/segments", f"ann-1 lesson 1.0 {1 + self.seconds:.6f}\n")
        self.write("data/text", f"ann-1 {TEXT}\n")
        self.write("data/utt2spk", "ann-1 ann\n")
        (found,) = self.analyses("--manifest", self.path / "data")
        self.assertEqual(found["id"], "ann-1")
        self.same_scores(found, expected)

    def test_lhotses_manifests_are_read_packed_or_not(self):
        (expected,) = self.analyses(SAMPLE, "--text", TEXT)
        recording = {"id": "r", "sources": [{"type": "file", "channels": [0], "source": str(self.path / "whole.wav")}],
                     "sampling_rate": 16000, "num_samples": round((self.seconds + 2) * 16000), "duration": self.seconds + 2}  # fmt: skip
        cut = {"id": "c", "start": 1.0, "duration": self.seconds, "channel": 0, "type": "MonoCut", "recording": recording,
               "supervisions": [{"id": "s", "recording_id": "r", "start": 0, "duration": self.seconds, "text": TEXT,
                                 "speaker": "ann"}]}  # fmt: skip
        with gzip.open(self.path / "cuts.jsonl.gz", "wt") as file:
            file.write(json.dumps(cut) + "\n")
        (found,) = self.analyses("--manifest", self.path / "cuts.jsonl.gz")
        self.same_scores(found, expected)
        facts = json.loads(self.ok("corpus", self.path / "cuts.jsonl.gz", "--kaldi", self.path / "kaldi", "--json"))
        self.assertEqual((facts["utterances"], facts["speakers"], facts["stretches"], facts["missing_files"]), (1, 1, 1, 0))
        (again,) = self.analyses("--manifest", self.path / "kaldi")
        self.assertEqual(again["id"], "c")
        self.assertEqual([word["text"] for word in again["words"]], [word["text"] for word in expected["words"]])

    def test_a_table_becomes_a_kaldi_folder(self):
        table = self.write("list.tsv", f"whole.wav\t{TEXT}\tann-1\n")
        self.assertEqual(self.ok("corpus", table, "--kaldi", self.path / "out"), "1 utterances, 0 speakers\n")
        self.assertEqual((self.path / "out/utt2spk").read_text(), "ann-1 ann-1\n")
        self.assertEqual((self.path / "out/text").read_text(), f"ann-1 {TEXT}\n")

    def test_what_is_missing_is_counted_and_said(self):
        self.write("data/wav.scp", "a nowhere.wav\n")
        result = run("corpus", self.path / "data")
        self.assertEqual(result.returncode, 1)
        self.assertIn("of 1 the recording is not there", result.stdout.decode())
        self.assertIn("has no text; --free", self.refused("analyze", "--manifest", self.path / "data"))
        self.write("data/wav.scp", "a sox x.wav -t wav - |\n")
        self.assertIn("none is run", self.refused("corpus", self.path / "data"))

    def test_a_stretch_beyond_the_end_is_one_line(self):
        self.write("data/wav.scp", "r whole.wav\n")
        self.write("data/segments", "a r 900 901\n")
        self.write("data/text", "a words\n")
        self.assertIn("begins after the end", self.refused("analyze", "--manifest", self.path / "data", "--format", "json"))


if __name__ == "__main__":
    unittest.main()
