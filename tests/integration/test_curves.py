"""Learning curves as the program draws them, of a real store and of real logs: EUPHONE_PROGRAM, EUPHONE_SAMPLES, EUPHONE_CONTRACT."""

import csv
import io
import json
import os
import random
import re
import subprocess
import tempfile
import time
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema
from practised import judgement, write_export
from serving import Server

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
EVENTS = Path(__file__).resolve().parents[2] / "engine/curves/testdata"
SCHEMA = jsonschema.Draft202012Validator(json.loads((Path(os.environ["EUPHONE_CONTRACT"]) / "curves.schema.json").read_text()))
FINE, BAD_INPUT, USAGE = 0, 1, 2
TODAY = int(time.time() // 86400)


def practised(days, each, total, sound, seed=1):
    """Takes of some days until yesterday on two curves of what came before, with noise of four points."""
    chance, takes = random.Random(seed), []
    for day in range(days):
        for _ in range(each):
            noisy = [min(100.0, max(0.0, curve(len(takes)) + chance.gauss(0, 4))) for curve in (total, sound)]
            takes.append((TODAY - days + day, noisy[0], {"TH": noisy[1]}))
    return takes


LEARNERS = {
    "Ana": practised(30, 6, lambda n: 95 - 55 * (n + 1) ** -0.25, lambda n: 85 - 60 * (n + 1) ** -0.4),
    "Ben": practised(3, 4, lambda n: 60, lambda n: 40),
    "Cem": practised(25, 6, lambda n: 55, lambda n: 55),
    "Dia": [],
}


class CurvesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.path = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.environment = os.environ | {
            "HOME": str(cls.path),
            "XDG_DATA_HOME": str(cls.path / "data"),
            "XDG_CONFIG_HOME": str(cls.path / "data/config"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "LC_ALL": "C.UTF-8",
        }
        export = write_export(cls.path / "export", judgement(PROGRAM, SAMPLES), LEARNERS)
        for command in (("init",), ("import", export)):
            subprocess.run([PROGRAM, "store", *command], capture_output=True, check=True, env=cls.environment)

    def run_program(self, *arguments, code=FINE, text=True, **changes):
        command = [PROGRAM, "curves", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=text, check=False, timeout=240, env=self.environment | changes)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def document(self, *arguments):
        document = json.loads(self.run_program(*arguments, "--format", "json").stdout)
        SCHEMA.validate(document)
        return document

    def test_a_learner_is_told_where_practice_leads(self):
        document = self.document("learner", "Ana", "--forecast", 50)
        (line,) = document["lines"]
        self.assertEqual(len(line["points"]), 30)
        self.assertEqual(line["points"][-1]["count"], 6)
        self.assertIn(line["fit"]["shape"], ("power", "exponential"))
        truth = 95 - 55 * 231**-0.25
        self.assertAlmostEqual(line["forecast"]["value"], truth, delta=3)
        self.assertLess(line["forecast"]["low"], line["forecast"]["value"])
        self.assertEqual(line["curve"][-1]["x"], 230)
        rows = {row["name"]: row for row in document["rows"]}
        self.assertEqual(rows["TH"]["practices"], 180)
        self.assertEqual(document, self.document("learner", "Ana", "--forecast", 50), "the same again")

    def test_what_is_told_is_the_same_in_every_form(self):
        line = self.document("learner", "Ana", "--sound", "th")["lines"][0]
        self.assertEqual(line["name"], "TH /θ/")
        told = " ".join(self.run_program("learner", "Ana", "--sound", "TH").stdout.split())
        rows = list(csv.DictReader(io.StringIO(self.run_program("learner", "Ana", "--sound", "TH", "--format", "csv").stdout)))
        svg = ElementTree.fromstring(self.run_program("learner", "Ana", "--sound", "TH", "--format", "svg").stdout)
        description = svg.find("{http://www.w3.org/2000/svg}desc").text
        for note in line["notes"]:
            self.assertIn(note, told)
            self.assertIn(note, description)
        measured = [float(row["y"]) for row in rows if row["kind"] == "measured"]
        self.assertEqual([round(y, 4) for y in measured], [point["y"] for point in line["points"]])

    def test_files_are_what_their_names_say(self):
        for name, begin in (
            ("a.svg", b"<svg "),
            ("a.png", b"\x89PNG\r\n\x1a\n"),
            ("a.csv", b"run,kind,"),
            ("a.json", b"{"),
            ("a.txt", b"Ana\n"),
        ):
            self.run_program("learner", "Ana", "--output", self.path / name)
            self.assertTrue((self.path / name).read_bytes().startswith(begin), name)
        png = (self.path / "a.png").read_bytes()
        width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
        self.assertEqual(width, 1520)
        self.assertGreater(height, 800)

    def test_without_utf8_it_is_drawn_in_ascii(self):
        text = self.run_program("learner", "Ana", LC_ALL="C").stdout
        self.assertTrue(text.isascii())
        self.assertIn("o all sounds", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 80)
        self.assertNotIn("\x1b", self.run_program("learner", "Ana").stdout)

    def test_too_little_is_no_curve_and_nothing_is_one_line(self):
        (line,) = self.document("learner", "Ben")["lines"]
        self.assertIsNone(line["fit"])
        self.assertEqual((line["no_fit"], line["forecast"]), ("too_few", None))
        self.assertIn("it takes 8 points and 20 practices", " ".join(self.run_program("learner", "Ben").stdout.split()))
        self.assertEqual(self.run_program("learner", "Dia").stdout, "Dia: nothing was scored yet\n")
        self.assertEqual(self.document("learner", "Dia")["lines"][0]["points"], [])
        self.assertEqual(len(self.document("learner", "Ana", "--days", 10)["lines"][0]["points"]), 9)

    def test_who_learns_nothing_is_promised_nothing(self):
        (line,) = self.document("learner", "Cem")["lines"]
        self.assertEqual((line["state"], line["no_fit"], line["forecast"]), ("plateau", "no_change", None))
        self.assertAlmostEqual(line["plateau"]["mean"], 55, delta=2)

    def test_two_learners_are_set_beside_each_other(self):
        document = self.document("compare", "Ana", "Cem")
        mean = document["compared"][0]
        self.assertEqual((mean["what"], mean["overlap"]), ("mean", False))
        sounds = self.document("compare", "Ana", "Ana:TH")
        self.assertEqual([each["what"] for each in sounds["compared"]], ["mean", "now", "after 180 practices", "in 20 more practices"])
        self.assertIn("intervals are apart", " ".join(self.run_program("compare", "Ana", "Cem").stdout.split()))

    def runs(self):
        """Two runs as the training writes them, one as a table, the other as events of TensorBoard."""
        folder = self.path / "runs"
        for name, loss in (("a", 4.0), ("b", 3.0)):
            (folder / name).mkdir(parents=True, exist_ok=True)
            rows = "".join(f"{i // 4},{i},{loss / (i + 1)},{i / 20 if i % 4 == 0 else ''}\n" for i in range(12))
            (folder / name / "curve.csv").write_text("epoch,step,train loss,held-out phone\n" + rows)
        (folder / "c").mkdir(exist_ok=True)
        for number in (1, 2):
            (folder / f"c/events.out.tfevents.{number}.host").write_bytes((EVENTS / f"events_{number}").read_bytes())
        return folder

    def test_runs_are_read_from_tables_and_events(self):
        document = self.document("runs", self.runs())
        self.assertEqual((document["title"], document["better"]), ("train loss", "lower"))
        self.assertEqual([line["name"] for line in document["lines"]], ["a", "b"])
        events = self.document("runs", self.runs() / "c", "--metric", "accuracy")
        self.assertEqual([point["x"] for point in events["lines"][0]["points"]], list(range(12)))
        self.assertEqual(events["better"], "higher")
        self.assertEqual(self.document("runs", self.runs() / "c")["title"], "loss/train")

    def test_two_runs_are_set_beside_each_other(self):
        folder = self.runs()
        document = self.document("compare", folder / "a", folder / "b")
        last = {each["what"]: each for each in document["compared"]}["train loss, last"]
        self.assertAlmostEqual(last["difference"], -1 / 12, places=4)
        self.assertIn("two runs, and there are 4", self.run_program("compare", folder, folder / "a", code=BAD_INPUT).stderr)

    def test_what_it_writes_it_reads(self):
        table = self.path / "ana.csv"
        self.run_program("learner", "Ana", "--output", table)
        (line,) = self.document("runs", table, "--metric", "y")["lines"]
        self.assertEqual(len(line["points"]), 30)

    def test_anything_with_intervals_can_be_drawn(self):
        table = self.path / "eval.csv"
        table.write_text("run,x,y,low,high\nsmall,1,0.4,0.3,0.5\nsmall,4,0.6,0.5,0.7\nlarge,1,0.7,0.6,0.8\nlarge,4,0.9,0.8,0.95\n")
        document = self.document("runs", table)
        self.assertEqual([line["name"] for line in document["lines"]], ["small", "large"])
        self.assertEqual(document["lines"][0]["points"][0]["low"], 0.3)

    def test_a_file_that_is_cut_off_is_shown_as_far_as_it_goes(self):
        cut = self.path / "events.out.tfevents.cut"
        cut.write_bytes((EVENTS / "events_1").read_bytes()[:700])
        done = self.run_program("runs", cut)
        self.assertRegex(done.stderr, r"^euphone: .*ends within a record after record \d+, byte \d+")
        self.assertIn("At the end", done.stdout)

    def test_the_server_says_what_the_program_says(self):
        with Server(home=self.path / "data") as server:
            learners = {each["name"]: each["id"] for each in server.json("GET", "/api/v1/learners")["learners"]}
            for query, arguments in (
                ("", ()),
                ("?sound=TH&forecast=50&days=20&by=take", ("--sound", "TH", "--forecast", 50, "--days", 20, "--by", "take")),
            ):
                document = server.json("GET", f"/api/v1/learners/{learners['Ana']}/curves{query}")
                SCHEMA.validate(document)
                self.assertEqual(document, self.document("learner", "Ana", *arguments))

    def test_mistakes_are_told_in_one_line(self):
        broken = self.path / "broken.csv"
        broken.write_text("step,loss\n1,much\n")
        for arguments, code, what in (
            (("learner", "Zoë"), BAD_INPUT, "no learner"),
            (("learner", "Ana", "--sound", "XX"), BAD_INPUT, "there is no sound 'XX'"),
            (("learner", "Ana", "--forecast", "0"), USAGE, "--forecast"),
            (("learner", "Ana", "--output", self.path / "no/such/a.svg"), BAD_INPUT, "no/such"),
            (("runs", broken), BAD_INPUT, "line 2: 'much' is not a number"),
            (("runs", self.path / "none"), BAD_INPUT, "no such file"),
            (("runs", self.runs(), "--metric", "taste"), BAD_INPUT, "there are: train loss"),
            (("compare", "Ana", "Zoë"), BAD_INPUT, "no learner"),
            ((), USAGE, "subcommand"),
        ):
            done = self.run_program(*arguments, code=code)
            self.assertEqual(done.stdout, "")
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
            self.assertIn(what, done.stderr)
        self.assertTrue(re.search(r"curves runs", self.run_program("--help").stdout))


if __name__ == "__main__":
    unittest.main()
