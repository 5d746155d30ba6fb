"""`euphone live` as a user meets it: lines, kept takes, pipes, and the screen inside a terminal (tmux). Arguments come by
environment: EUPHONE_PROGRAM and EUPHONE_SAMPLES."""

import itertools
import json
import os
import re
import shlex
import signal
import subprocess
import tempfile
import time
import unittest
import wave
from pathlib import Path

from sound_server import SoundServer

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
LEARNER = SAMPLES / "so762-014070336.opus"
LEARNER_TEXT = "Next year will be different, she thought."
NATIVE = SAMPLES / "librispeech-118-47824-0022.opus"
NATIVE_TEXT = "You see, I spent a good deal in Smithtown yesterday."
ASOUND = Path(__file__).resolve().parents[2] / "engine/devices/testdata/asound.conf"
TERMINALS = itertools.count()
PATIENCE = 240  # A machine may be busy with other tests.


def run(*arguments, stdin=None):
    return subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, check=False, timeout=PATIENCE)


def live(*arguments, stdin=None):
    return run("live", *arguments, stdin=stdin)


def analysis(file, text):
    result = run("analyze", file, "--text", text, "--format", "json")
    assert result.returncode == 0, result.stderr.decode()
    return json.loads(result.stdout)


class Folder(unittest.TestCase):
    def setUp(self):
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory()))


class LinesTest(Folder):
    def test_words_result_and_advice_come_in_plain_words_where_nobody_looks_at_a_screen(self):
        result = live("--from", LEARNER, "--text", LEARNER_TEXT, "--speed", 0)
        self.assertEqual(result.returncode, 0, result.stderr)
        text = result.stdout.decode()
        self.assertRegex(text, r"(?m)^\[different\] (about )?\d+ ")
        self.assertRegex(text, r"(?m)^score: \d+ of 100 \(sentence 1, take 1\)$")
        self.assertRegex(text, r"(?m)^(do first|next): ")
        self.assertNotRegex(text, r"[\x00-\x09\x0b-\x1f\x7f]")

    def test_events_of_a_recording_are_the_same_each_time(self):
        arguments = ("--from", LEARNER, "--text", LEARNER_TEXT, "--speed", 0, "--events")
        first = live(*arguments)
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertEqual(first.stdout, live(*arguments).stdout)
        kinds = [json.loads(line)["event"] for line in first.stdout.splitlines()]
        self.assertEqual((kinds[0], kinds[-1]), ("listening", "stopped"))
        self.assertIn("sentence_finished", kinds)

    def test_a_pipe_gives_the_same_scores_as_the_recording_in_it(self):
        wav = self.path / "take.wav"
        with wave.open(str(wav), "wb") as file:
            file.setparams((1, 2, 16000, 0, "NONE", ""))
            file.writeframes(self.pcm())
        text = ("--text", LEARNER_TEXT, "--events", "--speed", 0)
        direct = live("--from", wav, *text)
        for piped in (wav.read_bytes(), self.pcm()):
            through = live("--from", "-", *text, stdin=piped)
            self.assertEqual(through.returncode, 0, through.stderr)
            self.assertEqual(through.stdout, direct.stdout)

    def pcm(self):
        """A sample recording as 16-bit samples: what is kept of a reading of it."""
        folder = self.path / "pcm"
        if not folder.exists():
            live("--from", LEARNER, "--text", LEARNER_TEXT, "--speed", 0, "--save", folder)
        with wave.open(str(folder / "sentence-01-take-01.wav")) as file:
            return file.readframes(file.getnframes())

    def test_it_ends_with_the_text_if_asked_though_the_pipe_stays_open(self):
        pcm = self.pcm() + bytes(2 * 16000 * 3)
        with subprocess.Popen(
            [PROGRAM, "live", "--from", "-", "--text", LEARNER_TEXT, "--plain", "--until-done"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            process.stdin.write(pcm)
            process.stdin.flush()
            self.assertEqual(process.wait(PATIENCE), 0)
            self.assertIn(b"score: ", process.stdout.read())

    def test_another_text_is_not_scored_and_says_so(self):
        result = live("--from", NATIVE, "--text", "Green tea.", "--speed", 0, "--plain")
        self.assertEqual(result.returncode, 3, result.stdout)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)

    def test_mistakes_are_one_line(self):
        for code, arguments in (
            (2, ()),
            (2, ("--text", "a", "--text-file", "b")),
            (2, ("--text", "a", "--speed", "2")),
            (1, ("--text", "a", "--from", self.path / "none.wav")),
            (1, ("--text-file", self.path / "none.txt", "--from", LEARNER)),
            (1, ("--text", "...", "--from", LEARNER, "--speed", "0")),
        ):
            result = live(*arguments)
            self.assertEqual(result.returncode, code, (arguments, result.stderr))
            self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)

    def test_without_a_microphone_it_says_what_to_do(self):
        result = subprocess.run(
            [PROGRAM, "live", "--text", "Good morning.", "--device", "no such microphone"],
            capture_output=True, check=False, timeout=PATIENCE, env=os.environ | {"ALSA_CONFIG_PATH": str(ASOUND)},
        )  # fmt: skip
        self.assertEqual(result.returncode, 1)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)


