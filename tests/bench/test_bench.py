"""`euphone bench` gives complete documents, in full or not at all. No time is looked at but that it is one.

EUPHONE_PROGRAM names the built program, EUPHONE_SAMPLES the recordings."""

import json
import os
import signal
import subprocess
import tempfile
import time
import unittest
from html.parser import HTMLParser
from pathlib import Path

import jsonschema

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
SCHEMA = json.loads((SAMPLES.parent / "contract/bench.schema.json").read_text(encoding="utf-8"))
NATIVE = SAMPLES / "librispeech-118-47824-0022.opus"
NATIVE_TEXT = "You see, I spent a good deal in Smithtown yesterday."


def bench(*arguments):
    return subprocess.run([PROGRAM, "bench", *map(str, arguments)], capture_output=True, text=True, check=False, timeout=300)


class Page(HTMLParser):
    """Ids, and addresses that a browser would fetch."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.fetched, self.drawings = [], [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.drawings += tag == "svg"
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            if name in ("src", "href"):
                self.fetched.append(value)


class MachineTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / name for name in ("bench.json", "bench.html")]
            cls.result = bench("--quick", "--json", files[0], "--html", files[1])
            cls.document, cls.page = (file.read_text(encoding="utf-8") for file in files)

    def test_the_document_is_as_the_contract_says(self):
        self.assertEqual(self.result.returncode, 0, self.result.stderr)
        document = json.loads(self.document)
        jsonschema.Draft202012Validator(SCHEMA).validate(document)
        self.assertEqual(document["schema"], "euphone.bench/1")
        self.assertEqual(document["clip"]["seconds"], 5)

    def test_the_steps_are_the_whole_way_from_file_to_result(self):
        clip = json.loads(self.document)["clip"]
        steps = sum(step["us"]["value"] for step in clip["steps"]) / 1000
        self.assertGreater(steps, 0.5 * clip["latency_ms"]["least"])
        self.assertLess(steps, clip["latency_ms"]["most"])

    def test_the_table_is_for_people(self):
        for words in ("a clip of 5 s", "energy", "threads", "estimated" if "estimated" in self.document else "measured"):
            self.assertIn(words, self.result.stdout)

    def test_the_page_needs_nothing_from_elsewhere(self):
        page = Page(self.page)
        self.assertEqual(page.fetched, [])
        self.assertEqual(page.drawings, 3)
        self.assertEqual(len(page.ids), len(set(page.ids)))


class CompareTest(unittest.TestCase):
    def test_a_program_and_itself_give_a_complete_comparison(self):
        result = bench("compare", "--quick", "--against", PROGRAM, "--json", "-")
        self.assertEqual(result.returncode, 0, result.stderr)
        document = json.loads(result.stdout)
        jsonschema.Draft202012Validator(SCHEMA).validate(document)
        self.assertGreaterEqual(document["pairs"], 6)
        # The one figure of these that does not depend on what else the machine does.
        memory = next(figure for figure in document["figures"] if figure["id"] == "peak_mb")
        self.assertAlmostEqual(memory["ratio"]["value"], 1, delta=0.1)

    def test_what_cannot_be_compared_is_told_in_one_line(self):
        with tempfile.TemporaryDirectory() as folder:
            other = Path(folder) / "other"
            other.write_text("#!/bin/sh\necho 'other: no such command' >&2\nexit 2\n")
            other.chmod(0o755)
            result = bench("compare", "--quick", "--against", other)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr.splitlines()[-1], r"^euphone: .*other: no such command$")
        for arguments in ((), ("--bundle", "en-us-tiny"), ("--bundle", "a", "--bundle", "b", "--against", PROGRAM)):
            result = bench("compare", *arguments)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertRegex(result.stderr.splitlines()[-1], "^euphone: .*--against")


class InputTest(unittest.TestCase):
    def test_a_text_that_was_not_read_times_nothing(self):
        result = bench("--quick", "--recording", NATIVE, "--text", "Quite another sentence than this one.")
        self.assertEqual(result.returncode, 1)
        self.assertIn("is not scored", result.stderr)

    def test_a_recording_needs_its_text(self):
        self.assertEqual(bench("--quick", "--recording", NATIVE).returncode, 2)
        self.assertEqual(bench("--quick", "--text", NATIVE_TEXT).returncode, 2)
        self.assertEqual(bench("--quick", "--full").returncode, 2)

    def test_an_interrupt_leaves_nothing_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "bench.json"
            command = [PROGRAM, "bench", "--json", out, "--html", Path(folder) / "bench.html"]
            running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            time.sleep(2)
            running.send_signal(signal.SIGINT)
            said, complaint = running.communicate(timeout=60)
            self.assertEqual(running.returncode, 130, complaint)
            self.assertEqual(said, "")
            self.assertEqual(list(Path(folder).iterdir()), [])


if __name__ == "__main__":
    unittest.main()
