"""The Python package as it was installed out of its wheel, with nothing beside it but NumPy; run_python.py runs it."""

import ast
import importlib.metadata
import inspect
import json
import os
import signal
import subprocess
import sys
import threading
import time
import unittest
import wave
from pathlib import Path

import euphone
import numpy as np

TEXT = "Next year will be different, she thought."
TAKE = Path(os.environ["EUPHONE_TAKE"])
with wave.open(str(TAKE)) as take:
    RATE = take.getframerate()
    SAMPLES = np.frombuffer(take.readframes(take.getnframes()), np.int16)
ENGINE = euphone.Engine()


class AnalyzeTest(unittest.TestCase):
    def test_it_finds_what_came_with_the_package(self):
        self.assertNotIn("EUPHONE_DATA", os.environ)
        self.assertTrue(ENGINE.model.startswith("en-us-standard "))
        self.assertEqual(importlib.metadata.version("euphone"), euphone.__version__)

    def test_samples_in_any_form_are_the_file(self):
        told = ENGINE.analyze_file(TAKE, TEXT, id="x").to_json()
        floats = SAMPLES.astype(np.float32) / 32768
        for samples in (SAMPLES, floats, floats.astype(np.float64), floats[:, None], np.repeat(floats, 2)[::2], list(floats)):
            analysis = ENGINE.analyze(samples, RATE, TEXT, id="x")
            ours, theirs = analysis.to_dict(), json.loads(told)
            self.assertEqual(ours["words"], theirs["words"])

    def test_attributes_are_the_documents(self):
        analysis = euphone.analyze(SAMPLES, RATE, TEXT)
        document = analysis.to_dict()
        self.assertTrue(analysis.scored)
        self.assertEqual(analysis.scores.total, document["scores"]["total"])
        self.assertEqual([word.text for word in analysis.words], "next year will be different she thought".split())
        thought = analysis.words[-1]
        self.assertEqual([phone.arpabet for phone in thought.phones], ["TH", "AO1", "T"])
        self.assertEqual((thought.start, thought.phones[0].ipa), (document["words"][-1]["start_s"], "θ"))
        self.assertIn("scored", repr(analysis))
        self.assertIn("IntervalTier", analysis.write("textgrid"))
        with self.assertRaises(AttributeError):
            thought.text = "taught"

    def test_what_a_scorer_does_not_judge_is_none(self):
        plain = euphone.Engine(scorer="gop").analyze(SAMPLES, RATE, "Next year will be different.")
        self.assertTrue(plain.words[0].phones)
        self.assertEqual({word.stress for word in plain.words}, {None})
        self.assertIn("inserted", {word.error for word in plain.words})
        self.assertEqual({phone.claim for word in plain.words for phone in word.phones}, {None})

    def test_silence_is_not_scored_and_has_no_scores(self):
        analysis = ENGINE.analyze(np.zeros(16000, np.float32), 16000, TEXT)
        self.assertEqual((analysis.verdict, analysis.scores.total), ("withheld", None))

    def test_what_is_wrong_is_said_in_one_line(self):
        for call, kind, words in (
            (lambda: ENGINE.analyze(np.full(100, np.nan), 16000, TEXT), euphone.Error, "not numbers between -1 and 1"),
            (lambda: ENGINE.analyze(SAMPLES, 10, TEXT), euphone.Error, "10 Hz"),
            (lambda: ENGINE.analyze(SAMPLES, RATE, ""), euphone.Error, "no word to read"),
            (lambda: ENGINE.analyze(np.zeros((2, 100)), 16000, TEXT), ValueError, "shape (2, 100)"),
            (lambda: ENGINE.analyze(np.zeros(100, np.int32), 16000, TEXT), TypeError, "not int32"),
            (lambda: ENGINE.analyze_file("none.wav", TEXT), euphone.Error, "none.wav"),
            (lambda: euphone.Engine(data="/no/such/folder"), euphone.Error, "no language packs"),
            (lambda: euphone.Engine(threads=0), ValueError, "1 to 64 threads"),
            (lambda: ENGINE.analyze_file(TAKE, TEXT).write("xml"), euphone.Error, "no format 'xml'"),
        ):
            with self.assertRaises(kind) as raised:
                call()
            self.assertIn(words, str(raised.exception))
            self.assertNotIn("\n", str(raised.exception))

    def test_other_threads_go_on_while_it_works(self):
        long = np.tile(SAMPLES, 20)
        done = threading.Event()
        worker = threading.Thread(target=lambda: (ENGINE.analyze(long, RATE, TEXT * 20), done.set()))
        worker.start()
        turns = 0
        while not done.wait(0.001):
            turns += 1
        worker.join()
        self.assertGreater(turns, 20)

    def test_control_c_ends_it(self):
        script = f"""
import euphone, numpy as np, wave
samples = np.tile(np.frombuffer(wave.open({str(TAKE)!r}).readframes(1 << 24), np.int16), 60)
engine = euphone.Engine()
print("begins", flush=True)
engine.analyze(samples, {RATE}, {TEXT!r} * 60)
print("ends", flush=True)
"""
        process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(process.stdout.readline(), "begins\n")
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        self.assertNotIn("ends", output)
        self.assertIn("KeyboardInterrupt", errors)


class LiveTest(unittest.TestCase):
    def events(self, piece):
        live = euphone.Live(ENGINE, TEXT, rate=RATE, reproducible=True)
        for start in range(0, len(SAMPLES), piece):
            live.push(SAMPLES[start : start + piece])
        live.finish()
        return list(live.events())

    def test_events_are_the_same_whatever_the_pieces(self):
        events = self.events(1600)
        self.assertEqual(events, self.events(len(SAMPLES)))
        self.assertEqual((events[0]["event"], events[-1]["event"]), ("listening", "stopped"))
        finished = [event for event in events if event["event"] == "sentence_finished" and event["settled"]]
        self.assertEqual(finished[0]["analysis"]["verdict"], "scored")

    def test_a_with_statement_finishes_it(self):
        with euphone.Live(ENGINE, TEXT) as live:
            self.assertEqual(next(live.events(wait=5))["event"], "listening")
        self.assertEqual([event["event"] for event in live.events()][-1], "stopped")
        with self.assertRaises(euphone.Error):
            live.push(SAMPLES)


class TypesTest(unittest.TestCase):
    def test_the_stub_names_what_was_compiled(self):
        folder = Path(euphone.__file__).parent
        self.assertTrue((folder / "py.typed").exists())
        stub = ast.parse((folder / "_core.pyi").read_text(encoding="utf-8"))
        for declared in (node for node in stub.body if isinstance(node, ast.ClassDef)):
            compiled = getattr(euphone._core, declared.name)
            for method in (node for node in declared.body if isinstance(node, ast.FunctionDef)):
                self.assertTrue(hasattr(compiled, method.name), f"{declared.name}.{method.name}")
        missing = {name for name in dir(euphone._core) if name[0] != "_"} - {getattr(node, "name", "") for node in stub.body}
        self.assertFalse(missing)

    def test_all_that_is_public_is_documented(self):
        for name in euphone.__all__:
            self.assertTrue(inspect.getdoc(getattr(euphone, name)), name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
