#!/usr/bin/env python3
"""The programs of docs/howto/use-from-c-python-node-java.md as they stand there, and each language's examples: all say the same."""

import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import soundfile

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ["EUPHONE_BUILD"])
VENV = Path(os.environ["EUPHONE_VENV"])
LIBRARIES = BUILD / "lib"
RECORDING = ROOT / "samples/so762-014070336.opus"
TEXT = "Next year will be different, she thought."
PROGRAMS = dict(
    re.findall(r"^```(\w+)\n(.*?)^```", (ROOT / "docs/howto/use-from-c-python-node-java.md").read_text(encoding="utf-8"), re.M | re.S)
)


def run(*command, given=None, **more):
    environment = os.environ | {
        "EUPHONE_DATA": str(BUILD / "share/euphone"),
        "EUPHONE_ADDON": str(LIBRARIES / "euphone.node"),
        "EUPHONE_UPDATES": "",
    }
    done = subprocess.run(command, capture_output=True, input=given, env=environment, check=False, timeout=120, **more)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stderr.decode()}{done.stdout.decode()}")
    return done.stdout.decode()


class LanguagesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.scratch.name)
        (cls.folder / "node_modules").mkdir()
        (cls.folder / "node_modules/euphone").symlink_to(ROOT / "bindings/node")
        floats, rate = soundfile.read(RECORDING, dtype="float32")
        cls.floats = floats.tobytes()
        soundfile.write(cls.folder / "take.wav", floats, rate, "PCM_16")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def place(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def c(self, source, *arguments, given=None):
        program = self.folder / "program"
        run(
            "cc",
            "-std=c11",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-pedantic",
            source,
            "-o",
            program,
            f"-I{ROOT}/bindings/c",
            f"-L{LIBRARIES}",
            f"-Wl,-rpath,{LIBRARIES}",
            "-leuphone",
        )
        return run(program, *arguments, given=given)

    def java(self, source, *arguments, given=None):
        classes = BUILD / "bindings/java/euphone.jar"
        return run(
            "java",
            f"-Deuphone.library={LIBRARIES}/libeuphone_jni.so",
            "-Dstdout.encoding=UTF-8",
            "-Dfile.encoding=UTF-8",
            "-cp",
            classes,
            source,
            *arguments,
            given=given,
        )

    def test_the_same_lines_come_out_of_the_same_ten_lines_in_each_language(self):
        told = {
            "c": self.c(self.place("take.c", PROGRAMS["c"]), RECORDING, TEXT),
            "python": run(VENV / "bin/python", self.place("take.py", PROGRAMS["python"]), RECORDING, TEXT),
            "js": run("node", self.place("take.mjs", PROGRAMS["js"]), RECORDING, TEXT),
            "java": self.java(self.place("Take.java", PROGRAMS["java"]), RECORDING, TEXT),
        }
        self.assertEqual(set(PROGRAMS), set(told))
        self.assertRegex(told["c"], r"^\d+ of 100\nnext \d+ n:\d+ ɛ:\d+ ")
        self.assertEqual(len(told["c"].splitlines()), 8)
        for language, lines in told.items():
            # A half may be rounded up or to the even number.
            self.assertEqual(re.sub(r"\d+", "#", lines), re.sub(r"\d+", "#", told["c"]), language)
            for ours, theirs in zip(re.findall(r"\d+", lines), re.findall(r"\d+", told["c"]), strict=True):
                self.assertLessEqual(abs(int(ours) - int(theirs)), 1, language)

    def test_the_examples_follow_a_reader_to_the_end(self):
        told = {
            "c": self.c(ROOT / "bindings/c/examples/live.c", TEXT, given=self.floats),
            "js": run("node", self.place("live.mjs", (ROOT / "bindings/node/examples/live.mjs").read_text()), TEXT, given=self.floats),
            "java": self.java(ROOT / "bindings/java/examples/Listen.java", TEXT, given=self.floats),
        }
        for language, lines in told.items():
            events = [json.loads(line) for line in lines.splitlines()]
            self.assertEqual((events[0]["event"], events[-1]["event"]), ("listening", "stopped"), language)
            finished = [event for event in events if event["event"] == "sentence_finished" and event["settled"]]
            self.assertEqual(len(finished), 1, language)
        lines = run(VENV / "bin/python", ROOT / "bindings/python/examples/live.py", self.folder / "take.wav", TEXT).splitlines()
        self.assertEqual((lines[0].strip(), lines[-1].strip()), ("listening", "stopped"))

    def test_what_node_says_of_types_is_what_its_package_has(self):
        self.place(
            "check.mts",
            """
import { Engine, type Word } from 'euphone'
const engine: Engine = await Engine.open({ scorer: 'gop', threads: 2 })
const analysis = await engine.analyze(new Float32Array(16000), 16000, 'Yes.', { signal: AbortSignal.timeout(1000) })
const words: Word[] = analysis.words
console.log(words.map((word) => word.accuracy?.toFixed(0)), analysis.document.schema === 'euphone.analysis/1')
for await (const event of await engine.listen('Yes.')) console.log(event.event)
// @ts-expect-error: engines are opened, not constructed
new Engine()
""",
        )
        compiler = ROOT / "web/node_modules/typescript/bin/tsc"
        options = "--noEmit --strict --target es2022 --module nodenext --lib es2022,dom --skipLibCheck --types node".split()
        run("node", compiler, *options, "--typeRoots", ROOT / "web/node_modules/@types", "check.mts", cwd=self.folder)


if __name__ == "__main__":
    unittest.main(verbosity=2)
