"""What is kept of learners, looked after with the program as a user does: EUPHONE_PROGRAM, EUPHONE_SAMPLES."""

import json
import os
import sqlite3
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path

import soundfile

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
CLIP, TEXT = "so762-014070336.opus", "Next year will be different, she thought."
FINE, BAD_INPUT, USAGE, BROKEN = 0, 1, 2, 4


def tips_of(analysis):
    return [advice["tip"] for advice in analysis["feedback"].get("advice", [])]


class StoreTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name)
        self.environment = os.environ | {
            "HOME": folder.name,
            "XDG_DATA_HOME": f"{folder.name}/data",
            "XDG_CONFIG_HOME": f"{folder.name}/config",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }
        self.store = self.path / "data/euphone/store"

    def run_program(self, *arguments, code=FINE, stdin=""):
        done = subprocess.run(
            [PROGRAM, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
            env=self.environment,
        )
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return done

    def read_aloud(self, learner="Ana"):
        return self.run_program("analyze", SAMPLES / CLIP, "--text", TEXT, "--learner", learner, "--format", "json", "--compact")

    def log(self, *arguments):
        lines = self.run_program("store", "log", "--json", *arguments).stdout.splitlines()
        return [json.loads(line) for line in lines]

    def test_what_was_read_is_kept_and_can_be_searched_shown_and_taken_elsewhere(self):
        analysis = json.loads(self.read_aloud().stdout)
        (take,) = self.log("--search", "different thou")
        self.assertEqual(take["text"], TEXT)
        self.assertEqual(take["total"], analysis["scores"]["total"])
        self.assertEqual(self.log("--search", "elephant"), [])
        sounds = json.loads(self.run_program("store", "progress", "--learner", "Ana", "--json").stdout)["sounds"]
        said = sum(len(word["phones"]) for word in analysis["words"] if word["accuracy"] is not None)
        self.assertEqual(sum(sound["all"]["count"] for sound in sounds), said)

        out = self.path / "export"
        self.run_program("store", "export", out, "--csv", self.path / "takes.csv")
        self.assertEqual(json.loads((out / f"takes/{take['take']}.json").read_text()), analysis)
        self.assertIn('"words"', (out / f"takes/{take['take']}.TextGrid").read_text())
        self.assertIn(take["take"], (self.path / "takes.csv").read_text())
        other = self.path / "other"
        self.run_program("store", "--store", other, "--key-file", self.path / "other.key", "import", out)
        self.run_program("store", "--store", other, "check")
        # The recording that came out is judged like the one that went in.
        again = self.run_program("analyze", out / f"takes/{take['take']}.flac", "--text", TEXT, "--format", "json")
        self.assertEqual(json.loads(again.stdout)["scores"], analysis["scores"])

    def test_recordings_are_kept_as_opus_where_the_user_wants_it(self):
        self.read_aloud()
        self.run_program("store", "keep", "--format", "opus")
        self.read_aloud("Bo")
        self.assertEqual(json.loads(self.run_program("store", "info", "--json").stdout)["audio_format"], "opus")
        flac, opus = (next((self.store / "audio").rglob(f"*.{kind}.sealed")).stat().st_size for kind in ("flac", "opus"))
        self.assertLess(opus * 4, flac)
        self.run_program("store", "check")

    def test_a_live_lesson_is_kept_like_a_recording(self):
        self.run_program("live", "--text", TEXT, "--from", SAMPLES / CLIP, "--speed", 0, "--plain", "--learner", "Ana")
        (take,) = self.log()
        self.assertTrue(take["recording"])
        self.assertEqual(take["verdict"], "scored")

    def test_the_coach_does_not_repeat_itself_to_a_learner_and_says_to_others_what_it_said_first(self):
        told = [tips_of(json.loads(self.read_aloud().stdout)) for _ in range(3)]
        self.assertTrue(told[0])
        self.assertEqual(len({tip for tips in told for tip in tips}), sum(map(len, told)), told)
        self.assertEqual(tips_of(json.loads(self.read_aloud("Bo").stdout)), told[0])
        # Side by side, what is told depends on those before, never on who was ready first.
        three = self.path / "three.tsv"
        three.write_text("".join(f"{SAMPLES / CLIP}\t{TEXT}\t{name}\n" for name in "abc"))
        side_by_side = self.run_program(
            "analyze", "--manifest", three, "--learner", "Cy", "--format", "json", "--compact", "--jobs", 3
        ).stdout
        self.assertEqual([tips_of(json.loads(line)) for line in side_by_side.splitlines()], told)

    def test_the_coach_of_a_live_lesson_knows_what_it_said_in_this_one_and_in_those_before(self):
        recording, sentence = self.path / "twice.wav", self.path / "once.wav"
        samples, rate = soundfile.read(SAMPLES / CLIP)
        pause = [0.0] * (2 * rate)
        soundfile.write(sentence, [*samples, *pause], rate)
        soundfile.write(recording, [*samples, *pause, *samples, *pause], rate)
        told = []
        for file, text in ((sentence, TEXT), (recording, f"{TEXT} {TEXT}")):
            done = self.run_program("live", "--text", text, "--from", file, "--speed", 0, "--events", "--learner", "Ana")
            events = [json.loads(line) for line in done.stdout.splitlines()]
            told += [tips_of(e["analysis"]) for e in events if e["event"] == "sentence_finished" and e["settled"]]
        self.assertEqual(len(told), 3)
        self.assertTrue(told[0])
        self.assertEqual(len({tip for tips in told for tip in tips}), sum(map(len, told)), told)

    def test_the_store_is_unreadable_and_the_key_is_not_in_it(self):
        self.read_aloud("Anastasia")
        for file in self.store.rglob("*"):
            if file.is_file():
                content = file.read_bytes()
                for trace in (b"Anastasia", b"different", b"fLaC", b"SQLite"):
                    self.assertNotIn(trace, content, file)
        key = self.path / "config/euphone/store.key"
        key.rename(self.path / "elsewhere.key")
        lost = self.run_program("store", "info", code=BAD_INPUT)
        self.assertIn("store.key", lost.stderr)
        self.run_program("store", "--key-file", self.path / "elsewhere.key", "info")

    def test_a_keyring_of_the_desktop_has_the_key_while_it_is_unlocked(self):
        runtime = self.path / "run"
        runtime.mkdir(mode=0o700)
        script = f"""
            printf 'secret\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
            '{PROGRAM}' store init && '{PROGRAM}' analyze '{SAMPLES / CLIP}' --text '{TEXT}' --learner Ana >/dev/null &&
            '{PROGRAM}' store log --json"""
        environment = {name: value for name, value in self.environment.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
        done = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", script],
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
            env=environment | {"XDG_RUNTIME_DIR": str(runtime)},
        )
        self.assertEqual(done.returncode, FINE, done.stderr)
        self.assertIn("its key is in the keyring", done.stderr)
        self.assertEqual(json.loads(done.stdout.splitlines()[-1])["text"], TEXT)
        self.assertEqual(json.loads((self.store / "store.json").read_text())["key"], "keyring")
        self.assertIn("keyring", self.run_program("store", "log", code=BAD_INPUT).stderr)  # Another desktop's, or none.

    def test_a_passphrase_locks_it_and_only_that_one_opens_it(self):
        (self.path / "right").write_text("correct horse\n")
        (self.path / "wrong").write_text("battery staple\n")
        self.run_program("store", "--passphrase-file", self.path / "right", "init", "--passphrase")
        self.assertIn("passphrase", self.run_program("store", "--passphrase-file", self.path / "right", "info").stdout)
        wrong = self.run_program("store", "--passphrase-file", self.path / "wrong", "info", code=BAD_INPUT)
        self.assertIn("not the passphrase", wrong.stderr)
        self.assertIn("--passphrase-file", self.run_program("store", "info", code=BAD_INPUT).stderr)

    def test_a_backup_brings_back_what_was_deleted(self):
        self.read_aloud()
        self.run_program("store", "backup", self.path / "backup")
        self.assertIn("--yes", self.run_program("store", "delete", "--learner", "Ana", code=BAD_INPUT).stderr)
        self.run_program("store", "delete", "--learner", "Ana", "--yes")
        self.assertEqual(self.log(), [])
        self.run_program("store", "restore", self.path / "backup")
        self.assertEqual(len(self.log()), 1)
        self.run_program("store", "check")

    def test_left_overs_and_damage_are_found_and_mended(self):
        self.read_aloud()
        (kept,) = [file for file in (self.store / "audio").rglob("*") if file.is_file()]
        (kept.parent / "stray").write_bytes(b"x")
        kept.write_bytes(kept.read_bytes()[:-5])
        found = json.loads(self.run_program("store", "check", "--json", code=BROKEN).stdout)
        self.assertEqual({fault["kind"] for fault in found}, {"damaged_recording", "left_over"})
        self.run_program("store", "check", "--repair")
        self.assertEqual(self.run_program("store", "check").stdout, "nothing is wrong\n")
        self.assertFalse(self.log()[0]["recording"])

    def test_rules_forget_recordings_and_keep_scores(self):
        self.read_aloud()
        self.run_program("store", "keep", "--recordings", 0)
        self.assertFalse(self.log()[0]["recording"])
        self.assertIn("the last 0 recordings", self.run_program("store", "info").stdout)
        self.assertIn("everything", self.run_program("store", "keep", "--everything").stdout)

    def test_a_learner_says_what_is_sent_and_takes_it_back(self):
        def shares(*level, code=FINE):
            return json.loads(self.run_program("store", "share", "Ana", *level, "--json", code=code).stdout)

        self.read_aloud()
        self.assertEqual(shares()["shares"], "nothing")
        self.assertIsNone(shares()["pseudonym"])
        self.assertIn("Nothing of Ana leaves", self.run_program("store", "share", "Ana").stdout)
        self.assertEqual(shares("scores-and-audio")["waiting"], {"deletion": 0, "health": 0, "scores": 0, "audio": 0})
        self.read_aloud()
        told = shares()
        self.assertEqual(told["waiting"], {"deletion": 0, "health": 0, "scores": 1, "audio": 1})
        self.assertEqual([given["shares"] for given in told["consents"]], ["scores-and-audio"])
        self.assertIn("asked to delete", self.run_program("store", "share", "Ana", "nothing").stdout)
        self.assertEqual(shares()["waiting"], {"deletion": 1, "health": 0, "scores": 0, "audio": 0})
        self.assertEqual(len(shares()["consents"]), 2)
        self.assertEqual(len(self.log()), 2)
        self.run_program("store", "share", "Ana", "everything", code=USAGE)
        self.run_program("store", "share", "Nobody", code=BAD_INPUT)

    def test_a_device_joins_a_class_and_leaves_it(self):
        self.read_aloud()
        self.assertIn("of no class", self.run_program("store", "class").stdout)
        self.run_program("store", "class", "--join", "tablet-3", code=USAGE)
        self.run_program("store", "class", "--join", "tablet-3", "--learner", "Ana")
        told = json.loads(self.run_program("store", "class", "--json").stdout)
        uuid = json.loads(self.run_program("store", "info", "--json").stdout)["learners"][0]["uuid"]
        self.assertTrue(told["device"].startswith("tablet-3."), told)
        self.assertEqual(told["user"], uuid)
        self.run_program("store", "class", "--join", "tablet-3", "--learner", "Ana", code=BAD_INPUT)
        self.run_program("store", "class", "--leave")
        self.assertIn("of no class", self.run_program("store", "class").stdout)

    def test_a_deck_of_cards_is_one_that_anki_reads(self):
        self.run_program("analyze", SAMPLES / CLIP, "--text", TEXT + " I never said elephant.", "--learner", "Ana")
        self.run_program("store", "export", "--learner", "Ana", "--anki", self.path / "words.apkg")
        with zipfile.ZipFile(self.path / "words.apkg") as deck:
            media = json.loads(deck.read("media"))
            (self.path / "collection").write_bytes(deck.read("collection.anki2"))
            self.assertTrue(all(deck.read(number).startswith(b"RIFF") for number in media))
        collection = sqlite3.connect(self.path / "collection")
        notes = [fields.split("\x1f") for (fields,) in collection.execute("SELECT flds FROM notes")]
        self.assertIn("elephant", {note[0] for note in notes})
        self.assertEqual({note[3] for note in notes}, {f"[sound:{name}]" for name in media.values()})
        self.assertEqual(collection.execute("SELECT count(*) FROM cards").fetchone()[0], len(notes))
        collection.close()

    def test_a_file_that_may_not_grow_stops_nothing_and_leaves_nothing_half_written(self):
        told = self.read_aloud().stdout
        before = self.log()
        script = (
            f"ulimit -f 8; trap '' XFSZ; exec '{PROGRAM}' analyze '{SAMPLES / CLIP}' --text '{TEXT}' --learner Bo --format json --compact"
        )
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, env=self.environment, timeout=240)
        self.assertEqual(done.returncode, BAD_INPUT, done.stderr)
        self.assertEqual(done.stdout, told)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertIn("was not kept", done.stderr)
        self.assertEqual([take["take"] for take in self.log()], [take["take"] for take in before])
        self.run_program("store", "check")

    def test_on_a_full_disk_lessons_go_on_and_takes_are_kept_again_once_there_is_room(self):
        """On a disk of 3 MB of its own, where this user may have one."""
        if subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False).returncode:
            self.skipTest("this user may not mount anything, even in a namespace of its own")
        disk = self.path / "data"
        disk.mkdir()
        read = f"'{PROGRAM}' analyze '{SAMPLES / CLIP}' --text '{TEXT}' --learner Ana --format json --compact"
        script = f"""
            mount -t tmpfs -o size=3m none '{disk}' || exit 9
            {read} > '{self.path}/told' 2>/dev/null || exit 8
            for left in 20 0; do
              rm -f '{disk}/other'
              head -c $(( ($(df -k --output=avail '{disk}' | tail -1) - left) * 1024 )) /dev/zero > '{disk}/other'
              for again in 1 2; do
                if {read} > '{self.path}/now' 2>> '{self.path}/errors'; then continue; fi
                cmp '{self.path}/now' '{self.path}/told' || exit 7
              done
            done
            rm '{disk}/other'
            '{PROGRAM}' store check || exit 6
            before=$('{PROGRAM}' store log --json | wc -l)
            {read} > /dev/null || exit 5
            [ $('{PROGRAM}' store log --json | wc -l) -eq $((before + 1)) ] || exit 4"""
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False, env=self.environment, timeout=240
        )
        self.assertEqual(done.returncode, FINE, done.stdout + done.stderr)
        errors = (self.path / "errors").read_text().splitlines()
        self.assertGreaterEqual(len(errors), 2)
        for error in errors:
            self.assertIn("was not kept: ", error)
            self.assertIn("the disk is full", error)

    def test_mistakes_get_one_line_each(self):
        self.assertIn("store init", self.run_program("store", "info", code=BAD_INPUT).stderr)
        self.run_program("store", "init")
        self.assertIn("already", self.run_program("store", "init", code=BAD_INPUT).stderr)
        self.assertIn("there is none yet", self.run_program("store", "log", "--learner", "Zoe", code=BAD_INPUT).stderr)
        self.run_program("store", "delete", code=USAGE)
        self.run_program("store", "export", code=USAGE)
        self.assertIn("no export", self.run_program("store", "import", self.path, code=BAD_INPUT).stderr)
        self.assertIn("no store", self.run_program("store", "restore", self.path, code=BAD_INPUT).stderr)


if __name__ == "__main__":
    unittest.main()
