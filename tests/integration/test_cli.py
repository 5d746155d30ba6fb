"""The program as a user meets it: real recordings, real model, real mistakes. Arguments come by environment:
EUPHONE_PROGRAM (the built program) and EUPHONE_SAMPLES (the folder with sample recordings)."""

import csv
import io
import json
import os
import signal
import struct
import subprocess
import tempfile
import time
import unittest
import wave
from pathlib import Path

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
NATIVE = SAMPLES / "librispeech-118-47824-0022.opus"
NATIVE_TEXT = "You see, I spent a good deal in Smithtown yesterday."
LEARNER = SAMPLES / "so762-014070336.opus"
LEARNER_TEXT = "Next year will be different, she thought."


def run(*arguments, stdin=None):
    return subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, check=False, timeout=120)


def analysis(*arguments, stdin=None):
    result = run("analyze", *arguments, "--format", "json", stdin=stdin)
    assert result.returncode == 0, result.stderr.decode()
    return json.loads(result.stdout)


def write_wav(path, samples, rate=16000, channels=1):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))


class AnalyzeTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name)

    def assert_one_line(self, result, code, *parts):
        self.assertEqual(result.returncode, code, result.stderr)
        lines = result.stderr.decode().splitlines()
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith("euphone: "), lines[0])
        for part in parts:
            self.assertIn(part, lines[0])

    def test_a_native_reader_is_scored_word_by_word(self):
        document = analysis(NATIVE, "--text", NATIVE_TEXT)
        self.assertEqual(document["verdict"], "scored")
        read = [w["text"] for w in document["words"] if w["error"] not in ("inserted", "repeated")]
        self.assertEqual(read, "you see i spent a good deal in smithtown yesterday".split())
        self.assertGreater(document["scores"]["accuracy"], 70)
        self.assertEqual(document["scores"]["completeness"], 100.0)
        self.assertIsNone(document["scores"]["prosody"])

    def test_words_follow_each_other_in_time(self):
        words = analysis(NATIVE, "--text", NATIVE_TEXT)["words"]
        for before, after in zip(words, words[1:]):
            self.assertLessEqual(before["end_sample"], after["start_sample"] + 1)
        for word in words:
            for phone in word["phones"]:
                self.assertLess(phone["start_sample"], phone["end_sample"])

    def test_a_heavy_accent_scores_below_a_native_reader(self):
        heavy = analysis(SAMPLES / "so762-096430016.opus", "--text", "Even if it takes several years.")
        native = analysis(NATIVE, "--text", NATIVE_TEXT)
        self.assertLess(heavy["scores"]["accuracy"], native["scores"]["accuracy"] - 10)

    def test_the_same_input_gives_the_same_bytes(self):
        for form in ("json", "textgrid", "ctm", "csv", "srt", "azure", "terminal"):
            first = run("analyze", LEARNER, "--text", LEARNER_TEXT, "--format", form)
            second = run("analyze", LEARNER, "--text", LEARNER_TEXT, "--format", form, "--jobs", 1)
            self.assertEqual(first.returncode, 0, first.stderr)
            self.assertTrue(first.stdout)
            self.assertEqual(first.stdout, second.stdout, form)

    def test_another_sentence_is_called_another_sentence(self):
        result = run("analyze", NATIVE, "--text", "A purple elephant jumped over eleven frozen mountains.", "--format", "json")
        self.assertEqual(result.returncode, 3)
        document = json.loads(result.stdout)
        self.assertEqual(document["verdict"], "wrong_text")
        self.assertTrue(all(word["accuracy"] is None for word in document["words"]))

    def test_a_word_that_was_not_read_is_omitted(self):
        document = analysis(NATIVE, "--text", "You see, I spent a good deal of money in Smithtown yesterday.")
        omitted = [w["text"] for w in document["words"] if w["error"] == "omitted"]
        self.assertIn("money", omitted)
        self.assertLess(document["scores"]["completeness"], 100)

    def test_inline_phones_decide_how_a_word_is_said(self):
        document = analysis(LEARNER, "--text", "Next year will be different, she {thought|S AO1 T}.")
        word = document["words"][-1]
        self.assertEqual([p["arpabet"] for p in word["phones"]], ["S", "AO1", "T"])
        self.assertEqual(word["origin"], "inline")

    def test_standard_input_gives_what_the_file_gives(self):
        from_file = analysis(NATIVE, "--text", NATIVE_TEXT, "--id", "x")
        from_pipe = analysis("-", "--text", NATIVE_TEXT, "--id", "x", stdin=NATIVE.read_bytes())
        self.assertEqual(from_file["words"], from_pipe["words"])

    def test_a_manifest_gives_a_line_for_each_recording_in_order(self):
        listing = self.path / "list.tsv"
        listing.write_text(f"{NATIVE}\t{NATIVE_TEXT}\tfirst\n{self.path}/none.wav\tx\n{LEARNER}\t{LEARNER_TEXT}\n")
        result = run("analyze", "--manifest", listing, "--format", "json")
        self.assert_one_line(result, 1, "none.wav")
        ids = [json.loads(line)["id"] for line in result.stdout.decode().splitlines()]
        self.assertEqual(ids, ["first", LEARNER.stem])

    def test_several_formats_go_into_a_folder(self):
        out = self.path / "new" / "out"
        result = run("analyze", NATIVE, LEARNER, "--text", NATIVE_TEXT, "--out", out, "--format", "json", "--format", "textgrid")
        self.assertEqual(result.returncode, 3, "the learner read something else")
        names = sorted(p.name for p in out.iterdir())
        self.assertEqual(names, sorted(f"{p.stem}{e}" for p in (NATIVE, LEARNER) for e in (".json", ".TextGrid")))

    def test_csv_of_several_recordings_has_one_header(self):
        result = run("analyze", NATIVE, NATIVE, "--text", NATIVE_TEXT, "--format", "csv")
        rows = list(csv.reader(io.StringIO(result.stdout.decode())))
        self.assertEqual(sum(row == rows[0] for row in rows), 1)
        self.assertEqual(len({len(row) for row in rows}), 1)

    def test_silence_is_not_scored(self):
        write_wav(self.path / "silence.wav", [0] * 32000)
        result = run("analyze", self.path / "silence.wav", "--text", "Hello.", "--format", "json")
        self.assert_one_line(result, 3, "silence", "not scored")
        document = json.loads(result.stdout)
        self.assertEqual(document["verdict"], "withheld")
        self.assertIsNone(document["scores"]["total"])

    def test_every_mistake_gets_one_clear_line(self):
        empty = self.path / "empty.wav"
        empty.write_bytes(b"")
        text = self.path / "latin1.txt"
        text.write_bytes(b"caf\xe9")
        cases = [
            (1, ["no-such.wav", "--text", "Hi."], "no-such.wav"),
            (1, [empty, "--text", "Hi."], "empty.wav"),
            (1, [self.path, "--text", "Hi."], ""),
            (1, [NATIVE, "--text", "🙂"], ""),
            (1, [NATIVE, "--text-file", text], ""),
            (1, [NATIVE, "--text-file", self.path / "none.txt"], "none.txt"),
            (1, [NATIVE, "--text", "{word|Q Q}"], ""),
            (1, [NATIVE, "--text", "Hi.", "--out", "/dev/null/x"], "/dev/null/x"),
            (1, [NATIVE, "--text", "Hi.", "--max-seconds", "1"], ""),
            (2, [NATIVE], "--text"),
            (2, ["--text", "Hi."], ""),
            (2, [NATIVE, "--text", "Hi.", "--format", "pdf"], "pdf"),
        ]
        for code, arguments, part in cases:
            with self.subTest(arguments=arguments):
                self.assert_one_line(run("analyze", *arguments), code, part)

    def test_a_full_disk_is_reported(self):
        with open("/dev/full", "wb") as full:
            result = subprocess.run([PROGRAM, "analyze", NATIVE, "--text", NATIVE_TEXT], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn(b"standard output", result.stderr)

    def test_a_missing_installation_is_exit_code_four(self):
        self.assert_one_line(run("--data", self.path, "analyze", NATIVE, "--text", "Hi."), 4, "--data")

    def test_a_damaged_model_is_exit_code_four(self):
        data = Path(PROGRAM).parent / "share" / "euphone"
        bundle = self.path / "models" / "broken"
        bundle.mkdir(parents=True)
        for file in (data / "models" / "en-us-standard").rglob("*"):
            if file.is_file():
                target = bundle / file.relative_to(data / "models" / "en-us-standard")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read_bytes())
        model = bundle / "model.onnx"
        model.write_bytes(b"\0" * model.stat().st_size)
        self.assert_one_line(run("--model", bundle, "analyze", NATIVE, "--text", "Hi."), 4, "model.onnx")

    def test_an_interrupt_leaves_complete_results(self):
        listing = self.path / "list.tsv"
        listing.write_text(f"{NATIVE}\t{NATIVE_TEXT}\n" * 500)
        out = self.path / "out"
        process = subprocess.Popen([PROGRAM, "analyze", "--manifest", listing, "--format", "json", "--out", out], stderr=subprocess.PIPE)
        for _ in range(600):
            if out.is_dir() and any(out.iterdir()):
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, complaint)
        self.assertIn(b"stopped after", complaint)
        for file in out.iterdir():
            json.loads(file.read_text())


