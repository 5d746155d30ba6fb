"""euphone score-archive and euphone worker, with a real NATS server and a real PostgreSQL."""

import csv
import io
import json
import os
import random
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from fleet_servers import Nats, Postgres, until

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
LISTED = [line.split("\t") for line in (SAMPLES / "samples.tsv").read_text().splitlines() if not line.startswith("#")]
MANY = 40


def run(*arguments, code: int = 0, **options) -> subprocess.CompletedProcess:
    result = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=240, check=False, **options)
    assert result.returncode == code, (result.returncode, result.stdout[-500:], result.stderr[-2000:])
    return result


def write_archive(folder: Path, count: int, more: str = "") -> Path:
    """The samples again and again."""
    manifest = folder / "archive.tsv"
    lines = ["audio\ttext\tid\tspeaker"]
    for i in range(count):
        audio, text = LISTED[i % len(LISTED)]
        if not (folder / audio).exists():
            (folder / audio).symlink_to(SAMPLES / audio)
        lines.append(f"{audio}\t{text}\trec-{i:05}\tspeaker-{i % 3}")
    manifest.write_text("\n".join(lines) + "\n" + more)
    return manifest


class Case(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="euphone-archive-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.results = f"sqlite:{self.folder}/archive.results.db"

    def start(self, *arguments) -> subprocess.Popen:
        process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(lambda: (process.kill(), process.communicate()))
        return process

    def done(self, results=None) -> int:
        runs = run("score-archive", "list", "--json", "--results", results or self.results).stdout.splitlines()
        return sum(json.loads(line)["done"] for line in runs)


class AloneTest(Case):
    """With a queue of its own and SQLite."""

    def test_two_workers_say_what_analyze_says(self):
        manifest = write_archive(self.folder, 16, "missing.opus\tNot there.\tgone\n")
        first = run("score-archive", manifest, "--workers", 2)
        self.assertIn("17 recordings: 16 scored, 1 failed", first.stdout)
        listing = self.folder / "plain.tsv"
        rows = [line.split("\t") for line in manifest.read_text().splitlines()[1:17]]
        listing.write_text("".join("\t".join(row[:3]) + "\n" for row in rows))
        wanted = run("analyze", "--manifest", listing, "--format", "json", "--compact").stdout.splitlines()
        exported = run("score-archive", "export", "--results", self.results, "--format", "jsonl").stdout.splitlines()
        self.assertEqual(exported[:16], wanted)
        self.assertEqual(json.loads(exported[16])["verdict"], "failed")
        table = self.folder / "scores.csv"
        run("score-archive", "export", "--results", self.results, "--out", table)
        lines = list(csv.DictReader(io.StringIO(table.read_text())))
        self.assertEqual([line["recording"] for line in lines], [row[2] for row in rows] + ["gone"])
        self.assertEqual(float(lines[3]["accuracy"]), json.loads(wanted[3])["scores"]["accuracy"])
        self.assertEqual(lines[4]["speaker"], "speaker-1")
        self.assertIn("No such file", lines[16]["message"])
        begun = time.monotonic()
        again = run("score-archive", manifest, "--workers", 2)
        self.assertIn("17 recordings: 16 scored, 1 failed", again.stdout)
        self.assertLess(time.monotonic() - begun, 5, "what is done is not done again")
        self.assertFalse(list(self.folder.glob(".*queue")), "the queue's folder is gone")

    def test_goes_on_after_ctrl_c_and_after_a_crash(self):
        manifest = write_archive(self.folder, 60)
        for how, code in ((signal.SIGINT, 130), (signal.SIGKILL, -9)):
            before = self.done() if (self.folder / "archive.results.db").exists() else 0
            process = self.start("score-archive", manifest, "--workers", 1)
            until(lambda seen=before: (self.folder / "archive.results.db").exists() and self.done() > seen, "some results")
            process.send_signal(how)
            _, complaints = process.communicate(timeout=60)
            self.assertEqual(process.returncode, code, complaints)
            if how == signal.SIGINT:
                self.assertIn("the same command goes on", complaints)
        kept = self.done()
        self.assertGreater(kept, 0)
        self.assertLess(kept, 60)
        self.assertIn("60 recordings: 60 scored", run("score-archive", manifest, "--workers", 2).stdout)

    def test_sets_aside_what_workers_end_over(self):
        os.mkfifo(self.folder / "hangs.wav")  # Whoever opens it waits for ever.
        manifest = write_archive(self.folder, 4, "hangs.wav\tNobody writes.\thangs\n")
        options = ("--deliveries", 2, "--give-up-after", 1, "--ack-wait", 2)
        result = run("score-archive", manifest, "--workers", 1, *options)
        self.assertIn("4 scored, 1 set aside", result.stdout)
        status = json.loads(run("score-archive", "status", "--json", "--results", self.results).stdout)
        self.assertEqual([(one["recording"], one["deliveries"]) for one in status["dead"]], [("hangs", 3)])
        self.assertIn("set aside after 2 tries", status["dead"][0]["reason"])

    def test_names_the_line_of_a_mistake_before_anything_is_done(self):
        for name, content, message in (
            ("a.tsv", "one.wav\tHello.\nbad\n", "a.tsv line 2: it has no text"),
            ("a.csv", 'audio,text\none.wav,"Hello, you."\n../two.wav,Hello.\n', "a.csv line 3: ../two.wav leads out of the folder"),
            ("b.csv", "audio,txt\n", "b.csv line 1: no column 'txt'"),
            ("a.jsonl", '{"audio": "a.wav", "text": "A."}\n[]\n', "a.jsonl line 2: it is no JSON object"),
            ("c.tsv", "a.wav\tA.\n\nb.wav\tB.\ta.wav\n", "c.tsv line 3: the id of line 1 again"),
            ("d.tsv", "# nothing\n", "names no recording"),
            ("e.doc", "x", "ends in .csv, .tsv or .jsonl"),
        ):
            (self.folder / name).write_text(content)
            self.assertIn(message, run("score-archive", self.folder / name, code=1).stderr)
        self.assertFalse(list(self.folder.glob("*.db")))

    def test_says_what_is_missing(self):
        manifest = write_archive(self.folder, 1)
        self.assertIn("--nats", run("worker", code=2).stderr)
        self.assertIn("--results", run("worker", "--nats", "nats://127.0.0.1:1", code=2).stderr)
        unreachable = ("--nats", "nats://me:hidden@127.0.0.1:1", "--results", self.results)
        complaint = run("score-archive", manifest, *unreachable, code=1).stderr
        self.assertIn("cannot reach the NATS server at nats://127.0.0.1:1; is it running?", complaint)
        self.assertNotIn("hidden", complaint)
        self.assertIn("name the NATS server", run("score-archive", manifest, "--workers", 0, code=2 - 1).stderr)
        complaint = run("score-archive", manifest, "--results", "postgresql://u:hidden@127.0.0.1:1/x", code=1).stderr
        self.assertIn("cannot reach PostgreSQL at postgresql://127.0.0.1:1/x", complaint)
        self.assertNotIn("hidden", complaint)


class TogetherTest(Case):
    """Workers on their own, with a NATS server and a PostgreSQL that come and go."""

    def setUp(self):
        super().setUp()
        self.nats = Nats()
        self.addCleanup(self.nats.close)
        self.postgres = Postgres()
        self.addCleanup(self.postgres.close)
        self.where = ("--nats", self.nats.url, "--results", self.postgres.url)

    def worker(self, root=None) -> subprocess.Popen:
        command = [PROGRAM, "worker", *self.where, "--root", str(root or self.folder)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(lambda: (process.kill(), process.wait()))
        return process

    def test_loses_nothing_and_doubles_nothing_whatever_ends(self):
        manifest = write_archive(self.folder, MANY)
        scoring = self.start("score-archive", manifest, "--workers", 0, "--wait", *self.where, "--ack-wait", 1, "--window", 20, "--json")
        chance = random.Random(7)
        workers = [self.worker(), self.worker()]
        trouble = {MANY // 4: "nats", MANY // 2: "postgres"}
        killed = 0
        while scoring.poll() is None:
            time.sleep(chance.uniform(0.4, 0.9))
            victim = chance.randrange(2)
            workers[victim].kill()
            workers[victim].wait()
            workers[victim] = self.worker()
            killed += 1
            if trouble and self.done(self.postgres.url) >= min(trouble):
                if trouble.pop(min(trouble)) == "nats":
                    self.nats.kill()
                    time.sleep(0.3)
                    self.nats.start()
                else:
                    self.postgres.stop()
                    time.sleep(0.3)
                    self.postgres.start()
            self.assertLess(killed, 300, "it does not come to an end")
        output, complaints = scoring.communicate()
        self.assertEqual(scoring.returncode, 0, complaints)
        self.assertEqual(json.loads(output.splitlines()[-1])["scored"], MANY)
        self.assertGreater(killed, 3)
        self.assertFalse(trouble)
        rows = self.postgres.query("SELECT recording, state, count(*) FROM archive_results GROUP BY 1, 2 ORDER BY 1")
        self.assertEqual(rows, [[f"rec-{i:05}", "scored", "1"] for i in range(MANY)])
        again = self.postgres.query("SELECT count(*) FROM archive_results WHERE deliveries > 1")
        self.assertGreater(int(again[0][0]), 0, "no worker died with work in hand: the test shows nothing")

    def test_carries_recordings_to_workers_that_share_no_folder(self):
        manifest = write_archive(self.folder, 8)
        empty = self.folder / "elsewhere"
        empty.mkdir()
        queued = run("score-archive", manifest, "--workers", 0, "--carry-audio", *self.where)
        self.assertIn("all is queued; 0 of 8", queued.stdout)
        worker = self.worker(empty)
        until(lambda: self.done(self.postgres.url) == 8, "eight results")
        self.assertEqual(self.postgres.query("SELECT DISTINCT state FROM archive_results"), [["scored"]])
        worker.terminate()
        self.assertEqual(worker.wait(timeout=30), 0)
        ended = run("score-archive", manifest, "--workers", 1, "--carry-audio", *self.where)
        self.assertIn("8 recordings: 8 scored", ended.stdout)

    def test_a_worker_with_another_model_or_other_results_leaves_the_queue_alone(self):
        manifest = write_archive(self.folder, 2)
        run("score-archive", manifest, "--workers", 0, *self.where, "--ack-wait", 1)
        other = ("worker", "--nats", self.nats.url, "--root", self.folder)
        self.assertIn("knows nothing; name the results", run(*other, "--results", self.results, code=2).stderr)
        run("score-archive", manifest, "--workers", 1, *self.where)
        self.assertEqual(self.done(self.postgres.url), 2)
        tiny = run("--model", "en-us-tiny", "score-archive", manifest, "--run", "tiny", "--workers", 0, *self.where, "--ack-wait", 1)
        self.assertIn("all is queued", tiny.stdout)
        complaint = run(*other, "--results", self.postgres.url, code=2).stderr
        self.assertRegex(complaint, "run tiny is judged by en-us-tiny .*, and this worker has en-us-standard")


if __name__ == "__main__":
    unittest.main()
