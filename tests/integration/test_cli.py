"""The program as a user meets it: real recordings, real model, real mistakes. Arguments come by environment:
EUPHONE_PROGRAM (the built program) and EUPHONE_SAMPLES (the folder with sample recordings)."""

import csv
import fcntl
import io
import itertools
import json
import os
import random
import signal
import struct
import subprocess
import tempfile
import termios
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


def unread(pipe):
    """Bytes that nobody has taken out of the pipe yet."""
    return struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))[0]


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
        self.assertGreater(document["scores"]["prosody"], 70)

    def test_the_plain_scorer_has_no_score_for_prosody(self):
        result = run("--scorer", "gop", "analyze", NATIVE, "--text", NATIVE_TEXT, "--format", "json")
        scores = json.loads(result.stdout)["scores"]
        self.assertIsNone(scores["prosody"])
        self.assertGreater(scores["accuracy"], 70)

    def test_words_follow_each_other_in_time(self):
        words = analysis(NATIVE, "--text", NATIVE_TEXT)["words"]
        for before, after in itertools.pairwise(words):
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

    def test_a_recording_without_samples_is_empty_and_no_bytes_are_no_recording(self):
        write_wav(self.path / "none.wav", [])
        result = run("analyze", self.path / "none.wav", "--text", "Hello.", "--format", "json")
        self.assert_one_line(result, 3, "empty")
        document = json.loads(result.stdout)
        self.assertEqual([f["kind"] for f in document["quality"]["findings"]], ["empty"])
        for form in ("terminal", "textgrid", "ctm", "csv", "srt", "azure"):
            self.assertEqual(run("analyze", self.path / "none.wav", "--text", "Hello.", "--format", form).returncode, 3)

    def test_a_recording_that_was_cut_short_is_called_so(self):
        cut = self.path / "cut.opus"
        cut.write_bytes(NATIVE.read_bytes()[: NATIVE.stat().st_size * 8 // 10])
        result = run("analyze", cut, "--text", NATIVE_TEXT, "--format", "json")
        self.assert_one_line(result, 0, "cut: the recording stops before its own length says")
        self.assertIn("truncated", [f["kind"] for f in json.loads(result.stdout)["quality"]["findings"]])
        self.assertEqual(run("analyze", NATIVE, "--text", NATIVE_TEXT).stderr, b"")

    def test_every_figure_of_the_quality_is_a_number(self):
        dither = random.Random(1)
        write_wav(self.path / "dither.wav", [dither.choice((-1, 0, 1)) for _ in range(32000)])
        write_wav(self.path / "tone.wav", [16000 if i // 20 % 2 else -16000 for i in range(32000)])
        for name in ("dither.wav", "tone.wav"):
            result = run("analyze", self.path / name, "--text", "Hello.", "--format", "json")
            self.assertEqual(result.returncode, 3, result.stderr)
            quality = json.loads(result.stdout)["quality"]
            for key in set(quality) - {"findings"}:
                self.assertIsInstance(quality[key], (int, float), f"{name}: {key}")

    def test_ids_that_look_alike_as_file_names_keep_their_results_apart(self):
        listing = self.path / "list.tsv"
        listing.write_text(f"{NATIVE}\t{NATIVE_TEXT}\ta/b\n{NATIVE}\t{NATIVE_TEXT}\ta_b\n")
        result = run("analyze", "--manifest", listing, "--format", "json", "--out", self.path / "out")
        self.assertEqual(result.returncode, 0, result.stderr)
        ids = {p.name: json.loads(p.read_text())["id"] for p in (self.path / "out").iterdir()}
        self.assertEqual(ids, {"a_b.json": "a/b", "a_b-2.json": "a_b"})

    def test_a_manifest_may_begin_with_a_byte_order_mark(self):
        listing = self.path / "list.tsv"
        listing.write_text(f"{NATIVE}\t{NATIVE_TEXT}\n", encoding="utf-8-sig")
        self.assertEqual(run("analyze", "--manifest", listing).returncode, 0)

    def test_several_reports_name_their_recordings(self):
        result = run("analyze", NATIVE, LEARNER, "--text", NATIVE_TEXT)
        lines = result.stdout.decode().splitlines()
        self.assertIn(NATIVE.stem, lines)
        self.assertIn(LEARNER.stem, lines)
        self.assertNotIn(NATIVE.stem, run("analyze", NATIVE, "--text", NATIVE_TEXT).stdout.decode())

    def test_what_cannot_be_read_outranks_what_is_not_scored(self):
        write_wav(self.path / "silence.wav", [0] * 32000)
        for files in (["none.wav", "silence.wav"], ["silence.wav", "none.wav"]):
            self.assertEqual(run("analyze", *(self.path / f for f in files), "--text", "Hi.").returncode, 1)

    def test_a_mistake_in_a_choice_is_not_called_a_damaged_installation(self):
        typo = self.path / "words.txt"
        typo.write_text("tomato T AH0 M XX1\n")
        cases = [
            (1, ["--lexicon", self.path / "none.txt"], "none.txt"),
            (1, ["--lexicon", typo], "line 1"),
            (2, ["--model", "nope"], "en-us-standard"),
            (2, ["--model", "en-us-g2p"], "en-us-standard"),
            (2, ["--language", "fr"], "en-us"),
            (2, ["--language", "../packs/en-us"], "en-us"),
            (2, ["--raw", "foo"], "s16le"),
        ]
        for code, arguments, part in cases:
            with self.subTest(arguments=arguments):
                self.assert_one_line(run("analyze", NATIVE, "--text", "Hi.", *arguments), code, part)

    def test_a_mistake_in_a_text_names_where_the_text_is_written(self):
        listing = self.path / "list.tsv"
        listing.write_text(f"{NATIVE}\t{NATIVE_TEXT}\n{NATIVE}\t***\t{'x' * 5000}\n")
        page = self.path / "page.txt"
        page.write_text("***")
        self.assert_one_line(run("analyze", "--manifest", listing), 1, "list.tsv line 2", "no word")
        self.assert_one_line(run("analyze", NATIVE, LEARNER, "--text-file", page), 1, "page.txt", "no word")
        self.assert_one_line(run("analyze", NATIVE, "--text", "{word|Q Q}"), 1, "--text", "'Q'")

    def test_a_long_name_leaves_room_for_the_reason(self):
        write_wav(self.path / "silence.wav", [0] * 32000)
        result = run("analyze", self.path / "silence.wav", "--text", "Hi.", "--id", "x" * 5000)
        self.assert_one_line(result, 3, "not scored: Nothing can be heard")

    def test_texts_and_lists_come_from_standard_input_too(self):
        text = analysis(NATIVE, "--text-file", "-", stdin=NATIVE_TEXT.encode())
        self.assertEqual(text["text"]["original"], NATIVE_TEXT)
        listing = analysis("--manifest", "-", stdin=f"{NATIVE}\t{NATIVE_TEXT}\n".encode())
        self.assertEqual(listing["id"], NATIVE.stem)

    def test_standard_input_is_read_once(self):
        line = f"-\t{NATIVE_TEXT}\n"
        twice = self.path / "twice.tsv"
        twice.write_text(line * 2)
        self.assert_one_line(run("analyze", "--manifest", twice), 1, "line 2", "only once")
        self.assert_one_line(run("analyze", "--manifest", "-", stdin=line.encode()), 1, "line 1", "list")
        self.assert_one_line(run("analyze", "-", "--text-file", "-"), 2, "only once")
        twice.write_text(line)
        self.assertEqual(run("analyze", "--manifest", twice, stdin=NATIVE.read_bytes()).returncode, 0)

    def test_an_interrupt_ends_the_wait_for_standard_input(self):
        for arguments in (["-", "--text", "Hi."], [NATIVE, "--text-file", "-"]):
            process = subprocess.Popen([PROGRAM, "analyze", *map(str, arguments)], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
            process.stdin.write(b"RIFF")
            process.stdin.flush()
            while unread(process.stdin) > 0:
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(timeout=60), 130, arguments)
            process.stdin.close()
            process.stderr.close()

    def test_inline_phones_may_be_written_in_ipa(self):
        document = analysis(LEARNER, "--text", "Next year will be different, she {thought|sɔːt}.")
        self.assertEqual([p["arpabet"] for p in document["words"][-1]["phones"]], ["S", "AO1", "T"])

    def test_a_word_that_is_too_long_is_called_too_long(self):
        self.assert_one_line(run("analyze", NATIVE, "--text", "a" * 70), 1, "too long")

    def test_own_words_may_be_written_in_ipa(self):
        words = self.path / "words.txt"
        words.write_text("\ufeffthought s\u0254\u02d0t  # heard in class\n", encoding="utf-8")
        result = run("analyze", LEARNER, "--text", LEARNER_TEXT, "--lexicon", words, "--format", "json")
        word = json.loads(result.stdout)["words"][-1]
        self.assertEqual([p["arpabet"] for p in word["phones"]], ["S", "AO1", "T"])
        self.assertEqual(word["origin"], "user")

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
            (2, [NATIVE, "--text", "Hi.", "--text-file", text], "--text and --text-file"),
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
        for what in ("threads", "ONNX Runtime", "language", "sounds", "scorer", "new words"):
            self.assertEqual(checks[what], "good")
        self.assertIn("loudspeaker", checks)

    def test_doctor_looks_at_the_users_words(self):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as words:
            print("tomato T AH0 M AA1 T OW2", file=words, flush=True)
            result = run("--lexicon", words.name, "doctor", "--json")
            checks = {c["what"]: c for c in json.loads(result.stdout)}
            self.assertIn("1 word", checks["your lexicon"]["found"])
            self.assertEqual(result.returncode, 0)
            print("tomato XX", file=words, flush=True)
            result = run("--lexicon", words.name, "doctor", "--json")
            checks = {c["what"]: c for c in json.loads(result.stdout)}
            self.assertEqual(checks["your lexicon"]["state"], "bad")
            self.assertEqual(result.returncode, 1)

    def test_models_lists_what_was_measured(self):
        result = run("models", "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        bundles = {b["name"]: b for b in map(json.loads, result.stdout.decode().splitlines())}
        bundles.pop("en-us-recogniser", None)  # ./dev recogniser may have brought it
        self.assertEqual(set(bundles), {"en-us-standard", "en-us-large", "en-us-tiny", "en-us-tiny-litert", "en-us-g2p", "en-embedder"})
        self.assertTrue(all(b["accuracy"] and b["licences"] for b in bundles.values()))
        self.assertIn(bundles["en-us-standard"]["scorer"], ("gop", "learned"))
        self.assertIsNone(bundles["en-us-g2p"]["scorer"])

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

    def complete(self, *words):
        """What bash offers for the last of the words."""
        script = run("completions", "bash").stdout.decode()
        call = 'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }; _euphone; printf "%s\\n" "${COMPREPLY[@]}"'
        result = subprocess.run(["bash", "-c", script + call, "bash", "euphone", *words], capture_output=True, check=True)
        return result.stdout.decode().split()

    def test_bash_offers_commands_options_and_their_values(self):
        self.assertEqual(self.complete("doc"), ["doctor"])
        self.assertEqual(self.complete("analyze", "--format", "te"), ["terminal", "textgrid"])
        self.assertEqual(self.complete("analyze", "--format", "=", "j"), ["json"])
        self.assertEqual(self.complete("analyze", "--format", "="), "terminal json textgrid ctm elan audacity csv srt azure".split())
        self.assertEqual(self.complete("analyze", "--alphabet", ""), ["arpabet", "ipa"])
        self.assertEqual(self.complete("analyze", "--color", "a"), ["auto", "always"])
        self.assertEqual(self.complete("completions", ""), ["bash", "zsh", "fish"])
        self.assertEqual(self.complete("--language", ""), ["en-us"])
        self.assertEqual(self.complete("--model", ""), ["en-us-large", "en-us-standard", "en-us-tiny", "en-us-tiny-litert"])
        self.assertIn("--lexicon", self.complete("doctor", "--"))
        self.assertEqual(self.complete("--data", "models", "doctor", "--js"), ["--json"])

    def test_bash_offers_files_only_where_files_belong(self):
        self.assertIn(str(NATIVE), self.complete("analyze", str(SAMPLES) + "/"))
        self.assertIn(str(NATIVE), self.complete("analyze", "-T", str(SAMPLES) + "/"))
        for words in (["analyze", "--id"], ["lexicon"], ["doctor"], ["--out"], ["analyze", "--out"]):
            self.assertNotIn(str(NATIVE), self.complete(*words, str(SAMPLES) + "/"), words)

    def test_the_manual_names_every_command_choice_and_default(self):
        page = run("manual").stdout.decode()
        for command in ("analyze", "bench", "doctor", "models", "lexicon", "completions"):
            self.assertIn(f"EUPHONE {command}", page)
        for section in ("EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"):
            self.assertIn(f".SH {section}", page)
        self.assertIn("One of: arpabet, ipa. Default: arpabet.", page)
        self.assertIn("Default: terminal.", page)

    def test_a_full_disk_is_reported_by_every_command(self):
        for arguments in (["doctor"], ["models"], ["lexicon", "cat"], ["manual"], ["completions", "zsh"], ["--help"], ["--version"]):
            with open("/dev/full", "wb") as full:
                result = subprocess.run([PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, check=False)
            self.assertEqual(result.returncode, 1, arguments)
            self.assertRegex(result.stderr.decode(), r"^euphone: standard output .*\n$", arguments)

    def test_bench_compares_bundles(self):
        result = run("bench", "models", "--recording", NATIVE, "--text", NATIVE_TEXT, "--rounds", "2", "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        bundles = {b["name"].split()[0]: b for b in map(json.loads, result.stdout.splitlines())}
        self.assertEqual(set(bundles), {"en-us-standard", "en-us-large", "en-us-tiny", "en-us-tiny-litert"})
        for name, bundle in bundles.items():
            for figure in ("megabytes", "open_ms", "first_ms", "median_ms", "p95_ms", "real_time_factor", "peak_mb"):
                self.assertGreater(bundle[figure], 0, f"{name}: {figure}")
            self.assertIsNone(bundle["phone_pcc"])
        self.assertGreater(bundles["en-us-tiny"]["live_share"], 0)
        self.assertIsNone(bundles["en-us-large"]["live_share"])
        self.assertLess(bundles["en-us-tiny"]["megabytes"], bundles["en-us-standard"]["megabytes"])

    def test_bench_goes_on_after_a_bundle_that_is_not_there(self):
        arguments = ("--recording", NATIVE, "--text", NATIVE_TEXT, "--rounds", "1", "--json")
        result = run("bench", "models", "nothing-of-this-name", "en-us-standard", *arguments)
        self.assertEqual(result.returncode, 1)
        self.assertIn("nothing-of-this-name", result.stderr.decode())
        self.assertEqual(len(result.stdout.splitlines()), 1)

    def test_bench_times_nothing_that_is_not_scored(self):
        result = run("bench", "models", "--recording", NATIVE, "--text", "Quite another sentence than this one.")
        self.assertEqual(result.returncode, 1)
        self.assertIn("is not scored", result.stderr.decode())

    def test_help_and_version_succeed(self):
        self.assertEqual(run("--help").returncode, 0)
        self.assertRegex(run("--version").stdout.decode(), r"^euphone \d+\.\d+\.\d+\n$")

    def test_an_unknown_command_is_a_usage_error(self):
        for word, part in (("dance", "there are: analyze, "), ("analyse", "did you mean 'analyze'"), ("help", "--help")):
            result = run(word, "take.wav")
            self.assertEqual(result.returncode, 2)
            self.assertIn(f"no command '{word}'", result.stderr.decode())
            self.assertIn(part, result.stderr.decode())
        self.assertIn("no command given", run().stderr.decode())
        self.assertIn("no option '--bogus'", run("--bogus").stderr.decode())


if __name__ == "__main__":
    unittest.main()
