"""euphone evaluate on a tiny corpus, made here from the sample recordings. Its marks are invented for these tests: no human gave
them, and no figure in here says anything about the program's accuracy. Arguments come by environment: EUPHONE_PROGRAM, EUPHONE_SAMPLES
and EUPHONE_CONTRACT (the folder with the schemas)."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import jsonschema

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
CONTRACT = Path(os.environ["EUPHONE_CONTRACT"])
QUICK = ("--skip", "wrong-text", "--stability", 0)

# Sample, speaker, age, gender, words with their phones.
SENTENCES = [
    ("so762-040050015", "a", 31, "f", "I:AY0 THOUGHT:TH_AO1_T HE:HH_IY0 WAS:W_AA0_Z A:AH0 BRILLIANT:B_R_IH1_L_Y_AH0_N_T MAN:M_AE0_N"),
    (
        "so762-014070336",
        "a",
        31,
        "f",
        "NEXT:N_EH0_K_S_T YEAR:Y_IH0_R WILL:W_IH0_L BE:B_IY0 DIFFERENT:D_IH1_F_R_AH0_N_T SHE:SH_IY0 THOUGHT:TH_AO1_T",
    ),
    ("so762-096430016", "b", 12, "m", "EVEN:IY1_V_IH0_N IF:IH0_F IT:IH0_T TAKES:T_EY0_K_S SEVERAL:S_EH1_V_R_AH0_L YEARS:Y_IH0_R_Z"),
    ("so762-070010013", "c", 9, "f", "YOU:Y_UW0 PUT:P_UH0_T IT:IH0_T ON:AA0_N WRONG:R_AO0_NG"),
]


def rated_word(text: str, phones: str, mark: int) -> dict:
    symbols = phones.split("_")
    return {"text": text, "accuracy": mark, "stress": 10, "total": mark, "phones": symbols, "phones-accuracy": [mark / 5] * len(symbols)}


def entries() -> list[dict]:
    """Lines of scores.jsonl with marks that go up and down from word to word."""
    made = []
    for number, (utt, speaker, age, gender, words) in enumerate(SENTENCES):
        split = [word.split(":") for word in words.split()]
        rated = [rated_word(text, phones, (3, 10, 7)[(number + i) % 3]) for i, (text, phones) in enumerate(split)]
        made.append(
            {
                "utt": utt,
                "text": " ".join(text for text, _ in split),
                "speaker": speaker,
                "age": age,
                "gender": gender,
                **{mark: 4 + number for mark in ("accuracy", "fluency", "prosodic", "total")},
                "accuracy_before_overwrite": [5.0 + number] * 5,
                "words": rated,
            }
        )
    return made


def run(*arguments, timeout=120):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, check=False, timeout=timeout, text=True)


def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((CONTRACT / name).read_text(encoding="utf-8")))


class EvaluateTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.path = Path(scratch.name)
        self.corpus = self.path / "tiny"
        (self.corpus / "audio").mkdir(parents=True)
        self.write(entries())
        for utt, *_ in SENTENCES:
            shutil.copy(SAMPLES / f"{utt}.opus", self.corpus / "audio")
        self.out, self.predictions = self.path / "results.json", self.path / "predictions.jsonl"
        self.part = self.path / "predictions.jsonl.part"

    def write(self, rows: list[dict]):
        (self.corpus / "scores.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    def evaluate(self, *more, corpus=None):
        return run("evaluate", "--corpus", corpus or self.corpus, "--out", self.out, "--predictions", self.predictions, *more)

    def results(self) -> dict:
        return json.loads(self.out.read_text(encoding="utf-8"))

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.predictions.read_text(encoding="utf-8").splitlines()]

    def assert_one_line(self, result, code, *parts):
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        for part in parts:
            self.assertIn(part, result.stderr)

    def test_all_figures_and_predictions_are_as_the_contract_says(self):
        report = self.path / "report.html"
        result = self.evaluate("--stability", 2, "--report", report)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        results, lines = self.results(), self.lines()
        validator("evaluation.schema.json").validate(results)
        for line in lines:
            validator("prediction.schema.json").validate(line)
        self.assertEqual([line["utt"] for line in lines], [row["utt"] for row in entries()])
        for line, row in zip(lines, entries(), strict=True):
            self.assertEqual([w["text"] for w in line["words"]], [w["text"] for w in row["words"]])
            self.assertEqual([len(w["phones"]) for w in line["words"]], [len(w["phones"]) for w in row["words"]])
        everyone = results["levels"]["phone_accuracy"]["groups"]["all"]
        self.assertEqual(everyone["n"], sum(len(w["phones"]) for row in entries() for w in row["words"]))
        self.assertEqual(results["wrong_text"]["wrong_pairs"], 4)
        self.assertIsNone(results["distortions_left_out"])
        self.assertEqual(len(results["stability"]), 5)
        self.assertIn("4 of 4 recordings scored, 3 speakers", result.stdout)
        self.assertIn("<h1>", report.read_text(encoding="utf-8"))
        self.assertFalse(self.part.exists())

    def test_the_squared_error_can_be_computed_again_from_the_predictions(self):
        self.evaluate(*QUICK)
        rated = [w["accuracy"] for row in entries() for w in row["words"]]
        predicted = [w["accuracy"] for line in self.lines() for w in line["words"]]
        error = sum((a - b) ** 2 for a, b in zip(rated, predicted, strict=True)) / len(rated)
        self.assertAlmostEqual(self.results()["levels"]["word_accuracy"]["groups"]["all"]["mse"], error, places=3)

    def test_a_second_run_gives_the_same_figures_but_for_the_time(self):
        outcomes = []
        for jobs in (1, 3):
            self.evaluate("--stability", 1, "--jobs", jobs)
            results = self.results()
            del results["timing"], results["settings"]["jobs"]
            outcomes.append((results, self.predictions.read_bytes()))
        self.assertEqual(*outcomes)

    def test_the_original_layout_gives_what_the_compact_one_gives(self):
        self.evaluate(*QUICK)
        compact = self.lines()
        original = self.path / "original"
        half = original / "test"
        half.mkdir(parents=True)
        (original / "resource").mkdir()
        rows = {row["utt"]: row for row in entries()}
        (original / "resource/scores.json").write_text(json.dumps(rows), encoding="utf-8")
        shutil.copytree(self.corpus / "audio", original / "WAVE")
        for table, line in {
            "wav.scp": "{utt}\tWAVE/{utt}.opus\n",
            "utt2spk": "{utt}\t{speaker}\n",
            "spk2age": "{speaker}\t{age}\n",
            "spk2gender": "{speaker}\t{gender}\n",
        }.items():
            (half / table).write_text("".join(line.format(**row) for row in rows.values()), encoding="utf-8")
        self.assertEqual(self.evaluate(*QUICK, corpus=original).returncode, 0)
        self.assertEqual(self.lines(), compact)
        self.assertEqual(self.results()["levels"]["word_accuracy"]["groups"]["child"]["speakers"], 2)
        self.assert_one_line(self.evaluate(*QUICK, "--half", "train", corpus=original), 1, "--half")

    def test_a_run_that_was_killed_goes_on_where_it_was(self):
        self.evaluate(*QUICK)
        whole, results = self.predictions.read_bytes(), self.results()
        rows = [dict(row, utt=f"{row['utt']}-{i}") for i in range(40) for row in entries()]
        for row in rows:
            shutil.copy(SAMPLES / (row["utt"].rsplit("-", 1)[0] + ".opus"), self.corpus / "audio" / f"{row['utt']}.opus")
        self.write(rows)
        command = [PROGRAM, "evaluate", "--corpus", self.corpus, "--out", self.out, "--predictions", self.predictions, *map(str, QUICK)]
        process = subprocess.Popen([*command, "--jobs", "1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while process.poll() is None and (not self.part.exists() or self.part.read_bytes().count(b"\n") < 9):
            time.sleep(0.005)
        process.kill()
        process.communicate()
        self.assertEqual(process.returncode, -signal.SIGKILL, "the run was over before it could be killed")
        self.assertEqual(self.predictions.read_bytes(), whole, "nothing is written before all is done")
        self.assertEqual(self.results(), results)
        kept = self.part.read_bytes()
        self.part.write_bytes(kept[: kept.rindex(b"\n") - 20])
        kept_names = {json.loads(line)["scored"]["utt"] for line in self.part.read_bytes().split(b"\n")[1:-1]}
        self.assertGreaterEqual(len(kept_names), 7)
        # What was finished is not read again: without their recordings the run still scores them all.
        for utt in kept_names:
            (self.corpus / "audio" / f"{utt}.opus").unlink()
        self.assertEqual(self.evaluate(*QUICK).stderr, "")
        self.assertEqual(self.results()["coverage"]["scored"], 160)
        self.assertEqual([line["utt"] for line in self.lines()], [row["utt"] for row in rows])
        self.assertFalse(self.part.exists())

    def test_an_interrupt_keeps_what_is_finished(self):
        rows = [dict(row, utt=f"{row['utt']}-{i}") for i in range(40) for row in entries()]
        for row in rows:
            shutil.copy(SAMPLES / (row["utt"].rsplit("-", 1)[0] + ".opus"), self.corpus / "audio" / f"{row['utt']}.opus")
        self.write(rows)
        command = [PROGRAM, "evaluate", "--corpus", self.corpus, "--out", self.out, "--jobs", "1", *map(str, QUICK)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        part = self.path / "results.json.part"
        while process.poll() is None and (not part.exists() or part.read_bytes().count(b"\n") < 5):
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, complaint)
        self.assertRegex(complaint, r"^euphone: stopped after \d+ of 160 recordings; the same command goes on from there\n$")
        self.assertFalse(self.out.exists())
        self.assertGreaterEqual(part.read_bytes().count(b"\n"), 5)

    def test_a_part_of_another_corpus_is_begun_anew(self):
        self.part.write_text('{"part":"0000000000000000"}\n{"scored":{}}\n')
        result = self.evaluate(*QUICK)
        self.assert_one_line(result, 0, "predictions.jsonl.part", "scored again")
        self.assertEqual(self.results()["coverage"]["scored"], 4)

    def test_a_missing_recording_is_counted_and_named(self):
        lost = SENTENCES[1][0]
        (self.corpus / "audio" / f"{lost}.opus").unlink()
        self.assert_one_line(self.evaluate(*QUICK), 0, "1 of 4 recordings were not scored", lost)
        results, lines = self.results(), self.lines()
        validator("evaluation.schema.json").validate(results)
        validator("prediction.schema.json").validate(lines[1])
        self.assertEqual((lines[1]["verdict"], lines[1]["words"]), ("unreadable", []))
        self.assertEqual([m["utt"] for m in results["coverage"]["not_scored"]], [lost])
        self.assertEqual(results["levels"]["word_accuracy"]["groups"]["all"]["not_scored"], 7)
        shutil.rmtree(self.corpus / "audio")
        self.assert_one_line(self.evaluate(*QUICK), 3, "4 of 4 recordings were not scored")

    def test_a_malformed_line_is_named_by_file_and_line(self):
        with (self.corpus / "scores.jsonl").open("a", encoding="utf-8") as file:
            file.write('{"utt": "half')
        self.assert_one_line(self.evaluate(*QUICK), 1, "scores.jsonl:5: is no JSON object")

    def test_a_corpus_without_recordings_is_refused(self):
        self.write([])
        self.assert_one_line(self.evaluate(*QUICK), 1, "holds no rated recording")
        self.assert_one_line(self.evaluate(corpus=self.path), 1, "it is no rated corpus")

    def test_speakers_and_limit_choose_recordings(self):
        names = self.path / "names"
        for content in ("# children\nb\n\nc\n", '["c", "b"]'):
            names.write_text(content, encoding="utf-8")
            self.evaluate(*QUICK, "--speakers", names)
            self.assertEqual([line["utt"] for line in self.lines()], [SENTENCES[2][0], SENTENCES[3][0]])
        self.assertTrue(self.results()["settings"]["chosen_speakers"])
        self.evaluate(*QUICK, "--limit", 1)
        self.assertEqual(len(self.lines()), 1)
        names.write_text("nobody\n", encoding="utf-8")
        self.assert_one_line(self.evaluate("--speakers", names), 1, "no speaker nobody")

    def test_marks_that_are_missing_leave_their_level_out(self):
        rows = entries()
        for row in rows:
            del row["fluency"], row["age"]
            for word in row["words"]:
                del word["phones-accuracy"]
        self.write(rows)
        self.evaluate(*QUICK)
        results = self.results()
        validator("evaluation.schema.json").validate(results)
        self.assertNotIn("phone_accuracy", results["levels"])
        self.assertNotIn("sentence_fluency", results["levels"])
        self.assertEqual(sorted(results["levels"]["word_accuracy"]["groups"]), ["all", "female", "male"])

    def test_json_goes_to_standard_output_without_any_file(self):
        result = run("evaluate", "--corpus", self.corpus, "--json", *QUICK)
        self.assertEqual(result.returncode, 0, result.stderr)
        validator("evaluation.schema.json").validate(json.loads(result.stdout))
        self.assertEqual(list(self.path.iterdir()), [self.corpus])

    def test_what_makes_no_sense_is_refused_before_anything_is_read(self):
        self.assert_one_line(run("evaluate", "--corpus", self.corpus), 2, "--out")
        self.assert_one_line(self.evaluate("--report", self.path / "none/report.html"), 2, "--report: there is no folder")
        self.assert_one_line(self.evaluate("--bundle", "nothing"), 2, "no bundle 'nothing'")
        self.assert_one_line(self.evaluate("--half", "test"), 1, "leave out --half")
        both = run("--model", "en-us-standard", "evaluate", "--corpus", self.corpus, "--json", "--bundle", "other")
        self.assert_one_line(both, 2, "--bundle: --model names another one")
        self.assertIn("en-us-standard", next(line for line in run("completions", "fish").stdout.splitlines() if "-l bundle" in line))


if __name__ == "__main__":
    unittest.main()
