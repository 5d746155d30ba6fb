"""The packages for Debian out of this build, quickly packed: what lintian says, what is in them, how large they are, and that the program
works from where they are unpacked. What a real system does with them: ./dev verify packages. Arguments come by environment:
EUPHONE_BUILD (the build folder)."""

import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ["EUPHONE_BUILD"])
SAMPLE, TEXT = ROOT / "samples/librispeech-118-47824-0022.opus", "You see, I spent a good deal in Smithtown yesterday."
MEGABYTES = {"euphone": 60, "euphone-tiny": 8}


def shown(*command, **more) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


class DebTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        out = Path(cls.folder.name)
        shown(sys.executable, ROOT / "packaging/package.py", "deb", "--fast", "--build", BUILD, "--out", out)
        cls.packages = {path.name.split("_")[0]: path for path in out.glob("*.deb")}
        cls.name = "euphone-tiny" if "euphone-tiny" in cls.packages else "euphone"
        cls.main = cls.packages[cls.name]
        cls.root = out / "root"
        shown("dpkg-deb", "-x", cls.main, cls.root)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def field(self, name: str, package: str = "") -> str:
        return shown("dpkg-deb", "-f", self.packages[package or self.name], name).strip()

    def test_lintian_finds_nothing(self):
        # Without -g, what is stripped off is the table of symbols: function names for traces, which is no DWARF.
        said = shown("lintian", "--allow-root", "--suppress-tags", "debug-file-with-no-debug-symbols", *self.packages.values())
        self.assertEqual(said.strip(), "")

    def test_the_version_is_that_of_the_program(self):
        self.assertEqual(shown(self.root / "usr/bin/euphone", "--version").split()[1], self.field("Version"))

    def test_installed_it_is_as_small_as_promised(self):
        size = int(self.field("Installed-Size")) * 1024 / 1e6
        self.assertLessEqual(size, MEGABYTES[self.name], "installed size in MB")

    def test_it_holds_what_a_user_needs(self):
        listing = shown("dpkg-deb", "-c", self.main)
        files = {line.split()[5]: line.split() for line in listing.splitlines()}
        for wanted in (
            "./usr/bin/euphone",
            "./usr/share/man/man1/euphone.1.gz",
            "./usr/share/bash-completion/completions/euphone",
            "./usr/share/zsh/vendor-completions/_euphone",
            "./usr/share/fish/vendor_completions.d/euphone.fish",
            f"./usr/share/doc/{self.name}/copyright",
            "./usr/share/euphone/packs/en-us/lexicon.bin",
            "./usr/share/euphone/models/en-us-tiny/model.onnx",
            "./etc/default/euphone",
            "./lib/systemd/system/euphone-serve.service",
            "./lib/systemd/system/euphone-agent.service",
            "./lib/systemd/system/euphone-worker.service",
            "./lib/udev/rules.d/60-euphone.rules",
        ):
            self.assertIn(wanted, files)
        self.assertEqual({owner for _, owner, *_ in files.values()}, {"root/root"})
        self.assertFalse([name for name, (mode, *_) in files.items() if "s" in mode[1:] or mode[8] == "w"])
        # What only developers or an owner of other models need is elsewhere.
        self.assertFalse([name for name in files if "/include/" in name or name.endswith((".a", ".cmake", ".pc"))])
        self.assertNotIn("./usr/share/euphone/models/en-us-large/model.onnx", files)

    def test_its_own_runtime_is_found_by_a_relative_path(self):
        program = self.root / "usr/bin/euphone"
        dynamic = shown("readelf", "-d", program)
        if self.name == "euphone":
            self.assertTrue(list(self.root.glob("usr/lib/*/euphone/libonnxruntime.so.1")))
            paths = re.search(r"\(RUNPATH\).*\[(.+?)\]", dynamic)[1].split(":")
            self.assertTrue(all(path.startswith("$ORIGIN/") for path in paths), paths)
        self.assertNotIn(str(BUILD), dynamic)

    def test_it_scores_a_reading_where_it_was_unpacked(self):
        environment = {"PATH": "/usr/bin:/bin", "HOME": self.folder.name, "LC_ALL": "C.UTF-8"}
        page = shown(self.root / "usr/bin/euphone", "analyze", SAMPLE, "--text", TEXT, env=environment)
        self.assertRegex(page, r"Score +\d+ of 100")
        checked = shown(self.root / "usr/bin/euphone", "doctor", env=environment)
        self.assertIn(f"{self.root}/usr/share/euphone", checked)
        self.assertIn("live speech   heard every", checked)
        self.assertNotIn("✗", checked)

    def test_the_licence_of_each_part_is_told(self):
        told = (self.root / "usr/share/doc" / self.name / "copyright").read_text(encoding="utf-8")
        self.assertTrue(told.startswith("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"))
        rows = re.findall(r"^\| `([^`]+)` \| ([^|]*) \| ([^|]+?) \|", (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8"), re.M)
        linked = subprocess.run(["readelf", "-d", BUILD / "euphone"], capture_output=True, text=True, check=True).stdout
        # Neither of other packages than this, nor a library of its own.
        inside = [
            (name, licence)
            for name, purpose, licence in rows
            if not purpose.startswith(("the Python package", "the Node.js package"))
            and "opened at run time" not in purpose
            and f"[{name}.so" not in linked
            and not name.startswith("libflite")
        ]
        self.assertGreaterEqual(len(inside), 5, "what is compiled into the program")
        stanzas = [stanza for stanza in told.split("\n\n") if stanza.startswith("Files:")]
        for name, licence in [*inside, ("libonnxruntime", "MIT")]:
            about = [stanza for stanza in stanzas if name.split("/")[0].lower() in stanza.lower()]
            self.assertTrue(any(f"License: {licence}\n" in stanza + "\n" for stanza in about), f"{name}: {licence}")
        for licence in set(re.findall(r"^License: (\S+)$", told, re.M)):
            self.assertRegex(told, rf"(?m)^License: {re.escape(licence)}\n ", "the text of the licence")


if __name__ == "__main__":
    unittest.main()
