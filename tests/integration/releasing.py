"""What tests of updates share: a repository with keys, bundles good and bad, a device. EUPHONE_PROGRAM, EUPHONE_SAMPLES."""

import hashlib
import json
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM = Path(os.environ["EUPHONE_PROGRAM"]).resolve()
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"]).resolve()
MODELS = PROGRAM.parent / "share/euphone/models"
TOYS = Path(__file__).resolve().parents[2] / "engine/model_ort/testdata"
TEN = struct.pack("<f", 10.0)
CLIP, TEXT = SAMPLES / "so762-014070336.opus", "Next year will be different, she thought."


def spoil(folder):
    """Its scorer answers on a scale of 10; here of 6."""
    scorer = (folder / "scorer.onnx").read_bytes()
    assert scorer.count(TEN) == 1
    (folder / "scorer.onnx").write_bytes(scorer.replace(TEN, struct.pack("<f", 6.0)))


class ReleaseTest(unittest.TestCase):
    """Has no tests of its own."""

    def setUp(self):
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.env = os.environ | {"HOME": str(self.path), "EUPHONE_UPDATES": str(self.path / "updates")}
        for name in ("one", "two", "releases", "hub"):
            self.run_it("bundle", "keygen", name, "--no-passphrase")
        self.run_it(*"bundle init repo --root one.pub two.pub --root-threshold 2 --release releases.pub --hub hub.pub".split())
        self.run_it(*"bundle sign repo --key one two".split())

    def run_it(self, *arguments, code=0):
        command = [PROGRAM, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240, env=self.env, cwd=self.path)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return done

    def tiny(self, version, change=None):
        """The tiny bundle under another version; `change` may do anything to its folder before it is sealed."""
        folder = self.path / f"tiny-{version}"
        shutil.copytree(MODELS / "en-us-tiny", folder)
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["version"] = version
        if change:
            change(folder)
            for file in manifest["files"]:
                content = (folder / file["path"]).read_bytes()
                file |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        (folder / "manifest.json").write_text(json.dumps(manifest))
        return folder

    def bad(self, model, version="1.0.0"):
        """The bundle of new words with a model that does not do well."""
        folder = self.path / f"bad-{model}"
        shutil.copytree(MODELS / "en-us-g2p", folder)
        content = (TOYS / model).read_bytes()
        manifest = json.loads((folder / "manifest.json").read_text())
        entry = next(file for file in manifest["files"] if file["role"] == "model")
        (folder / entry["path"]).write_bytes(content)
        entry |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        manifest |= {"version": version}
        manifest["g2p"] |= {"input": "letters", "output": "ctc"}
        (folder / "manifest.json").write_text(json.dumps(manifest))
        return folder

    def release(self, folder, *terms):
        self.run_it("bundle", "add", "repo", folder, *terms)
        self.run_it("bundle", "sign", "repo", "--key", "releases")
        self.run_it("bundle", "announce", "repo", "--key", "hub")

    def analyze(self):
        return json.loads(self.run_it("--model", "en-us-tiny", "analyze", CLIP, "--text", TEXT, "--format", "json").stdout)

    def crash_self_test(self):
        for _ in range(600):
            found = subprocess.run(["pgrep", "-f", f"bundle self-test {self.path}"], capture_output=True, text=True, check=False)
            if found.stdout.split():
                time.sleep(0.5)
                os.kill(int(found.stdout.split()[0]), signal.SIGSEGV)
                return
            time.sleep(0.05)


class DeviceTest(ReleaseTest):
    """A device that is updated by hand, or by somebody else's service; has no tests of its own."""

    def trust(self):
        self.run_it("update", "trust", "repo/metadata/1.root.json")

    def status(self):
        return json.loads(self.run_it("update", "status", "--json").stdout)

    def bundle(self, name="en-us-tiny"):
        return next(one for one in self.status()["bundles"] if one["name"] == name)
