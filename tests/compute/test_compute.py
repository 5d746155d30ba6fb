#!/usr/bin/env python3
"""Which device computes, by the whole program: EUPHONE_PROGRAM, on EUPHONE_SAMPLES. EUPHONE_PRETEND is a library that says it has OpenVINO
and has not, EUPHONE_REAL_ONNXRUNTIME the one that it stands before."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["EUPHONE_PROGRAM"]
PRETEND = os.environ["EUPHONE_PRETEND"]
CLIP = Path(os.environ["EUPHONE_SAMPLES"]) / "librispeech-3242-8112-0024.opus"
DEVICES = ("cuda", "tensorrt", "openvino", "webgpu", "coreml", "qnn", "nnapi", "xnnpack")


class ComputeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.cache = Path(folder.name)

    def run_program(self, *words: str, **more: str) -> subprocess.CompletedProcess:
        environment = os.environ | {"XDG_CACHE_HOME": str(self.cache)} | more
        command = [PROGRAM, "--model", "en-us-tiny", "--runtime", "ort", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    def analyze(self, *options: str, **more: str) -> subprocess.CompletedProcess:
        return self.run_program(
            *options, "analyze", str(CLIP), "--text", "Mantelish brought it back to Maccadon.", "--format", "json", **more
        )

    def refused(self, result: subprocess.CompletedProcess, *parts: str) -> None:
        self.assertEqual(result.returncode, 4, result.stderr)
        self.assertEqual(result.stdout, "")
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        for part in parts:
            self.assertIn(part, result.stderr)

    def test_each_device_that_the_library_lacks_is_refused_in_one_line(self):
        for device in DEVICES:
            with self.subTest(device=device):
                self.refused(self.analyze("--device", device), "was built without", "it has: cpu", "--onnxruntime")

    def test_where_a_device_is_only_preferred_the_processor_stands_in_and_one_line_says_so(self):
        plain = self.analyze()
        self.assertEqual((plain.returncode, plain.stderr), (0, ""))
        for policy in ("prefer", "auto"):
            result = self.analyze("--device", "cuda", "--device-policy", policy)
            self.assertEqual(result.stdout, plain.stdout)
            self.assertEqual(result.returncode, 0)
            if policy == "prefer":
                self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
                self.assertIn("the processor stands in", result.stderr)
        self.assertEqual(self.analyze("--device", "cpu").stdout, plain.stdout)

    def test_with_the_processor_alone_nothing_is_measured_or_kept(self):
        self.analyze()
        self.assertEqual(list(self.cache.iterdir()), [])

    def test_a_device_that_takes_no_operation_is_refused_where_it_is_required(self):
        result = self.analyze("--device", "openvino", EUPHONE_ONNXRUNTIME=PRETEND)
        self.refused(result, "openvino takes none of its", "name another device")
        self.assertEqual(self.analyze("--device", "openvino", "--device-policy", "prefer", EUPHONE_ONNXRUNTIME=PRETEND).returncode, 0)

    def test_what_was_measured_is_kept_until_the_machine_or_the_file_is_another(self):
        kept = self.cache / "euphone" / "devices.json"
        self.assertEqual(self.analyze("--onnxruntime", PRETEND).returncode, 0)
        first = kept.read_text()
        ((key, device),) = json.loads(first)["choices"]
        self.assertEqual(device, "cpu")
        self.assertIn(PRETEND, key)
        kept.write_text(first.replace("[\n", "[ \n"))  # Read, not written again.
        changed = kept.read_text()
        self.assertEqual(self.analyze("--onnxruntime", PRETEND).returncode, 0)
        self.assertEqual(kept.read_text(), changed)
        self.analyze("--onnxruntime", PRETEND, "--threads", "2")
        self.assertEqual(len(json.loads(kept.read_text())["choices"]), 2)
        kept.write_text("{")
        self.assertEqual(self.analyze("--onnxruntime", PRETEND).returncode, 0)
        self.assertEqual(len(json.loads(kept.read_text())["choices"]), 1)

    def test_a_file_that_is_no_onnx_runtime_is_refused(self):
        self.refused(self.analyze("--onnxruntime", "/nowhere/libonnxruntime.so"), "/nowhere/libonnxruntime.so", "cannot be loaded")
        self.refused(self.analyze("--onnxruntime", "libc.so.6"), "libc.so.6 is not ONNX Runtime")

    def test_doctor_tells_what_runs_where(self):
        result = self.run_program("--onnxruntime", PRETEND, "doctor", "--json", "--nodes")
        checks = {check["what"]: check for check in json.loads(result.stdout)}
        processor, other = checks["on cpu"], checks["on openvino"]
        self.assertEqual(processor["state"], "good")
        self.assertEqual(processor["device"]["partitions"], 1)
        self.assertEqual(processor["device"]["operations"], processor["device"]["of"])
        self.assertEqual(len(processor["device"]["nodes"]), processor["device"]["of"])
        self.assertGreater(processor["device"]["run_ms"], 0)
        self.assertEqual(other["state"], "note")
        self.assertIn("takes none of its", other["found"])
        self.assertFalse(other["device"]["runs"])

    def test_doctor_finds_fault_with_a_device_that_was_asked_for(self):
        result = self.run_program("--device", "cuda", "doctor", "--json")
        self.assertEqual(result.returncode, 4)
        checks = {check["what"]: check for check in json.loads(result.stdout)}
        self.assertEqual(checks["on cuda"]["state"], "bad")
        self.assertIn("was built without CUDA", checks["on cuda"]["found"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
