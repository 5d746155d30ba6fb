"""The units of systemd: how exposed they leave the system, and whether the program works under what they forbid. Arguments come by
environment: EUPHONE_BUILD (the build folder)."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNITS = sorted((ROOT / "packaging/systemd").glob("*.service"))
PROGRAM = Path(os.environ["EUPHONE_BUILD"]) / "euphone"
CONFINED = Path(__file__).parent / "confined.py"
SAMPLE, TEXT = ROOT / "samples/librispeech-118-47824-0022.opus", "You see, I spent a good deal in Smithtown yesterday."


class UnitsTest(unittest.TestCase):
    def test_each_exposes_at_most_2_5_of_10(self):
        self.assertGreaterEqual(len(UNITS), 4)
        for unit in UNITS:
            with self.subTest(unit.name):
                shown = subprocess.run(
                    ["systemd-analyze", "security", "--offline=true", "--threshold=25", unit], capture_output=True, text=True, check=False
                )
                self.assertEqual(shown.returncode, 0, shown.stdout[-300:] + shown.stderr)

    def test_systemd_understands_every_line(self):
        for unit in UNITS:
            with self.subTest(unit.name), tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / unit.name
                copy.write_text(unit.read_text(encoding="utf-8").replace("/usr/bin/euphone", str(PROGRAM)), encoding="utf-8")
                shown = subprocess.run(["systemd-analyze", "verify", "--man=no", copy], capture_output=True, text=True, check=False)
                self.assertNotIn(unit.name, shown.stderr)
                self.assertEqual(shown.returncode, 0, shown.stderr)

    def test_models_run_under_what_each_forbids(self):
        for unit in UNITS:
            with self.subTest(unit.name):
                command = [sys.executable, CONFINED, unit, PROGRAM, "analyze", SAMPLE, "--text", TEXT, "--format", "json"]
                shown = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
                self.assertEqual(shown.returncode, 0, shown.stderr)
                self.assertIn("scores", json.loads(shown.stdout))

    def test_what_they_forbid_is_forbidden(self):
        gain = "import mmap; mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)"
        for unit in UNITS:
            with self.subTest(unit.name):
                shown = subprocess.run(
                    [sys.executable, CONFINED, unit, sys.executable, "-c", gain], capture_output=True, text=True, check=False
                )
                self.assertIn("PermissionError", shown.stderr)

    def test_the_server_answers_under_what_its_unit_forbids(self):
        with tempfile.TemporaryDirectory() as folder:
            unit = ROOT / "packaging/systemd/euphone-serve.service"
            environment = os.environ | {"XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
            server = subprocess.Popen(
                [sys.executable, CONFINED, unit, PROGRAM, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True, env=environment
            )
            try:
                address = re.search(r"http://\S+:\d+", server.stdout.readline())[0]
                url = f"{address}/api/v1/analyses?text={TEXT.replace(' ', '+')}"
                started = time.monotonic()
                with urllib.request.urlopen(urllib.request.Request(url, SAMPLE.read_bytes()), timeout=120) as reply:
                    self.assertIn("scores", json.load(reply), f"after {time.monotonic() - started:.1f} s")
            finally:
                server.terminate()
                self.assertEqual(server.wait(60), 0)
                server.stdout.close()

    def test_the_rule_for_microphones_is_one_that_udev_reads(self):
        for line in (ROOT / "packaging/udev/60-euphone.rules").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                self.assertRegex(line, r'^([A-Z]+(\{[\w/]+\})?(==|!=|=|\+=)"[^"]*"(, |$))+$')


if __name__ == "__main__":
    unittest.main()