class OtherCommandsTest(unittest.TestCase):
    def test_doctor_finds_everything_in_order(self):
        result = run("doctor", "--json")
        self.assertEqual(result.returncode, 0, result.stdout)
        checks = {c["what"]: c["state"] for c in json.loads(result.stdout)}
        for what in ("ONNX Runtime", "language", "sounds", "new words"):
            self.assertEqual(checks[what], "good")

    def test_models_lists_what_was_measured(self):
        result = run("models", "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        bundles = {b["name"]: b for b in map(json.loads, result.stdout.decode().splitlines())}
        self.assertEqual(set(bundles), {"en-us-standard", "en-us-g2p"})
        self.assertTrue(all(b["accuracy"] and b["licences"] for b in bundles.values()))

    def test_lexicon_knows_listed_and_unlisted_words(self):
        result = run("lexicon", "photograph", "zorblaxing", "--json")
        known, guessed = map(json.loads, result.stdout.decode().splitlines())
        self.assertEqual(known["pronunciations"][0]["arpabet"], "F OW1 T AH0 G R AE2 F")
        self.assertEqual(guessed["pronunciations"][0]["origin"], "guessed")

    def test_completions_are_valid_for_their_shell(self):
        for shell in ("bash", "zsh", "fish"):
            result = run("completions", shell)
            self.assertEqual(result.returncode, 0)
            self.assertIn(b"analyze", result.stdout)
            if shell == "bash":
                checked = subprocess.run(["bash", "-n"], input=result.stdout, capture_output=True, check=False)
                self.assertEqual(checked.returncode, 0, checked.stderr)

    def test_the_manual_names_every_command(self):
        page = run("manual").stdout.decode()
        for command in ("analyze", "doctor", "models", "lexicon", "completions"):
            self.assertIn(f"EUPHONE {command}", page)

    def test_help_and_version_succeed(self):
        self.assertEqual(run("--help").returncode, 0)
        self.assertRegex(run("--version").stdout.decode(), r"^euphone \d+\.\d+\.\d+\n$")

    def test_an_unknown_command_is_a_usage_error(self):
        self.assertEqual(run("fly").returncode, 2)


if __name__ == "__main__":
    unittest.main()
