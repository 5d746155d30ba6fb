"""packaging/greengrass: a signed release as a component, whose life cycle a stand-in of the Nucleus runs. EUPHONE_PROGRAM."""

import json
import subprocess
import sys
import time
import unittest
import zipfile
from pathlib import Path

from nucleus_stand_in import Nucleus, complaints
from releasing import PROGRAM, DeviceTest

BUILD = Path(__file__).resolve().parents[2] / "packaging/greengrass/build.py"


class GreengrassTest(DeviceTest):
    def setUp(self):
        super().setUp()
        self.release(self.tiny("9.0.0"))
        self.trust()

    def component(self, version="9.0.0"):
        out = self.path / f"component-{version}"
        command = [sys.executable, BUILD, "repo", "en-us-tiny", out, "--uri", "s3://somewhere/euphone", "--version", version]
        subprocess.run(command, check=True, capture_output=True, cwd=self.path)
        return out

    def nucleus(self, component, **settings):
        settings = {"program": str(PROGRAM), "updates": str(self.path / "updates"), "everySeconds": "0.2"} | settings
        nucleus = Nucleus(self.path / "greengrass", component, self.env, **settings)
        self.addCleanup(nucleus.log.close)
        return nucleus

    def test_the_recipe_is_as_its_format_has_it(self):
        recipe = json.loads((self.component() / "recipe.json").read_text())
        self.assertEqual(complaints(recipe), [])
        self.assertEqual((recipe["ComponentName"], recipe["ComponentVersion"]), ("euphone.en-us-tiny", "9.0.0"))
        self.assertEqual(recipe["Manifests"][0]["Artifacts"][0]["URI"], "s3://somewhere/euphone/release.zip")
        for spoil in ({"Extra": 1}, {"ComponentName": "a b"}, {"ComponentVersion": "1"}, {"RecipeFormatVersion": "2021-01-01"}):
            self.assertTrue(complaints(recipe | spoil), spoil)
        first = (self.component() / "release.zip").read_bytes()
        self.assertEqual(first, (self.component() / "release.zip").read_bytes(), "the same release has the same bytes")

    def test_a_release_is_fetched_tried_and_finished_once_it_is_good(self):
        nucleus = self.nucleus(self.component(), utterances="1", probation="1")
        nucleus.deploy()
        self.assertEqual(nucleus.state, "RUNNING", nucleus.said())
        self.analyze()
        for _ in range(200):
            if self.bundle()["in_use"] == "9.0.0":
                break
            time.sleep(0.1)
        self.assertEqual(nucleus.look(), "RUNNING", "it is on probation")
        self.analyze()
        nucleus.wait_for("FINISHED")
        self.assertIn('{"bundle":"en-us-tiny","version":"9.0.0","standing":"good"}', nucleus.said())

    def test_each_line_goes_to_the_bridge(self):
        nucleus = self.nucleus(self.component(), utterances="0", probation="0", tell=f"tee {self.path}/heard")
        nucleus.deploy()
        nucleus.wait_for("FINISHED")
        self.assertEqual([json.loads(line)["standing"] for line in (self.path / "heard").read_text().splitlines()], ["good"])
        broken = self.nucleus(self.component(), utterances="0", probation="0", tell="false")
        broken.deploy()
        broken.wait_for("FINISHED")

    def test_a_component_that_is_killed_recovers_and_one_that_is_stopped_ends(self):
        nucleus = self.nucleus(self.component(), utterances="1")
        nucleus.deploy()
        time.sleep(0.5)
        nucleus.process.kill()
        nucleus.process.wait()
        self.assertEqual(nucleus.look(), "RUNNING")
        self.assertEqual(nucleus.errors, 1)
        time.sleep(0.5)
        self.assertTrue(nucleus.stop())
        self.assertEqual(self.bundle()["phase"], "tested", "and it waits where it was")

    def test_a_release_that_fails_breaks_its_component(self):
        nucleus = self.nucleus(self.component(), utterances="0", probation="5")
        nucleus.deploy()
        for _ in range(200):
            if self.bundle()["in_use"] == "9.0.0":
                break
            time.sleep(0.1)
        self.run_it("update", "rollback", "en-us-tiny")
        nucleus.wait_for("BROKEN")

    def test_what_was_changed_on_its_way_breaks_the_component_and_installs_nothing(self):
        component = self.component()
        with zipfile.ZipFile(component / "release.zip") as archive:
            content = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(component / "release.zip", "w") as archive:
            for name, piece in content.items():
                archive.writestr(name, piece[:-1] + bytes([piece[-1] ^ 1]) if name.endswith(".index") else piece)
        nucleus = self.nucleus(component)
        nucleus.deploy()
        self.assertEqual(nucleus.state, "BROKEN")
        self.assertIn("is not the one signed for", nucleus.said())

    def test_a_device_that_trusts_nobody_installs_nothing(self):
        nucleus = self.nucleus(self.component(), updates=str(self.path / "fresh"))
        nucleus.deploy()
        self.assertEqual(nucleus.state, "BROKEN")
        self.assertIn("euphone update trust", nucleus.said())


if __name__ == "__main__":
    unittest.main()
