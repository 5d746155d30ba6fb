"""Speech without a text. A toy recogniser, which hears nothing in speech, stands in where the real one is not needed; what needs
that is skipped, and says so, where `./dev recogniser` has not installed it. Arguments come as for test_cli.py."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
ROOT = SAMPLES.parent
LEARNER = SAMPLES / "so762-040050015.opus"
LEARNER_TEXT = "I thought he was a brilliant man."
INSTALLED = Path(PROGRAM).parent / "share/euphone/models/en-us-recogniser"


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, check=False, timeout=120)


def write_toy(folder):
    """The bundle of engine/model/testing/recogniser_maker.h."""
    toys = ROOT / "engine/model_ort/testdata"
    files = {
        "encoder.onnx": ("model", (toys / "toy_encoder.onnx").read_bytes()),
        "decoder.onnx": ("decoder", (toys / "toy_decoder.onnx").read_bytes()),
        "tokens.bin": ("tokens", b"\5<unk>\3<s>\4</s>\4\xe2\x96\x81a\4\xe2\x96\x81b\5\xe2\x96\x81na"),
        "pcm.f32": ("self_test", b"\0\0\0\x3f" * 320),
        "LICENSE": ("licence", b"Do as you like.\n"),
    }
    sys.path.insert(0, str(ROOT / "tools/recogniser"))
    from make_bundle import manifest

    listed = []
    for path, (role, content) in files.items():
        (folder / path).write_bytes(content)
        listed.append({"path": path, "role": role, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    toy = manifest(listed)
    toy["self_test"] = {"input": "pcm.f32", "expected": {"text": "a na"}}
    toy["licences"][0]["file"] = "LICENSE"
    section = toy["recogniser"]
    section["min_samples"] = 160
    section["encoder"] = {"samples": "pcm", "mask": "pcm_mask", "frames": "frames", "width": 6}
    section["decoder"] |= {"token": "token", "frames": "heard", "mask": "heard_mask", "use_past": "use_past", "past": "past"}
    section["decoder"] |= {"layers": 1, "heads": 1, "head_width": 6}
    (folder / "manifest.json").write_text(json.dumps(toy))
    return folder


class ToyTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.path = Path(scratch.name)

    def assert_one_line(self, result, code, *parts):
        lines = result.stderr.decode().splitlines()
        self.assertEqual((result.returncode, len(lines)), (code, 1), lines)
        for part in parts:
            self.assertIn(part, lines[0])

    def test_without_a_recogniser_one_line_says_how_to_get_one(self):
        result = run("--recogniser", "none-of-this-name", "analyze", LEARNER, "--free")
        self.assert_one_line(result, 4, "none-of-this-name", "./dev recogniser")

    def test_speech_without_words_is_not_scored(self):
        result = run("--recogniser", write_toy(self.path), "analyze", LEARNER, "--free", "--format", "json")
        self.assert_one_line(result, 3, "not scored: no English words were recognised")
        document = json.loads(result.stdout)
        self.assertEqual((document["verdict"], document["words"]), ("withheld", []))
        self.assertEqual((document["text"]["source"], document["text"]["original"]), ("recognised", ""))

    def test_a_list_may_hold_texts_and_leave_others_out(self):
        listing = self.path / "list.tsv"
        listing.write_text(f"{LEARNER}\t{LEARNER_TEXT}\tgiven\n{LEARNER}\t\tfree\n")
        toy = self.path / "toy"
        toy.mkdir()
        result = run("--recogniser", write_toy(toy), "analyze", "--manifest", listing, "--free", "--format", "json")
        self.assert_one_line(result, 3, "free: not scored")
        given, free = map(json.loads, result.stdout.decode().splitlines())
        self.assertEqual((given["text"]["source"], given["verdict"]), ("written", "scored"))
        self.assertEqual((free["text"]["source"], free["verdict"]), ("recognised", "withheld"))
        self.assertEqual(run("analyze", "--manifest", listing).returncode, 1)

    def test_doctor_tests_a_recogniser_where_there_is_one(self):
        def check(recogniser):
            result = run("--recogniser", recogniser, "doctor", "--json")
            return result.returncode, {c["what"]: c["state"] for c in json.loads(result.stdout)}.get("free speech")

        toy = write_toy(self.path)
        self.assertEqual(check(toy), (0, "good"))
        self.assertEqual(check("none-of-this-name"), (0, None))
        (toy / "tokens.bin").write_bytes((toy / "tokens.bin").read_bytes()[:-1] + b"b")
        self.assertEqual(check(toy), (4, "bad"))


@unittest.skipUnless(INSTALLED.is_dir(), "the recogniser is not installed: ./dev recogniser")
class RealTest(unittest.TestCase):
    def test_what_was_said_is_written_down_and_scored(self):
        result = run("analyze", LEARNER, "--free", "--format", "json")
        self.assertEqual(result.returncode, 0, result.stderr)
        document = json.loads(result.stdout)
        self.assertEqual((document["verdict"], document["text"]["source"]), ("scored", "recognised"))
        self.assertEqual(document["text"]["original"], LEARNER_TEXT)
        self.assertGreater(document["text"]["probability"], 0.8)
        self.assertIsNone(document["scores"]["completeness"])
        self.assertIn("You gave me no text", run("analyze", LEARNER, "--free").stdout.decode())


if __name__ == "__main__":
    unittest.main()
