"""Spoken commands as a user meets them, said by the reference voices. Arguments come by environment: EUPHONE_PROGRAM."""

import json
import os
import subprocess
import tempfile
import unittest
import wave
from pathlib import Path

from test_live import Terminal

PROGRAM = os.environ["EUPHONE_PROGRAM"]
RATE = 16000
TEXT = "Birds sing before morning."
COMMANDS = ("next", "again", "repeat slowly", "stop", "go back")


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, check=False, timeout=240)


class Folder(unittest.TestCase):
    def setUp(self):
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def recording(self, *parts, voice="slt"):
        """What is said, and seconds of silence, one after the other."""
        pcm = b""
        for part in parts:
            if isinstance(part, (int, float)):
                pcm += bytes(2 * int(part * RATE))
                continue
            file = self.path / f"{len(list(self.path.iterdir()))}-said.wav"
            result = run("say", part, "--voice", voice, "--out", file)
            self.assertEqual(result.returncode, 0, result.stderr)
            with wave.open(str(file)) as said:
                self.assertEqual(said.getframerate(), RATE)
                pcm += said.readframes(said.getnframes())
        path = self.path / f"{len(list(self.path.iterdir()))}.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(pcm)
        return path


class LinesTest(Folder):
    def events(self, recording, text=TEXT, options=("--hands-free",)):
        result = run("live", "--from", recording, "--text", text, "--speed", 0, "--events", *options)
        self.assertIn(result.returncode, (0, 3), result.stderr)
        return [json.loads(line) for line in result.stdout.splitlines()]

    def heard(self, *arguments, **options):
        return [(e["command"], e["wake"]) for e in self.events(*arguments, **options) if e["event"] == "command_heard"]

    def test_each_command_is_heard_from_both_voices_alone_and_after_the_wake_phrase(self):
        for voice in ("slt", "rms"):
            alone = [part for command in COMMANDS for part in (1.2, command)]
            woken = [part for command in COMMANDS for part in (1.2, f"Hey coach, {command}.")]
            names = [command.replace(" ", "_") for command in COMMANDS]
            self.assertEqual(self.heard(self.recording(*alone, 1, voice=voice)), [(name, False) for name in names])
            self.assertEqual(self.heard(self.recording(*woken, 1, voice=voice)), [(name, True) for name in names])

    def test_without_being_asked_for_nothing_is_listened_for(self):
        self.assertEqual(self.heard(self.recording(1, "next", 1), options=()), [])

    def test_reading_a_text_with_the_word_next_in_it_is_no_command(self):
        text = "Next year will be different, she thought. Then she said it again."
        whole = self.recording(1, text, 1.5)
        self.assertEqual(self.heard(whole, text), [])
        halting = self.recording(1, "next", 1, "year will be different", 1, "she thought", 1, "then she said it", 1, "again", 1)
        events = self.events(halting, text)
        self.assertEqual([e for e in events if e["event"] == "command_heard"], [])
        self.assertIn("text_finished", [e["event"] for e in events])
        # After the wake phrase it is one.
        self.assertEqual(self.heard(self.recording(1, "hey coach", 1, "next", 1), text), [(None, True), ("next", True)])

    def test_a_command_is_no_part_of_a_reading(self):
        def scores(recording):
            finished = [e for e in self.events(recording) if e["event"] == "sentence_finished" and e["settled"]]
            return [(e["take"], e["analysis"]["scores"]["total"], len(e["analysis"]["words"])) for e in finished]

        alone = scores(self.recording(1, TEXT, 2))
        self.assertEqual(len(alone), 1)
        self.assertEqual(scores(self.recording(1, TEXT, 1, "again", 1)), alone)
        # In the middle of a sentence it ends the reading where it begins.
        events = self.events(self.recording(1, "birds sing", 1, "Hey coach, again.", 1))
        call = next(e for e in events if e["event"] == "command_heard")
        finished = next(e for e in events if e["event"] == "sentence_finished" and e["settled"])
        self.assertEqual(finished["reason"], "stopped")
        self.assertLessEqual(finished["end_sample"], call["start_sample"])
        self.assertNotIn("inserted", [word["error"] for word in finished["analysis"]["words"]])

    def test_lines_tell_it_in_words_and_stop_ends_what_is_heard_as_it_comes(self):
        recording = self.recording(1, TEXT, 1.2, "again", 1.2, "stop", 30)
        result = run("live", "--from", recording, "--text", TEXT, "--speed", 4, "--plain", "--hands-free")
        self.assertEqual(result.returncode, 0, result.stderr)
        lines = result.stdout.decode().splitlines()
        self.assertIn("command: again", lines)
        self.assertEqual(lines[-1], "command: stop")

    def test_a_wake_phrase_of_ones_own_is_heard_and_a_bad_one_refused_in_one_line(self):
        recording = self.recording(1, "okay computer", 1, "next", 1)
        own = ("--hands-free", "--wake", "okay computer")
        self.assertEqual(self.heard(recording, options=own), [(None, True), ("next", True)])
        for code, options in (
            (2, ("--wake", "okay computer")),
            (1, ("--hands-free", "--wake", "hey")),
            (1, ("--hands-free", "--wake", "next please")),
            (1, ("--hands-free", "--wake", "...")),
        ):
            result = run("live", "--from", recording, "--text", TEXT, "--speed", 0, *options)
            self.assertEqual(result.returncode, code, (options, result.stderr))
            self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)


class ScreenTest(Folder):
    def test_the_screen_does_what_the_keys_of_the_same_name_do(self):
        terminal = Terminal()
        self.addCleanup(terminal.close)
        first, second = self.recording(1, "next", 3), self.recording(1, "go back", 1.2, "stop", 60)
        terminal.live("--hands-free", "--from", first, "--text", TEXT, "--from", second, "--text", "We sleep until seven.")
        terminal.wait("2 of 2")
        terminal.wait("1 of 2")
        terminal.keys("n")
        terminal.keys("?")
        terminal.wait(r"say +next, again")
        terminal.keys("x", "q")
        terminal.wait("status=0")


if __name__ == "__main__":
    unittest.main()
