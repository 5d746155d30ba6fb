"""Rollouts as the program plays them: EUPHONE_PROGRAM, EUPHONE_CONTRACT."""

import json
import os
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import jsonschema

PROGRAM = os.environ["EUPHONE_PROGRAM"]
CONTRACT = Path(os.environ["EUPHONE_CONTRACT"])
FINE, BAD_INPUT, USAGE = 0, 1, 2
ROLLOUT = {
    "schema": "euphone.rollout/1",
    "id": "may",
    "bundle": "en-us-standard",
    "version": "1.3.0",
    "filter": "version < 1.3.0",
    "when": "not in_lesson",
    "waves": [{"percent": 1}, {"percent": 9}, {"rest": True}],
    "success": {"at_least_percent": 85},
    "errors": {"at_most_percent": 2},
    "observe": "12h",
    "seen_within": "15m",
}


def validator(name):
    return jsonschema.Draft202012Validator(json.loads((CONTRACT / f"{name}.schema.json").read_text(encoding="utf-8")))


class SimulateTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.path = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.environment = os.environ | {"LC_ALL": "C.UTF-8"}

    def run_program(self, *arguments, rollout=None, code=FINE, **changes):
        file = self.path / "rollout.json"
        file.write_text(json.dumps(ROLLOUT | (rollout or {})), encoding="utf-8")
        command = [PROGRAM, "fleet", "simulate", file, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240, env=self.environment | changes)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def document(self, *arguments, **options):
        document = json.loads(self.run_program(*arguments, "--json", **options).stdout)
        validator("simulation").validate(document)
        return document

    def run_of(self, *arguments, **options):
        (run,) = self.document(*arguments, **options)["runs"]
        for wave in run["waves"]:
            self.assertEqual(sum(wave["devices"].values()), wave["size"], "each device in one state")
        self.assertEqual(sum(wave["size"] for wave in run["waves"]), run["targets"])
        return run

    def test_a_sound_bundle_comes_to_everybody(self):
        run = self.run_of("--devices", 10000)
        self.assertEqual(run["state"], "completed", run["reason"])
        self.assertGreater(run["waves"][2]["devices"]["succeeded"], 0.98 * run["waves"][2]["size"])
        self.assertLess(run["half"], run["ninety"])
        self.assertLess(run["ninety"], run["ninety_nine"])
        self.assertLessEqual(run["peak_in_flight"], 1000)
        self.assertEqual(run["waves"][0]["devices"]["skipped"], 0)

    def test_three_percent_that_fail_cross_two_percent_in_the_wave_that_is_large_enough_to_tell(self):
        run = self.run_of("--devices", 100000, "--failure", "self-test=3%")
        self.assertEqual(run["state"], "halted")
        self.assertRegex(run["reason"], r"^wave 1: 2\d of 9\d\d devices failed, more than 2 %$")
        self.assertIsNone(run["waves"][1]["started"])
        self.assertEqual(run["waves"][1]["devices"]["skipped"], run["waves"][1]["size"])

        # Three devices that may fail in the first wave, and two percent of the second.
        waves = [{"count": 20, "errors": {"at_most": 3}}, {"percent": 20}, {"rest": True}]
        run = self.run_of("--devices", 10000, "--failure", "self-test=3%", rollout={"waves": waves})
        self.assertRegex(run["reason"], "^wave 2: ")
        self.assertIsNone(run["waves"][2]["started"])

    def test_a_fault_of_one_kind_of_hardware_stays_there(self):
        run = self.run_of("--devices", 20000, "--failure", "crash@n100=40%")
        self.assertEqual(run["state"], "halted")
        self.assertLess(run["broken"], 200)
        run = self.run_of("--devices", 5000, "--failure", "crash@n100=40%", rollout={"filter": "hardware = rpi*"})
        self.assertEqual(run["state"], "completed", run["reason"])

    def test_the_same_seed_gives_the_same_and_several_give_ranges(self):
        first = self.run_program("--devices", 2000, "--seed", 7, "--json").stdout
        self.assertEqual(first, self.run_program("--devices", 2000, "--seed", 7, "--json").stdout)
        document = self.document("--devices", 2000, "--seed", 7, "--repeat", 3)
        self.assertEqual(document["runs"][0], json.loads(first)["runs"][0])
        ranges = {figure["what"]: figure for figure in document["ranges"]}
        self.assertEqual(ranges["succeeded"]["runs"], 3)
        self.assertLess(ranges["hours_to_90"]["low"], ranges["hours_to_90"]["high"])
        self.assertIn("3 of 3 completed", self.run_program("--devices", 2000, "--repeat", 3).stdout)

    def test_an_inventory_takes_the_place_of_invented_devices(self):
        inventory = self.path / "devices.jsonl"
        held = [{"bundle": "en-us-standard", "version": "1.2.0"}]
        inventory.write_text("".join(json.dumps({"id": f"pi-{n}", "hardware": "rpi4", "bundles": held}) + "\n" for n in range(30)))
        run = self.run_of("--inventory", inventory)
        self.assertEqual((run["devices"], run["targets"], run["state"]), (30, 30, "completed"))
        inventory.write_text('{"id": "a"}\n{"id": "b", "colour": "red"}\n')
        done = self.run_program("--inventory", inventory, code=BAD_INPUT)
        self.assertIn("line 2: colour: there is no such field", done.stderr)

    def test_people_get_a_table_and_a_chart_that_fit_a_terminal(self):
        page = self.run_program("--devices", 3000, "--failure", "crash=10%").stdout
        self.assertIn("halted", page)
        self.assertIn("have it", page)
        self.assertTrue(all(len(line) <= 80 for line in page.splitlines()[2:]), page)
        self.assertTrue(self.run_program("--devices", 300, LC_ALL="C").stdout)

    def test_mistakes_are_told_in_one_line(self):
        for changes, complaint in (
            ({"filter": "hardware ="}, "filter: column 11: expected a value, not the end"),
            ({"waves": [{"percent": 1}]}, 'waves: the last one must have "rest": true'),
            ({"colour": "red"}, "colour: there is no such field"),
        ):
            done = self.run_program(rollout=changes, code=BAD_INPUT)
            self.assertIn(complaint, done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1)
        self.assertIn("is no failure", self.run_program("--failure", "boredom=1%", code=USAGE).stderr)

    def test_what_the_schema_allows_is_read_and_what_it_forbids_is_not(self):
        schema = validator("rollout")
        schema.validate(ROLLOUT)
        for good in (
            {"approvals": [1, 3], "windows": [{"days": ["sat"], "from": "22:00", "to": "24:00"}], "lost_are_errors": "all"},
            {"errors": {"at_most_percent": 2, "of": "done", "minimum": 30}, "retries": 0, "note": ""},
        ):
            schema.validate(ROLLOUT | good)
            self.run_program("--devices", 50, "--days", 1, rollout=good)
        for bad in (
            {"version": "1.3"},
            {"id": "a b"},
            {"waves": []},
            {"ramp": {"first_percent": 1}},
            {"observe": "soon"},
            {"errors": {}},
            {"windows": [{"from": "25:00", "to": "03:00"}]},
            {"max_in_flight": 0},
        ):
            self.assertFalse(schema.is_valid(ROLLOUT | bad), bad)
            self.run_program("--devices", 50, "--days", 1, rollout=bad, code=BAD_INPUT)

    def test_a_hundred_thousand_devices_take_seconds(self):
        started = time.monotonic()
        self.run_program("--devices", 100000)
        self.assertLess(time.monotonic() - started, 60, "`./dev figures fleet` measures it without other work beside")


if __name__ == "__main__":
    unittest.main()
