"""What `euphone serve` keeps of learners. Arguments come by environment: EUPHONE_PROGRAM and EUPHONE_SAMPLES."""

import asyncio
import csv
import io
import json
import os
import sqlite3
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path

import jsonschema
import soundfile
from serving import PATIENCE, PROGRAM, Live, Server
from test_serve import LEARNER, LEARNER_TEXT, QUERY, pcm_of

AUDIO = LEARNER.read_bytes()
PRACTICE = jsonschema.Draft202012Validator(json.loads((Path(os.environ["EUPHONE_CONTRACT"]) / "practice.schema.json").read_text()))
TEXT_READ = 2 * 64000  # Bytes of its samples: all is said, and the silence behind is still too short to settle anything.


def tips_of(analysis):
    return [advice["tip"] for advice in analysis["feedback"].get("advice", [])]


class KeptTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.home = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.server = self.enterContext(Server(home=self.home))
        self.ana = self.server.json("POST", "/api/v1/learners", {"name": "Ana", "first_language": "ko"}, 201)["id"]

    def read(self, learner=None, extra="") -> str:
        status, headers, _ = self.server.ask(QUERY + f"&learner={learner or self.ana}" + extra, AUDIO)
        self.assertEqual(status, 200)
        return headers["Euphone-Take"]

    def environment(self) -> dict:
        return os.environ | {"XDG_DATA_HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config")}

    def store(self, *arguments) -> str:
        result = subprocess.run(
            [PROGRAM, "store", *arguments], capture_output=True, text=True, env=self.environment(), timeout=PATIENCE, check=True
        )
        return result.stdout

    def test_nothing_is_kept_of_who_names_nobody(self):
        _, headers, _ = self.server.ask(QUERY, AUDIO)
        self.assertNotIn("Euphone-Take", headers)
        self.assertEqual(self.server.json("GET", "/api/v1/takes")["takes"], [])

    def test_a_take_that_was_sent_is_kept_with_its_sound_and_found_again(self):
        take = self.read()
        whole = self.server.json("GET", f"/api/v1/takes/{take}")
        self.assertEqual(whole["take"]["text"], LEARNER_TEXT)
        self.assertEqual(whole["take"]["learner"], self.ana)
        self.assertEqual(whole["judgements"][-1]["analysis"]["schema"], "euphone.analysis/1")
        _, headers, sound = self.server.ask(f"/api/v1/takes/{take}/audio")
        self.assertEqual(headers["Content-Type"], "audio/flac")
        samples, rate = soundfile.read(io.BytesIO(sound))
        self.assertEqual((rate, len(samples)), (16000, whole["judgements"][-1]["analysis"]["audio"]["samples"]))
        self.assertEqual(len(self.server.json("GET", "/api/v1/takes?search=differ")["takes"]), 1)
        self.assertEqual(self.server.json("GET", "/api/v1/takes?search=zebra")["takes"], [])
        self.assertIn(take, self.store("log", "--json"))

    async def test_the_coach_says_something_else_each_time_whichever_way_a_learner_reads(self):
        bo = self.server.json("POST", "/api/v1/learners", {"name": "Bo"}, 201)["id"]

        def heard(learner):
            return tips_of(json.loads(self.server.ask(QUERY + f"&learner={learner}", AUDIO)[2]))

        told = [heard(self.ana), heard(self.ana)]
        live = Live(self.server)
        await live.start(text=LEARNER_TEXT, learner=self.ana)
        await live.send(pcm_of(LEARNER))
        await live.finish()
        told.append(tips_of(live.told("sentence_finished")[-1]["analysis"]))
        self.assertTrue(told[0])
        self.assertEqual(len({tip for tips in told for tip in tips}), sum(map(len, told)), told)
        self.assertEqual(heard(bo), told[0])

    def test_pages_follow_each_other(self):
        takes = [self.read() for _ in range(3)]
        first = self.server.json("GET", "/api/v1/takes?limit=2")
        self.assertEqual(([t["id"] for t in first["takes"]], first["more"]), (takes[:0:-1], True))
        rest = self.server.json("GET", f"/api/v1/takes?limit=2&after={takes[1]}")
        self.assertEqual(([t["id"] for t in rest["takes"]], rest["more"]), (takes[:1], False))

    async def test_live_takes_are_kept_and_told(self):
        live = Live(self.server)
        await live.start(text=LEARNER_TEXT, learner=self.ana)
        await live.send(pcm_of(LEARNER))
        await live.finish()
        kept = [message for message in live.other if message["type"] == "kept"]
        self.assertEqual([(message["sentence"], message["number"]) for message in kept], [(0, 1)])
        whole = self.server.json("GET", f"/api/v1/takes/{kept[0]['take']}")
        told = live.told("sentence_finished")[-1]["analysis"]
        self.assertEqual(whole["judgements"][0]["analysis"]["scores"], told["scores"])
        self.assertTrue(whole["take"]["has_recording"])

    async def test_who_leaves_has_what_was_told_kept_and_nothing_that_is_half_said(self):
        pcm = pcm_of(LEARNER)
        for told, takes, until in (("word_scored", 0, TEXT_READ // 2), ("sentence_finished", 1, TEXT_READ)):
            live = Live(self.server)
            await live.start(text=LEARNER_TEXT, learner=self.ana)
            await live.send(pcm[:until])
            await live.wait_for(told)
            self.assertFalse([event for event in live.told("sentence_finished") if event["settled"]])
            await live.socket.send(json.dumps({"type": "leave"}))
            await asyncio.wait_for(live.task, PATIENCE)
            self.assertEqual(live.socket.close_code, 1000)
            self.assertEqual(len(await self.kept(takes)), takes)

    async def kept(self, least) -> list:
        """The takes, once there are so many of them and no session runs any more."""
        for _ in range(100):
            takes = self.server.json("GET", "/api/v1/takes")["takes"]
            if len(takes) >= least and "euphone_live_sessions 0" in self.server.ask("/metrics")[2].decode():
                return takes
            await asyncio.sleep(0.1)
        return takes

    async def test_a_lesson_goes_on_where_nothing_can_be_kept(self):
        live = Live(self.server)
        await live.start(text=LEARNER_TEXT, learner="nobody")
        await live.send(pcm_of(LEARNER))
        await live.finish()
        self.assertTrue(live.told("sentence_finished"))
        self.assertIn("learner", next(m["message"] for m in live.other if m["type"] == "not_kept"))
        self.assertIn('euphone_takes_kept_total{kept="no"} 1', self.server.ask("/metrics")[2].decode())
        self.assertEqual(self.server.stop()[0], 0)  # It told so on standard error, too.

    def test_a_star_and_a_note_stay(self):
        take = self.read()
        changed = self.server.json("PATCH", f"/api/v1/takes/{take}", {"starred": True, "note": "The th was better."})
        self.assertTrue(changed["starred"])
        self.assertEqual([t["id"] for t in self.server.json("GET", "/api/v1/takes?starred=1&search=better")["takes"]], [take])

    def test_progress_says_what_to_practise_and_why(self):
        self.read()
        progress = self.server.json("GET", f"/api/v1/learners/{self.ana}/progress")
        self.assertEqual(progress["days"][0]["takes"], 1)
        self.assertIsNone(progress["curve"])
        sounds = {item["what"]: item for item in progress["practice"] if item["kind"] == "sound"}
        self.assertEqual(set(sounds), {sound["sound"] for sound in progress["sounds"]})
        self.assertEqual(sounds["TH" if "TH" in sounds else "N"]["reviews"], 1)

    def test_a_drill_is_the_one_that_the_program_gives(self):
        self.read()
        for query, arguments in (("", ()), ("?sound=TH&against=S&count=6", ("--sound", "TH", "--against", "S", "--count", "6"))):
            drill = self.server.json("GET", f"/api/v1/learners/{self.ana}/drills" + query)
            PRACTICE.validate(drill)
            command = [PROGRAM, "practice", "--json", "--learner", "Ana", *arguments]
            told = subprocess.run(command, capture_output=True, text=True, env=self.environment(), timeout=PATIENCE, check=True)
            self.assertEqual(json.loads(told.stdout) | {"learner": self.ana}, drill)

    def test_what_is_exported_opens_elsewhere(self):
        take, other = self.read(), self.read()
        table = list(csv.DictReader(io.StringIO(self.server.ask(f"/api/v1/export?format=takes.csv&take={take}")[2].decode())))
        self.assertEqual([row["take"] for row in table], [take])
        _, headers, content = self.server.ask(f"/api/v1/export?format=archive.zip&learner={self.ana}")
        self.assertIn("attachment", headers["Content-Disposition"])
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            self.assertIsNone(archive.testzip())
            lines = [json.loads(line) for line in archive.read("takes.jsonl").decode().splitlines()]
        self.assertEqual({line["uuid"] for line in lines}, {take, other})
        self.assertIn(f"takes/{take}.flac", names)
        self.assertIn(f"takes/{take}.TextGrid", names)
        status, _, content = self.server.ask(f"/api/v1/export?format=deck.apkg&learner={self.ana}")
        if status == 200:  # A word went wrong.
            with zipfile.ZipFile(io.BytesIO(content)) as deck, tempfile.NamedTemporaryFile() as file:
                file.write(deck.read("collection.anki2"))
                file.flush()
                connection = sqlite3.connect(file.name)
                self.assertGreater(connection.execute("SELECT count(*) FROM cards").fetchone()[0], 0)
                connection.close()
        else:
            self.assertEqual(status, 404)

    def test_an_erased_learner_is_gone_and_the_others_stay(self):
        bea = self.server.json("POST", "/api/v1/learners", {"name": "Bea"}, 201)["id"]
        gone, stays = self.read(), self.read(bea)
        self.server.json("DELETE", f"/api/v1/learners/{self.ana}", expected=204)
        self.assertEqual([learner["name"] for learner in self.server.json("GET", "/api/v1/learners")["learners"]], ["Bea"])
        self.assertEqual(self.server.ask(f"/api/v1/takes/{gone}")[0], 404)
        self.assertEqual([t["id"] for t in self.server.json("GET", "/api/v1/takes")["takes"]], [stays])
        self.store("check")

    def test_a_lesson_that_was_brought_in_is_there_after_a_restart(self):
        status, _, content = self.server.ask("/api/v1/lessons?title=My+fox", b"A fox ran. Was it red?", {"Content-Type": "text/plain"})
        self.assertEqual(status, 201)
        lesson = json.loads(content)
        self.assertEqual(
            (lesson["name"], lesson["own"], [item["text"] for item in lesson["items"]]), ("my-fox", True, ["A fox ran.", "Was it red?"])
        )
        with Server(home=self.home) as again:
            self.assertEqual(again.json("GET", "/api/v1/lessons/my-fox")["title"], "My fox")
            self.assertEqual(again.ask("/api/v1/lessons/my-fox/1/audio")[0], 200)
            again.json("DELETE", "/api/v1/lessons/my-fox", expected=204)
            self.assertNotIn("my-fox", [lesson["name"] for lesson in again.json("GET", "/api/v1/lessons")["lessons"]])

    def test_the_model_that_was_chosen_judges_at_once_and_after_a_restart(self):
        by_standard = self.read()
        models = self.server.json("GET", "/api/v1/models")
        self.assertEqual(models["judge"], "en-us-standard")
        names = [model["name"] for model in models["models"]]
        self.assertEqual(names, ["en-us-large", "en-us-standard", "en-us-tiny", "en-us-tiny-litert"])
        self.assertEqual(self.server.json("PATCH", "/api/v1/models", {"judge": "en-us-tiny"})["judge"], "en-us-tiny")
        self.assertIn("tiny", self.server.json("GET", "/api/v1/version")["model"])
        self.server.json("POST", f"/api/v1/takes/{by_standard}/analyses", expected=201)
        judged = self.server.json("GET", f"/api/v1/takes/{self.read()}")["take"]["model"]
        self.assertEqual(judged, self.server.json("GET", "/api/v1/version")["model"])
        with Server(home=self.home) as again:
            self.assertEqual(again.json("GET", "/api/v1/models")["judge"], "en-us-tiny")
        with Server("--model", "en-us-standard", home=self.home) as told:
            self.assertEqual(told.json("GET", "/api/v1/models")["judge"], "en-us-standard")

    async def test_a_lesson_that_has_begun_ends_with_the_model_that_it_began_with(self):
        live = Live(self.server)
        await live.start(text=LEARNER_TEXT, learner=self.ana)
        pcm = pcm_of(LEARNER)
        await live.send(pcm[: TEXT_READ // 2])
        await live.wait_for("word_scored")
        self.server.json("PATCH", "/api/v1/models", {"judge": "en-us-tiny"})
        live.received = TEXT_READ // 4
        await live.send(pcm)
        await live.finish()
        self.assertIn("standard", self.server.json("GET", "/api/v1/takes")["takes"][0]["model"])

    def test_what_is_to_be_forgotten_is_forgotten_by_itself(self):
        takes = [self.read() for _ in range(2)]
        self.store("keep", "--recordings", "1")
        with Server(home=self.home) as again:
            for _ in range(100):
                kept = [t["has_recording"] for t in again.json("GET", "/api/v1/takes")["takes"]]
                if kept.count(True) <= 1:
                    break
                again.ask("/api/v1/health")
        self.assertEqual(len(kept), len(takes))


class NothingKeptTest(unittest.TestCase):
    def test_a_model_can_be_chosen_where_nothing_is_kept(self):
        with Server("--no-store") as server:
            self.assertEqual(server.json("PATCH", "/api/v1/models", {"judge": "en-us-tiny"})["judge"], "en-us-tiny")
            self.assertEqual(server.ask(QUERY, AUDIO)[0], 200)

    def test_a_server_without_a_store_says_so_and_judges_all_the_same(self):
        with Server("--no-store") as server:
            self.assertEqual(server.json("GET", "/api/v1/learners", expected=404)["error"]["code"], "no_store")
            self.assertEqual(server.json("POST", "/api/v1/learners", {"name": "Ana"}, 404)["error"]["code"], "no_store")
            self.assertEqual(server.ask(QUERY, AUDIO)[0], 200)

    def test_takes_of_nobody_in_particular_are_a_given_learners(self):
        with Server("--learner", "Ana") as server:
            self.assertIn("Euphone-Take", server.ask(QUERY, AUDIO)[1])
            self.assertEqual(server.json("GET", "/api/v1/learners")["learners"][0]["takes"], 1)


if __name__ == "__main__":
    unittest.main()
