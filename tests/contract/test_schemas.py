"""What crosses a language is as contract/ says: real analyses, the report's goldens and the shipped bundles.

EUPHONE_PROGRAM names the built program."""

import copy
import json
import os
import struct
import subprocess
import sys
import tempfile
import unittest
import wave
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((ROOT / "contract" / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


class AnalysisTest(unittest.TestCase):
    schema = validator("analysis.schema.json")

    def test_every_sample_gives_a_valid_document(self):
        command = [os.environ["EUPHONE_PROGRAM"], "analyze", "--manifest", SAMPLES / "samples.tsv", "--format", "json"]
        lines = subprocess.run(command, capture_output=True, check=True).stdout.splitlines()
        self.assertEqual(len(lines), len(list(SAMPLES.glob("*.opus"))))
        for line in lines:
            self.schema.validate(json.loads(line))

    def test_every_golden_document_is_valid(self):
        goldens = [p for p in (ROOT / "engine/report/testdata").glob("*.json") if ".azure" not in p.name]
        self.assertGreater(len(goldens), 4)
        for path in goldens:
            with self.subTest(path.name):
                self.schema.validate(read(path))

    def test_a_field_too_many_or_too_few_is_refused(self):
        good = read(ROOT / "engine/report/testdata/example.json")
        extra, less = copy.deepcopy(good), copy.deepcopy(good)
        extra["words"][0]["colour"] = "red"
        del less["words"][0]["accuracy"]
        self.assertFalse(self.schema.is_valid(extra))
        self.assertFalse(self.schema.is_valid(less))


class LiveTest(unittest.TestCase):
    schema = validator("live_event.schema.json")
    analysis = validator("analysis.schema.json")

    def test_every_event_of_a_session_is_valid_and_none_is_missing_at_its_ends(self):
        sample, text = (SAMPLES / "demo.tsv").read_text(encoding="utf-8").splitlines()[2].split("\t")
        command = [os.environ["EUPHONE_PROGRAM"], "live", "--from", SAMPLES / sample, "--text", text, "--speed", "0", "--events"]
        events = [json.loads(line) for line in subprocess.run(command, capture_output=True, check=True).stdout.splitlines()]
        for event in events:
            self.schema.validate(event)
        self.assertEqual((events[0]["event"], events[-1]["event"]), ("listening", "stopped"))
        finished = [e for e in events if e["event"] == "sentence_finished"]
        self.assertTrue(finished[-1]["settled"])
        self.analysis.validate(finished[-1]["analysis"])
        self.assertFalse(self.schema.is_valid({**events[1], "colour": "red"}))

    def test_a_spoken_command_is_a_valid_event(self):
        program = os.environ["EUPHONE_PROGRAM"]
        with tempfile.TemporaryDirectory() as folder:
            said, padded = Path(folder) / "said.wav", Path(folder) / "padded.wav"
            subprocess.run([program, "say", "next", "--out", said], capture_output=True, check=True)
            with wave.open(str(said)) as source, wave.open(str(padded), "wb") as file:
                file.setparams(source.getparams())
                quiet = bytes(2 * source.getframerate())
                file.writeframes(quiet + source.readframes(source.getnframes()) + quiet)
            command = [program, "live", "--from", padded, "--text", "Good morning.", "--speed", "0", "--events", "--hands-free"]
            lines = subprocess.run(command, capture_output=True, check=False).stdout.splitlines()
        heard = [event for event in map(json.loads, lines) if event["event"] == "command_heard"]
        self.assertEqual([event["command"] for event in heard], ["next"])
        self.schema.validate(heard[0])
        self.assertFalse(self.schema.is_valid({**heard[0], "command": "sing"}))


class VoiceMeasuresTest(unittest.TestCase):
    schema = validator("voice_measures.schema.json")

    def document(self) -> dict:
        command = [
            os.environ["EUPHONE_PROGRAM"],
            "voice",
            SAMPLES / "librispeech-118-47824-0022.opus",
            "--from",
            "0.5",
            "--to",
            "2",
            "--json",
        ]
        return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)

    def test_what_is_measured_is_a_valid_document(self):
        self.schema.validate(self.document())

    def test_a_field_too_many_or_too_few_is_refused(self):
        extra, less, silent = self.document(), self.document(), self.document()
        extra["vowels"][0]["healthy"] = True
        del less["notice"]
        silent["vowels"] = []
        self.assertFalse(self.schema.is_valid(extra))
        self.assertFalse(self.schema.is_valid(less))
        self.assertFalse(self.schema.is_valid(silent))


class WatchTest(unittest.TestCase):
    def made(self, *arguments):
        subprocess.run([os.environ["EUPHONE_PROGRAM"], "watch", *map(str, arguments)], capture_output=True, check=True)

    def test_models_of_machines_are_valid_by_either_method(self):
        schema = validator("anomaly.schema.json")
        with tempfile.TemporaryDirectory() as folder:
            table, model = Path(folder) / "good.csv", Path(folder) / "machine.json"
            table.write_text("time,x,y\n" + "".join(f"{i / 50},{i * i % 17},{i * i % 23}\n" for i in range(5000)))
            for method, other in (("kmeans", "mixture"), ("gmm", "centroids")):
                self.made("learn", table, "--out", model, "--method", method)
                document = read(model)
                schema.validate(document)
                self.assertFalse(schema.is_valid(document | {other: document.get("centroids", [[0.0]])}), method)
                self.assertFalse(schema.is_valid(document | {"threshold": None}))

    def test_lines_of_a_history_are_valid(self):
        schema = validator("microphone.schema.json")
        with tempfile.TemporaryDirectory() as folder:
            history = Path(folder) / "desk.jsonl"
            self.made("microphone", history, *sorted(SAMPLES.glob("*.opus")))
            lines = [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]
        self.assertEqual(len(lines), len(list(SAMPLES.glob("*.opus"))))
        for line in lines:
            schema.validate(line)
        self.assertFalse(schema.is_valid(lines[0] | {"colour": "red"}))


class BundleTest(unittest.TestCase):
    schema = validator("bundle.schema.json")

    def test_every_shipped_manifest_is_valid(self):
        manifests = sorted((ROOT / "models").glob("*/manifest.json"))
        self.assertEqual(len(manifests), 6)
        for path in manifests:
            with self.subTest(path.parent.name):
                self.schema.validate(read(path))

    def test_a_manifest_without_a_digest_is_refused(self):
        manifest = read(ROOT / "models/en-us-standard/manifest.json")
        del manifest["files"][0]["sha256"]
        self.assertFalse(self.schema.is_valid(manifest))

    def test_a_scorer_comes_with_its_file_and_with_features(self):
        def refused(why, change):
            manifest = read(ROOT / "models/en-us-standard/manifest.json")
            self.schema.validate(manifest)
            change(manifest)
            self.assertFalse(self.schema.is_valid(manifest), why)

        def without_file(manifest):
            manifest["files"] = [f for f in manifest["files"] if f["role"] != "scorer"]

        def without_features(manifest):
            del manifest["acoustic"]["outputs"]["features"], manifest["acoustic"]["feature_width"]

        refused("no file", without_file)
        refused("no features", without_features)
        refused("no width", lambda m: m["acoustic"].pop("feature_width"))
        refused("no input for prosody", lambda m: m["scorer"].update(prosody_terms=["log_duration"]))
        refused("a file without a section", lambda m: m.pop("scorer"))

    def test_a_scorer_may_ask_for_prosody_where_it_has_an_input_for_it(self):
        manifest = read(ROOT / "models/en-us-standard/manifest.json")
        manifest["scorer"]["prosody_terms"] = ["log_duration"]
        manifest["scorer"]["inputs"]["prosody"] = "prosody"
        self.schema.validate(manifest)

    def recogniser(self) -> dict:
        """A sound manifest of the third kind."""
        manifest = read(ROOT / "models/en-us-g2p/manifest.json")
        del manifest["g2p"]
        manifest["kind"] = "recogniser"
        names = {"token": "t", "frames": "f", "mask": "m", "use_past": "u", "past": "p", "present": "q", "logits": "l"}
        manifest["recogniser"] = {
            "rate_hz": 16000, "min_samples": 1600, "max_samples": 480000, "tokens_per_second": 6.5,
            "encoder": {"samples": "pcm", "mask": "mask", "frames": "frames", "width": 288},
            "decoder": names | {"layers": 6, "heads": 8, "head_width": 36, "begin_token": 1, "end_token": 2},
        }  # fmt: skip
        manifest["self_test"] = {"input": manifest["self_test"]["input"], "expected": {"text": "A test."}}
        for role in ("decoder", "tokens"):
            manifest["files"].append({"path": role, "role": role, "bytes": 1, "sha256": "0" * 64})
        return manifest

    def test_a_recogniser_comes_with_its_files_and_the_text_it_writes(self):
        self.schema.validate(self.recogniser())

        def refused(why, change):
            manifest = self.recogniser()
            change(manifest)
            self.assertFalse(self.schema.is_valid(manifest), why)

        refused("no tokens", lambda m: m["files"].pop())
        refused("two decoders", lambda m: m["files"][-1].update(role="decoder"))
        refused("a file without a section", lambda m: m.update(kind="g2p", g2p=m.pop("recogniser")))
        refused("no text", lambda m: m["self_test"].update(expected={"ctc": "self_test/ctc.f32"}))
        refused("a tolerance", lambda m: m["self_test"].update(tolerance=0.1))
        refused("an unknown field", lambda m: m["recogniser"].update(beam=4))

    def test_an_embedding_comes_with_its_tokens_and_one_vector(self):
        def refused(why, change):
            manifest = read(ROOT / "models/en-embedder/manifest.json")
            change(manifest)
            self.assertFalse(self.schema.is_valid(manifest), why)

        self.schema.validate(read(ROOT / "models/en-embedder/manifest.json"))
        refused("no tokens", lambda m: m["files"].pop(1))
        refused("a decoder", lambda m: m["files"][1].update(role="decoder"))
        refused("a table", lambda m: m["self_test"].update(expected={"ctc": "self_test/vector.f32"}))
        refused("no tolerance", lambda m: m["self_test"].pop("tolerance"))
        refused("no layers", lambda m: m["embedding"].pop("layers"))
        refused("an unknown field", lambda m: m["embedding"].update(pooling="mean"))
        refused("another section", lambda m: m.update(g2p={}))

    def test_what_the_maker_of_the_recogniser_writes_is_a_sound_bundle(self):
        with tempfile.TemporaryDirectory() as scratch:
            source, out = Path(scratch) / "fetched", Path(scratch) / "share/models/made"
            source.mkdir()
            for name in ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin", "LICENSE"):
                (source / name).write_text(name)
            with wave.open(str(source / "two_cities.wav"), "wb") as audio:
                audio.setparams((1, 2, 48000, 0, "NONE", ""))
                audio.writeframes(bytes([0, 64]) * 48000 * 4)  # four seconds of 0.5
            maker = [sys.executable, ROOT / "tools/recogniser/make_bundle.py", source, out]
            subprocess.run(maker, check=True)
            self.schema.validate(read(out / "manifest.json"))
            self.assertEqual((out / "self_test/pcm.f32").read_bytes(), struct.pack("<f", 0.5) * 16000 * 3)
            (out.parents[1] / "packs").mkdir()
            models = [os.environ["EUPHONE_PROGRAM"], "--data", out.parents[1], "models", "--json"]
            listed = json.loads(subprocess.run(models, capture_output=True, check=True).stdout)
            self.assertEqual((listed["name"], listed["kind"]), ("en-us-recogniser", "recogniser"))
            (source / "tokenizer.bin").unlink()
            self.assertEqual(subprocess.run(maker, capture_output=True, check=False).returncode, 1)
            self.assertFalse((out / "manifest.json").exists())

    def test_only_a_recogniser_is_tested_on_a_text(self):
        manifest = read(ROOT / "models/en-us-g2p/manifest.json")
        manifest["self_test"]["expected"]["text"] = "A test."
        self.assertFalse(self.schema.is_valid(manifest))


if __name__ == "__main__":
    unittest.main()
