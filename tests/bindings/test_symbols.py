#!/usr/bin/env python3
"""libeuphone.so shows what euphone.h declares and nothing else, says which version it is, and needs few libraries."""

import os
import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = Path(os.environ["EUPHONE_BUILD"]) / "lib/libeuphone.so"


def told(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


class SymbolsTest(unittest.TestCase):
    def test_it_shows_what_the_header_declares(self):
        header = (ROOT / "bindings/c/euphone.h").read_text(encoding="utf-8")
        declared = set(re.findall(r"^EUPHONE_API [^;]*?\b(euphone_\w+)\(", header, re.M))
        shown = set(re.findall(r" [TDBRVW] (\S+?)@@EUPHONE_1", told("nm", "-D", "--defined-only", LIBRARY)))
        others = re.findall(r" [TDBRVW] (\S+)", re.sub(r".*@@EUPHONE_1", "", told("nm", "-D", "--defined-only", LIBRARY)))
        self.assertGreater(len(declared), 20)
        self.assertEqual(shown, declared)
        self.assertEqual(others, [])

    def test_its_name_holds_the_version_that_programs_are_linked_to(self):
        dynamic = told("readelf", "-d", LIBRARY)
        self.assertIn("[libeuphone.so.1]", dynamic)
        self.assertIn("EUPHONE_API_VERSION 100 ", (ROOT / "bindings/c/euphone.h").read_text(encoding="utf-8"))

    def test_it_needs_no_sound_card_and_no_database(self):
        needed = set(re.findall(r"NEEDED.*\[(lib[\w+-]+?)[.-]", told("readelf", "-d", LIBRARY)))
        self.assertTrue({"libsndfile"} <= needed)
        self.assertFalse(needed & {"libportaudio", "libsodium", "libsqlite3", "libSoundTouch", "libflite"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
