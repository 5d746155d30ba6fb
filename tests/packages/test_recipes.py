"""Recipes for other systems: whether they are well formed, agree with this tree and with each other. What builds them is not here;
packaging/README.md says what has been tried."""

import hashlib
import re
import shutil
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
YOCTO = next((PACKAGING / "yocto").rglob("euphone_*.bb"))
BUILDROOT = PACKAGING / "buildroot/package/euphone"
FORMULA = PACKAGING / "homebrew/euphone.rb"
VERSION = re.search(r"project\(euphone VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))[1]


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def installed_units() -> set[str]:
    return {path.stem.removeprefix("euphone-") for path in (PACKAGING / "systemd").glob("euphone-*.service")}


class RecipesTest(unittest.TestCase):
    def test_all_name_the_version_of_the_program(self):
        self.assertEqual(YOCTO.name, f"euphone_{VERSION}.bb")
        self.assertIn(f"EUPHONE_VERSION = {VERSION}\n", text(BUILDROOT / "euphone.mk"))
        self.assertTrue(text(PACKAGING / "debian/changelog").startswith(f"euphone ({VERSION}) "))

    def test_all_name_the_licence_that_is_there(self):
        licence = (ROOT / "LICENSE").read_bytes()
        self.assertIn(f"md5={hashlib.md5(licence).hexdigest()}", text(YOCTO))
        self.assertIn(f"sha256  {hashlib.sha256(licence).hexdigest()}  LICENSE", text(BUILDROOT / "euphone.hash"))
        for recipe in (YOCTO, BUILDROOT / "euphone.mk", FORMULA):
            self.assertIn("Apache-2.0", text(recipe))

    def test_all_install_every_unit(self):
        units = installed_units()
        for recipe in (YOCTO, BUILDROOT / "euphone.mk", PACKAGING / "debian/rules"):
            for found in re.findall(r"unit in ([\w ]+);|foreach unit,([\w ]+),", text(recipe)):
                self.assertEqual(set("".join(found).split()), units, recipe.name)

    def test_bitbake_would_find_each_line_closed(self):
        assigned = 0
        lines = iter(text(YOCTO).splitlines())
        for line in lines:
            if re.match(r'^[A-Za-z_][\w:${}.-]* *(\?=|\+=|=|:=) *"', line):
                assigned += 1
                while line.endswith("\\"):
                    line = next(lines)
                self.assertRegex(line, r'"$', line)
        self.assertGreater(assigned, 20)
        self.assertEqual(text(YOCTO).count("{"), text(YOCTO).count("}"))

    def test_make_reads_buildroots_recipe(self):
        # With the macros of Buildroot that it uses as empty ones.
        script = f"qstrip = $(1)\ncmake-package =\ninclude {BUILDROOT / 'euphone.mk'}\n"
        script += "all:\n\t@echo $(EUPHONE_VERSION) $(words $(EUPHONE_DEPENDENCIES))\n"
        shown = subprocess.run(["make", "-s", "-f", "-", "all"], input=script, capture_output=True, text=True, check=False)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        version, count = shown.stdout.split()
        self.assertEqual(version, VERSION)
        self.assertGreater(int(count), 20)

    def test_buildroot_selects_what_its_recipe_depends_on(self):
        config = text(BUILDROOT / "Config.in")
        listed = re.search(r"EUPHONE_DEPENDENCIES = \\\n((?:\t.+\n)+)", text(BUILDROOT / "euphone.mk"))[1]
        for name in re.findall(r"^\t([a-z0-9][\w-]*)", listed, re.M):
            if not name.startswith("host-"):
                self.assertIn(f"select BR2_PACKAGE_{name.upper().replace('-', '_')}\n", config)
        self.assertNotRegex(config, r"(?m)^ +\S", "Config.in is indented by tabs")

    def test_ruby_reads_the_formula(self):
        if not shutil.which("ruby"):
            self.skipTest("there is no ruby")
        shown = subprocess.run(["ruby", "-wc", FORMULA], capture_output=True, text=True, check=False)
        self.assertEqual((shown.returncode, shown.stdout.strip(), shown.stderr), (0, "Syntax OK", ""))

    def test_the_image_runs_as_a_user_without_rights_and_publishes_nothing_by_itself(self):
        lines = text(PACKAGING / "docker/Dockerfile").splitlines()
        last = "\n".join(lines[max(i for i, line in enumerate(lines) if line.startswith("FROM ")) :])
        self.assertRegex(last, r"(?m)^USER [1-9]\d*$")
        self.assertRegex(last, r"(?m)^HEALTHCHECK ")
        self.assertIn('CMD ["serve"]', last)
        self.assertNotIn('--lan"', last)


if __name__ == "__main__":
    unittest.main()