class SavedTakesTest(Folder):
    def assert_same_scores(self, kept, fresh):
        self.assertEqual(kept["verdict"], fresh["verdict"])
        self.assertEqual(kept["id"], fresh["id"])
        for name, score in kept["scores"].items():
            if isinstance(score, (int, float)):
                self.assertAlmostEqual(score, fresh["scores"][name], delta=1.0, msg=name)
        self.assertEqual(len(kept["words"]), len(fresh["words"]))
        for was, now in zip(kept["words"], fresh["words"], strict=True):
            if was["accuracy"] is not None:
                self.assertAlmostEqual(was["accuracy"], now["accuracy"], delta=1.0, msg=was["text"])

    def test_a_kept_take_gets_the_same_scores_from_analyze(self):
        for sample, text in ((LEARNER, LEARNER_TEXT), (NATIVE, NATIVE_TEXT)):
            folder = self.path / sample.stem
            result = live("--from", sample, "--text", text, "--speed", 0, "--save", folder)
            self.assertEqual(result.returncode, 0, result.stderr)
            takes = sorted(folder.iterdir())
            self.assertEqual([take.name for take in takes], ["sentence-01-take-01.json", "sentence-01-take-01.wav"])
            with wave.open(str(takes[1])) as file:
                self.assertEqual((file.getsampwidth(), file.getnchannels(), file.getframerate()), (2, 1, 16000))
            self.assert_same_scores(json.loads(takes[0].read_text()), analysis(takes[1], text))

    def test_earlier_takes_are_never_replaced(self):
        for _ in range(2):
            live("--from", LEARNER, "--text", LEARNER_TEXT, "--speed", 0, "--save", self.path)
        self.assertEqual(len(list(self.path.glob("sentence-01-take-0[12].*"))), 4)


class MicrophoneTest(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(SoundServer())

    def listen(self, *arguments):
        process = subprocess.Popen(
            [PROGRAM, "live", "--text", LEARNER_TEXT, "--device", "lesson microphone", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.server.environment,
        )  # fmt: skip
        self.addCleanup(process.kill)
        self.server.wait_for(self.server.recording, PATIENCE)
        return process

    def say(self):
        command = [PROGRAM, "play", LEARNER, "--device", "lesson loudspeaker"]
        subprocess.run(command, env=self.server.environment, check=True, capture_output=True, timeout=PATIENCE)

    def test_hears_a_reader_through_a_microphone(self):
        process = self.listen("--plain", "--until-done")
        self.say()
        output, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 0, errors)
        self.assertRegex(output.decode(), r"(?m)^score: \d+ of 100")

    def test_what_was_said_before_the_microphone_went_away_is_judged(self):
        process = self.listen("--events")
        self.say()
        self.server.kill()
        output, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 1, errors)
        self.assertRegex(errors.decode(), r"^euphone: the microphone .*\n$")
        self.assertIn("sentence_finished", [json.loads(line)["event"] for line in output.splitlines()])


