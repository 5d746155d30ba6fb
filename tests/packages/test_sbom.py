"""The bill of materials: what SPDX's own tools say of it, and whether it names all that there is. Arguments come by environment:
EUPHONE_BUILD (the build folder), EUPHONE_DEPS (the folder of downloads)."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD, TOOLS = Path(os.environ["EUPHONE_BUILD"]), Path(os.environ["EUPHONE_DEPS"]) / "spdx-tools"


def make(folder: Path) -> Path:
    subprocess.run(
        [sys.executable, ROOT / "packaging/package.py", "sbom", "--build", BUILD, "--out", folder], check=True, capture_output=True
    )
    return next(folder.glob("*.spdx.json"))


class SbomTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = make(Path(cls.folder.name))
        cls.document = json.loads(cls.path.read_text(encoding="utf-8"))
        cls.parts = {part["name"]: part for part in cls.document["packages"]}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_tools_of_spdx_read_it(self):
        if not TOOLS.is_dir():
            fetched = subprocess.run(
                [sys.executable, "-m", "pip", "install", "-q", "--target", TOOLS, "spdx-tools==0.8.3"],
                capture_output=True,
                text=True,
                check=False,
            )
            if fetched.returncode != 0:
                self.skipTest(f"spdx-tools cannot be fetched: {fetched.stderr.strip()[-200:]}")
        environment = os.environ | {"PYTHONPATH": str(TOOLS)}
        command = [sys.executable, "-m", "spdx_tools.spdx.clitools.pyspdxtools", "-i", self.path]
        said = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        self.assertEqual((said.returncode, said.stdout.strip(), said.stderr.strip()), (0, "", ""))

    def test_it_names_what_is_linked_compiled_in_and_brought_along(self):
        table = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").split("## Models")[0]
        # Other packages than these have parts of their own.
        rows = re.findall(r"^\| `([^`]+)` \| (?!the Python package|the Node\.js package)", table, re.M)
        texts = json.dumps(self.document).lower()
        here = subprocess.run(["readelf", "-d", BUILD / "euphone"], capture_output=True, text=True, check=True).stdout
        for name in rows:
            with self.subTest(name):
                if name.startswith("lib") and f"[{name}.so" not in here:
                    continue  # Opened, or another one's: told below.
                # The C library is the system's.
                if name not in ("libc", "libm"):
                    self.assertTrue(name.lower() in texts, name)
        for name in (
            "onnxruntime",
            "cmudict",
            "sqlite3mc",
            "preact",
            "@preact/signals",
            "@preact/signals-core",
            "en-us-standard",
            "libcairo2",
        ):
            self.assertIn(name, self.parts)
        for name in ("nats", "pq"):
            self.assertTrue([part for part in self.parts if part.startswith(f"lib{name}")], name)

    def test_no_part_of_the_program_is_without_a_licence(self):
        related = {
            r["relatedSpdxElement"]
            for r in self.document["relationships"]
            if r["relationshipType"] in ("STATIC_LINK", "DYNAMIC_LINK", "CONTAINS")
        }
        without = [p["name"] for p in self.document["packages"] if p["SPDXID"] in related and p["licenseDeclared"] == "NOASSERTION"]
        self.assertEqual(without, [])

    def test_made_again_it_has_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as again:
            self.assertEqual(make(Path(again)).read_bytes(), self.path.read_bytes())


if __name__ == "__main__":
    unittest.main()
