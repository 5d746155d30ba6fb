#!/usr/bin/env python3
"""Tests of the damaged inputs and of their check, with small stand-ins for the program."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from check_damaged import Outcome, fault_of
from make_damaged import COUNT, all_damaged

HERE = Path(__file__).parent


def check(folder: Path, script: str, rows: str) -> subprocess.CompletedProcess[str]:
    """Runs check_damaged.py with a shell script as the program."""
    program = folder / "program"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    (folder / "list.tsv").write_text(rows)
    command = [sys.executable, str(HERE / "check_damaged.py"), str(program), str(folder)]
    return subprocess.run([*command, "--seconds", "1"], capture_output=True, text=True, check=False)


class DamagedInputs(unittest.TestCase):
    def test_are_two_hundred_and_always_the_same(self) -> None:
        first = all_damaged([])
        self.assertEqual(len(first), COUNT)
        self.assertEqual(first, all_damaged([]))

    def test_have_names_of_their_own_and_known_expectations(self) -> None:
        made = all_damaged([])
        self.assertEqual(len({damaged.name for damaged in made}), COUNT)
        self.assertLessEqual({damaged.expectation for damaged in made}, {"error", "ok", "any"})


class CheckOfTheProgram(unittest.TestCase):
    def verdict(self, script: str, expectation: str = "any") -> tuple[int, str]:
        with tempfile.TemporaryDirectory() as folder:
            done = check(Path(folder), script, f"a.wav\ta.txt\t{expectation}\n")
            return done.returncode, done.stdout

    def test_accepts_json_or_one_line(self) -> None:
        self.assertEqual(self.verdict('echo "{}"')[0], 0)
        self.assertEqual(self.verdict('echo "euphone: a.wav: empty" >&2; exit 2', "error")[0], 0)

    def test_finds_crashes_and_sanitizer_codes(self) -> None:
        self.assertIn("code -11", self.verdict("kill -SEGV $$")[1])
        self.assertIn("code 99", self.verdict('echo "euphone: x" >&2; exit 99')[1])

    def test_finds_a_program_that_hangs(self) -> None:
        self.assertIn("too long", self.verdict("exec sleep 60")[1])

    def test_finds_output_that_is_not_json(self) -> None:
        self.assertIn("not JSON", self.verdict("echo hello")[1])
        self.assertIn("not JSON", self.verdict("echo '{\"score\": NaN}'")[1])

    def test_finds_the_wrong_number_of_lines(self) -> None:
        self.assertIn("2 lines", self.verdict('printf "euphone: a\\nb\\n" >&2; exit 1')[1])
        self.assertIn("0 lines", self.verdict("exit 1")[1])

    def test_finds_a_line_without_the_name_or_too_long(self) -> None:
        self.assertIn("begin with", self.verdict("echo error >&2; exit 1")[1])
        long_line = Outcome(code=1, output=b"", errors=b"euphone: " + b"x" * 300)
        self.assertIn("characters", fault_of(long_line, "any") or "")

    def test_finds_the_wrong_answer(self) -> None:
        self.assertIn("accepted", self.verdict('echo "{}"', "error")[1])
        self.assertIn("refused", self.verdict('echo "euphone: no" >&2; exit 1', "ok")[1])

    def test_refuses_an_empty_list(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(check(Path(folder), "true", "").returncode, 1)


if __name__ == "__main__":
    unittest.main()