class Terminal:
    """A terminal of its own with a shell in it."""

    def __init__(self, columns=80, rows=24, environment="LANG=C.UTF-8"):
        self.socket = f"euphone-test-{os.getpid()}-{next(TERMINALS)}"  # a server of its own
        self.tmux("-f", "/dev/null", "new", "-d", "-x", columns, "-y", rows, f"env PS1='$ ' {environment} TERM=screen sh")
        self.type("stty -a | md5sum")
        self.before = self.wait(r"[0-9a-f]{32}")[0]

    def tmux(self, *arguments):
        command = ["tmux", "-u", "-L", self.socket, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout

    def type(self, line):
        self.tmux("send-keys", "-l", line)
        self.keys("Enter")

    def keys(self, *keys):
        self.tmux("send-keys", *keys)

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def wait(self, pattern, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while True:
            shown = self.screen()
            found = re.search(pattern, shown)
            if found:
                return found
            if time.monotonic() > end:
                raise AssertionError(f"{pattern!r} was not shown in {seconds} s:\n{shown}")
            time.sleep(0.1)

    def live(self, *arguments):
        self.type("clear; " + shlex.join([PROGRAM, "live", *map(str, arguments)]) + '; echo "status=$?"; stty -a | md5sum')

    def close(self):
        self.tmux("kill-server")


class ScreenTest(Folder):
    def open(self, **options):
        terminal = Terminal(**options)
        self.addCleanup(terminal.close)
        return terminal

    def assert_given_back(self, terminal, status):
        terminal.wait(rf"status={status}\s")
        self.assertEqual(terminal.wait(r"status=\d+\s+([0-9a-f]{32})")[1], terminal.before, "the terminal's settings")
        terminal.type("echo still-$((40 + 2))")
        terminal.wait("still-42")

    def test_shows_words_and_scores_reads_again_and_gives_the_terminal_back(self):
        terminal = self.open()
        terminal.live("--from", LEARNER, "--text", LEARNER_TEXT, "--text", "The second text.")
        terminal.wait(r"1 of 2 .*listening")
        terminal.wait(r"different, she thought\.\n +.*[─·~═]{4}")
        terminal.wait(r"Score +\d+ of 100")
        terminal.wait("not listening")
        terminal.keys("r")
        terminal.wait(r"(?m)^ Before +\d+|Tries")
        terminal.wait(r"Tries +1: \d+  →  2: \d+ +as before")
        terminal.keys("Left")
        terminal.wait(r"(?m)^ (Sounds|  +Nothing to work on in this word)")
        terminal.keys("?")
        terminal.wait("hear how it should sound")
        terminal.keys("x")
        terminal.keys("n")
        terminal.wait("2 of 2")
        terminal.wait("The second text.")
        terminal.keys("q")
        self.assert_given_back(terminal, 0)

    def test_gives_the_terminal_back_on_ctrl_c_and_on_sigterm(self):
        terminal = self.open()
        for end in ("C-c", None):
            terminal.live("--from", LEARNER, "--text", LEARNER_TEXT)
            terminal.wait(r"Euphone .*listening")
            if end:
                terminal.keys(end)
            else:
                shell = terminal.tmux("list-panes", "-F", "#{pane_pid}").strip()
                child = subprocess.run(["pgrep", "-P", shell, "euphone"], capture_output=True, check=True, text=True)
                os.kill(int(child.stdout), signal.SIGTERM)
            self.assert_given_back(terminal, 130)

    def test_comes_back_after_ctrl_z(self):
        terminal = self.open()
        terminal.type("set -m")
        terminal.live("--from", LEARNER, "--text", LEARNER_TEXT)
        terminal.wait(r"Euphone .*listening")
        terminal.keys("C-z")
        terminal.wait(r"status=\d+")
        terminal.type("fg")
        terminal.wait(r"(?s)Euphone .*listening.*q quit")
        terminal.keys("q")
        terminal.type("echo over-$((40 + 2))")
        terminal.wait("over-42")

    def test_a_plain_locale_gets_ascii_and_a_small_terminal_fits(self):
        terminal = self.open(columns=60, rows=20, environment="LC_ALL=C NO_COLOR=1")
        terminal.live("--from", LEARNER, "--text", LEARNER_TEXT)
        terminal.wait(r"Score +\d+ of 100")
        self.assertRegex(terminal.screen(), r"^[\x20-\x7e\n]+$")
        terminal.tmux("resize-window", "-x", 100, "-y", 30)
        terminal.wait(r"(?m)^ .{80,}listening$")
        terminal.keys("q")
        terminal.wait("status=0")


if __name__ == "__main__":
    unittest.main()
