"""Watching a motor and a microphone with the program, as a user does: EUPHONE_PROGRAM, EUPHONE_SAMPLES."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import soundfile

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import machine_data  # noqa: E402
import microphone_data  # noqa: E402

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
RATE = 4000
UTC = os.environ | {"TZ": "UTC"}
NOON = 1761998400  # Of 1 November 2025, UTC.
FINE, BAD_INPUT, USAGE, NOT_SCORED, ALARM = 0, 1, 2, 3, 5


def watch(*arguments, stdin=None):
    return subprocess.run([PROGRAM, "watch", *map(str, arguments)], input=stdin, capture_output=True, check=False, timeout=120, env=UTC)


def events(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name)

    def assert_one_line(self, result, code, *parts):
        self.assertEqual(result.returncode, code, result.stderr)
        lines = result.stderr.decode().splitlines()
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith("euphone: "), lines[0])
        for part in parts:
            self.assertIn(part, lines[0])


class MachineTest(Folder):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.shared = Path(folder.name)
        cls.good = machine_data.write(cls.shared / "good.wav", machine_data.motor(900, RATE), RATE)
        cls.model = cls.shared / "machine.json"
        result = watch("learn", cls.good, "--out", cls.model)
        assert result.returncode == FINE, result.stderr

    def made(self, name, seconds, **options):
        return machine_data.write(self.path / name, machine_data.motor(seconds, RATE, **options), RATE)

    def test_a_motor_that_runs_well_raises_no_alarm(self):
        for seed in (11, 12):
            result = watch("run", self.model, self.made("fine.wav", 600, seed=seed), "--json")
            self.assertEqual(result.returncode, FINE, result.stdout)
            self.assertEqual([e["event"] for e in events(result)], ["end"])

    def test_a_bearing_that_begins_to_chip_is_found_within_half_a_minute(self):
        result = watch("run", self.model, self.made("worn.wav", 180, fault="bearing", onset=60, seed=21), "--json")
        self.assertEqual(result.returncode, ALARM)
        first = events(result)[0]
        self.assertEqual(first["event"], "alarm")
        self.assertGreater(first["start_s"], 60)
        self.assertLess(first["start_s"], 90)
        self.assertIn(first["features"][0]["name"], {f"ch1.{n}" for n in ("band_1", "band_2", "kurtosis", "crest", "peak")})
        self.assertGreater(first["score"], first["threshold"])

    def test_growing_imbalance_and_loose_parts_are_found(self):
        for fault, delay in (("imbalance", 60), ("loose", 20)):
            result = watch("run", self.model, self.made("worn.wav", 180, fault=fault, onset=60, seed=22), "--json")
            self.assertEqual(result.returncode, ALARM, fault)
            first = events(result)[0]
            self.assertTrue(60 <= first["start_s"] < 60 + delay, (fault, first))

    def test_an_alarm_ends_when_the_fault_does(self):
        signal_g = np.concatenate([machine_data.motor(60, RATE, seed=31), machine_data.motor(30, RATE, "loose", seed=32)])
        signal_g = np.concatenate([signal_g, machine_data.motor(60, RATE, seed=33)])
        result = watch("run", self.model, machine_data.write(self.path / "repaired.wav", signal_g, RATE))
        self.assertEqual(result.returncode, ALARM)
        self.assertEqual([line.split()[0] for line in result.stdout.decode().splitlines()], ["alarm", "fine", "end"])

    def test_the_mixture_finds_the_bearing_too(self):
        model = self.path / "gmm.json"
        self.assertEqual(watch("learn", self.good, "--out", model, "--method", "gmm").returncode, FINE)
        self.assertEqual(watch("run", model, self.made("fine.wav", 300, seed=12)).returncode, FINE)
        worn = self.made("worn.wav", 180, fault="bearing", onset=60, seed=21)
        first = events(watch("run", model, worn, "--json"))[0]
        self.assertTrue(60 < first["start_s"] < 90, first)

    def test_learning_twice_gives_the_same_bytes(self):
        again = self.path / "again.json"
        watch("learn", self.good, "--out", again)
        self.assertEqual(again.read_bytes(), self.model.read_bytes())

    def test_a_table_and_standard_input_give_what_a_recording_gives(self):
        quiet = machine_data.motor(60, 500, seed=41)
        worn = np.concatenate([quiet[: 500 * 20], 3 * quiet[500 * 20 :]])
        good = machine_data.write(self.path / "good.csv", quiet, 500)
        model = self.path / "table.json"
        self.assertEqual(watch("learn", good, "--out", model).returncode, FINE)
        table = machine_data.write(self.path / "worn.csv", worn, 500)
        from_file = watch("run", model, table, "--json")
        self.assertEqual(from_file.returncode, ALARM)
        self.assertTrue(20 <= events(from_file)[0]["start_s"] < 24)
        from_pipe = watch("run", model, "-", "--json", stdin=table.read_bytes())
        self.assertEqual(from_pipe.stdout, from_file.stdout)
        untimed = "x\n" + "".join(f"{v:.5f}\n" for v in worn)
        by_rate = watch("run", model, "-", "--json", "--rate", 500, stdin=untimed.encode())
        self.assertEqual(by_rate.stdout, from_file.stdout)

    def test_a_growing_table_is_followed_and_alarms_come_at_once(self):
        quiet = machine_data.motor(60, 500, seed=41)
        model = self.path / "table.json"
        watch("learn", machine_data.write(self.path / "good.csv", quiet, 500), "--out", model)
        table = machine_data.write(self.path / "live.csv", quiet[:5000], 500)
        command = [PROGRAM, "watch", "run", model, table, "--follow", "--json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            with table.open("a", encoding="ascii") as file:
                file.writelines(f"{10 + i / 500:.6f},{3 * v:.5f}\n" for i, v in enumerate(quiet[5000:10000]))
            line = json.loads(process.stdout.readline())
            self.assertEqual(line["event"], "alarm")
            process.send_signal(signal.SIGINT)
            self.assertEqual(json.loads(process.stdout.readline())["event"], "end")
            self.assertEqual(process.wait(timeout=10), ALARM)

    def test_memory_does_not_grow_with_the_stream(self):
        def peak(seconds):
            command = [PROGRAM, "watch", "run", self.model, self.made("long.wav", seconds, seed=12)]
            with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            return usage.ru_maxrss

        self.assertLess(peak(900), peak(30) + 2000)

    def test_each_mistake_in_a_table_is_one_clear_line(self):
        good = "time,x\n" + "".join(f"{i / 100},{i % 7}\n" for i in range(5000))
        cases = {
            "": ("table.csv", "empty", "column names"),
            "time,x\n": ("table.csv", "no line with numbers"),
            "1,2\n3,4\n": ("table.csv", "name the columns"),
            "x\n1\n2\n": ("table.csv", "no time column", "--rate"),
            "time,x\n0,1\n1,\n": ("table.csv", "line 3", "'x' is empty"),
            "time,x\n0,1\n1,off\n": ("table.csv", "line 3", "'off'", "no number"),
            "time,x\n0,1\n1,nan\n": ("table.csv", "line 3", "'nan'"),
            "time,x\n0,1\n1,2,3\n": ("table.csv", "line 3", "3 cells"),
            "time,x\n1,1\n0,2\n": ("table.csv", "line 3", "does not go on"),
            good[:2000]: ("windows to learn from",),
            good + "60,-\n": ("line 5002",),
            "time,x\n" + "9" * 70000: ("64 KiB",),
        }
        for content, parts in cases.items():
            with self.subTest(content[:30]):
                table = self.path / "table.csv"
                table.write_text(content, encoding="ascii")
                self.assert_one_line(watch("learn", table, "--out", self.path / "m.json"), BAD_INPUT, *parts)
                self.assertFalse((self.path / "m.json").exists())

    def test_each_mistake_on_the_command_line_is_one_clear_line(self):
        table = machine_data.write(self.path / "good.csv", machine_data.motor(60, 500), 500)
        self.assert_one_line(watch("learn", table), USAGE, "--out")
        self.assert_one_line(watch("run", self.model), USAGE, "two files")
        self.assert_one_line(watch("listen", table), USAGE, "listen")
        self.assert_one_line(watch("learn", table, "--out", "m", "--alarm", "6/5"), USAGE, "3/5")
        self.assert_one_line(watch("learn", table, "--out", self.path / "m", "--channels", "z"), BAD_INPUT, "'z'", "time, x")
        self.assert_one_line(watch("learn", table, "--out", self.path / "m", "--window", "0.01"), BAD_INPUT, "--window", "16")
        self.assert_one_line(watch("run", self.model, table), BAD_INPUT, "'ch1'")
        self.assert_one_line(watch("run", table, table), BAD_INPUT, "not a model")
        self.assert_one_line(watch("run", self.path / "none.json", table), BAD_INPUT, "none.json")
        self.assert_one_line(watch("learn", self.path / "none.csv", "--out", "m"), BAD_INPUT, "none.csv")
        other = machine_data.write(self.path / "fast.wav", machine_data.motor(5, 8000), 8000)
        self.assert_one_line(watch("run", self.model, other), BAD_INPUT, "8000", "4000")


class MicrophoneTest(Folder):
    def keep(self, change, days=14):
        """The history after `days` days from Saturday, 1 November 2025, on; `change(pcm, day)` ages the recordings."""
        history, takes = self.path / f"{change.__name__}.jsonl", []
        for day in range(days):
            for name, pcm in microphone_data.day_of(SAMPLES, day):
                takes.append(microphone_data.write(self.path / f"{day}-{name}.wav", change(pcm, day)))
                os.utime(takes[-1], (NOON + 86400 * day,) * 2)
        result = watch("microphone", history, *takes, "--json")
        self.assertIn(result.returncode, (FINE, ALARM), result.stderr)
        return history, json.loads(result.stdout), result.returncode

    def test_other_sentences_and_speakers_are_no_change(self):
        _, told, code = self.keep(microphone_data.healthy)
        self.assertEqual((told["changes"], told["too_early"], code), ([], False, FINE))

    def test_each_way_of_ageing_is_named_with_its_day(self):
        for fault in microphone_data.FAULTS:
            with self.subTest(fault.name):
                _, told, code = self.keep(fault.change)
                self.assertEqual(code, ALARM, told)
                change = next((c for c in told["changes"] if c["trouble"] == fault.trouble), None)
                self.assertIsNotNone(change, told)
                self.assertLessEqual(abs(int(change["since"][-2:]) - 1 - microphone_data.ONSET), fault.days_off, change)

    def test_the_scorer_is_told_of_a_changed_microphone(self):
        history, _, _ = self.keep(microphone_data.FAULTS[0].change)
        name, pcm = microphone_data.day_of(SAMPLES, 13)[0]
        take = microphone_data.write(self.path / f"{name}.wav", microphone_data.FAULTS[0].change(pcm, 13))
        command = [PROGRAM, "analyze", take, "--text", "Next year will be different, she thought.", "--format", "json"]
        plain = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
        self.assertNotIn("microphone_changed", [f["kind"] for f in plain["quality"]["findings"]])
        told = json.loads(subprocess.run([*command, "--microphone", history], capture_output=True, check=False).stdout)
        finding = next(f for f in told["quality"]["findings"] if f["kind"] == "microphone_changed")
        self.assertEqual(finding["severity"], "warning")
        self.assertIn("November 2025", finding["message"])

    def test_the_same_recording_is_counted_once_and_days_are_kept_in_order(self):
        history = self.path / "h.jsonl"
        first, second = sorted(SAMPLES.glob("*.opus"))[:2]
        for recording, day in ((first, "2025-11-05"), (first, "2025-11-05"), (second, "2025-11-03")):
            result = watch("microphone", history, recording, "--day", day)
            self.assertEqual(result.returncode, FINE, result.stderr)
            self.assertIn(b"too early to tell", result.stdout)
        lines = [json.loads(line) for line in history.read_text().splitlines()]
        self.assertEqual([line["day"] for line in lines], ["2025-11-03", "2025-11-05"])

    def test_what_is_no_speech_is_not_counted(self):
        history, noise = self.path / "h.jsonl", self.path / "noise.wav"
        soundfile.write(noise, np.random.default_rng(1).normal(0, 0.1, 32000), 16000)
        speech = sorted(SAMPLES.glob("*.opus"))[0]
        self.assert_one_line(watch("microphone", history, noise, speech), NOT_SCORED, "noise.wav", "not counted")
        self.assertEqual(len(history.read_text().splitlines()), 1)

    def test_a_damaged_history_is_one_clear_line_and_stays_as_it_was(self):
        history = self.path / "h.jsonl"
        history.write_text("hello\n")
        speech = sorted(SAMPLES.glob("*.opus"))[0]
        self.assert_one_line(watch("microphone", history, speech), BAD_INPUT, "h.jsonl", "line 1")
        self.assertEqual(history.read_text(), "hello\n")
        self.assert_one_line(watch("microphone", self.path / "none.jsonl"), BAD_INPUT, "none.jsonl")


if __name__ == "__main__":
    unittest.main()
