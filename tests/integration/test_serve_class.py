"""What a teacher does with what `euphone serve` keeps. Arguments come by environment: EUPHONE_PROGRAM and EUPHONE_SAMPLES."""

import csv
import io
import json
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path
from urllib.parse import quote

import soundfile
from serving import PATIENCE, PROGRAM, Server
from test_serve import LEARNER, LEARNER_TEXT, QUERY

AUDIO = LEARNER.read_bytes()
ITEM = "/api/v1/analyses?lesson=everyday&item={}&learner={}"


class ClassTest(unittest.TestCase):
    def setUp(self):
        self.home = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.server = self.enterContext(Server(home=self.home))
        self.ana, self.bea = (self.server.json("POST", "/api/v1/learners", {"name": name}, 201)["id"] for name in ("Ana", "Bea"))

    def read(self, learner=None, address=None) -> str:
        status, headers, _ = self.server.ask(address or QUERY + f"&learner={learner or self.ana}", AUDIO)
        self.assertEqual(status, 200)
        return headers["Euphone-Take"]

    def say(self, take, text) -> dict:
        return self.server.json("POST", f"/api/v1/takes/{take}/comments", {"author": "Ms Kim", "text": text}, 201)

    def say_aloud(self, take, text="") -> dict:
        query = f"?author=Ms+Kim&text={quote(text)}"
        status, _, content = self.server.ask(f"/api/v1/takes/{take}/comments{query}", AUDIO, {"Content-Type": "audio/x-anything"})
        self.assertEqual(status, 201, content)
        return json.loads(content)

    def unseen(self, learner) -> list:
        return self.server.json("GET", f"/api/v1/comments?learner={learner}&unseen=1")["comments"]

    def check_store(self):
        environment = {"XDG_DATA_HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config")}
        subprocess.run([PROGRAM, "store", "check"], env=environment, check=True, timeout=PATIENCE, capture_output=True)

    def test_a_comment_waits_for_its_learner_until_it_was_seen(self):
        take = self.read()
        first, second = self.say(take, "Good."), self.say(take, "The th!")
        whole = self.server.json("GET", f"/api/v1/takes/{take}")
        self.assertEqual(
            [(c["author"], c["text"], c["seen"]) for c in whole["comments"]], [("Ms Kim", "Good.", False), ("Ms Kim", "The th!", False)]
        )
        self.assertEqual((whole["take"]["comment_count"], whole["take"]["unseen_comments"]), (2, 2))
        self.assertEqual(
            [(c["id"], c["take"], c["take_text"]) for c in self.unseen(self.ana)],
            [(second["id"], take, LEARNER_TEXT), (first["id"], take, LEARNER_TEXT)],
        )
        self.assertEqual(self.unseen(self.bea), [])
        self.assertTrue(self.server.json("PATCH", f"/api/v1/comments/{second['id']}", {"seen": True})["seen"])
        self.assertEqual([c["id"] for c in self.unseen(self.ana)], [first["id"]])
        self.assertEqual(self.server.json("GET", "/api/v1/takes")["takes"][0]["unseen_comments"], 1)

    def test_a_model_is_heard_as_it_was_said_and_goes_with_its_comment(self):
        take = self.read()
        comment = self.say_aloud(take, "Like this: 너무 빨라요")
        self.assertEqual((comment["has_recording"], comment["text"]), (True, "Like this: 너무 빨라요"))
        _, headers, sound = self.server.ask(f"/api/v1/comments/{comment['id']}/audio")
        self.assertEqual(headers["Content-Type"], "audio/flac")
        model, rate = soundfile.read(io.BytesIO(sound))
        own, _ = soundfile.read(io.BytesIO(self.server.ask(f"/api/v1/takes/{take}/audio")[2]))
        self.assertEqual((rate, len(model)), (16000, len(own)))
        self.check_store()
        self.server.json("DELETE", f"/api/v1/comments/{comment['id']}", expected=204)
        self.assertEqual(self.server.ask(f"/api/v1/comments/{comment['id']}/audio")[0], 404)
        self.assertEqual(self.server.ask(f"/api/v1/takes/{take}/audio")[0], 200)

    def test_what_says_nothing_or_too_much_is_no_comment(self):
        take = self.read()
        for body in ({}, {"text": ""}, {"text": 5}, {"text": "x" * 8001}, {"text": "x", "author": "x" * 201}, {"text": "x", "seen": True}):
            self.server.json("POST", f"/api/v1/takes/{take}/comments", body, 400)
        self.assertEqual(self.server.json("GET", f"/api/v1/takes/{take}")["comments"], [])

    def test_a_lesson_is_set_and_what_is_read_of_it_since_counts(self):
        self.read(address=ITEM.format("hello", self.ana))
        task = {"learners": [self.ana, self.bea], "lesson": "everyday", "due": "2030-01-31", "note": "Aloud, please."}
        made = self.server.json("POST", "/api/v1/assignments", task, 201)["assignments"]
        self.assertEqual([a["learner"] for a in made], [self.ana, self.bea])
        items = [item["id"] for item in self.server.json("GET", "/api/v1/lessons/everyday")["items"]]
        [of_ana] = self.server.json("GET", f"/api/v1/assignments?learner={self.ana}")["assignments"]
        self.assertEqual(
            (of_ana["title"], of_ana["due"], of_ana["note"], of_ana["items"]),
            ("Everyday sentences", "2030-01-31", "Aloud, please.", len(items)),
        )
        self.assertEqual((of_ana["read"], of_ana["mean"], of_ana["done"], of_ana["next"]), (0, None, False, items[0]))
        takes = [self.server.json("GET", f"/api/v1/takes/{self.read(address=ITEM.format(item, self.ana))}")["take"] for item in items[:2]]
        totals = [take["total"] for take in takes if take["total"] is not None]
        [of_ana] = self.server.json("GET", f"/api/v1/assignments?learner={self.ana}")["assignments"]
        self.assertEqual(of_ana["read"], len(totals))
        if totals:
            self.assertAlmostEqual(of_ana["mean"], sum(totals) / len(totals), delta=0.01)
        self.server.json("DELETE", f"/api/v1/assignments/{of_ana['id']}", expected=204)
        self.assertEqual([a["learner"] for a in self.server.json("GET", "/api/v1/assignments")["assignments"]], [self.bea])

    def test_an_assignment_is_for_all_that_it_names_or_for_nobody(self):
        for body, expected in (
            ({"learners": [self.ana, "nobody"], "lesson": "everyday"}, 404),
            ({"learners": [self.ana], "lesson": "none"}, 404),
            ({"learners": [], "lesson": "everyday"}, 400),
            ({"learners": [self.ana], "lesson": "everyday", "due": "tomorrow"}, 400),
            ({"learners": [self.ana], "lesson": "everyday", "due": "2030-13-01"}, 400),
            ({"learners": self.ana, "lesson": "everyday"}, 400),
        ):
            self.server.json("POST", "/api/v1/assignments", body, expected)
        self.assertEqual(self.server.json("GET", "/api/v1/assignments")["assignments"], [])

    def test_a_lesson_that_goes_takes_its_assignments_with_it(self):
        self.server.ask("/api/v1/lessons?title=My+fox", b"A fox ran.", {"Content-Type": "text/plain"})
        self.server.json("POST", "/api/v1/assignments", {"learners": [self.ana], "lesson": "my-fox", "due": None}, 201)
        self.server.json("DELETE", "/api/v1/lessons/my-fox", expected=204)
        self.assertEqual(self.server.json("GET", "/api/v1/assignments")["assignments"], [])

    def test_takes_with_a_sound_come_with_its_score_the_lowest_first(self):
        self.read()
        self.read(address=ITEM.format("hello", self.ana))
        takes = self.server.json("GET", "/api/v1/takes?sound=N")["takes"]
        scores = [take["sound_score"] for take in takes]
        self.assertTrue(scores)
        self.assertEqual(scores, sorted(scores))
        table = csv.DictReader(io.StringIO(self.server.ask("/api/v1/export?format=sounds.csv")[2].decode()))
        self.assertEqual({row["take"] for row in table if row["arpabet"] == "N"}, {take["id"] for take in takes})
        self.assertEqual(self.server.json("GET", f"/api/v1/takes?sound=N&learner={self.bea}")["takes"], [])

    def test_the_table_of_a_class_has_every_learner(self):
        self.read()
        _, headers, content = self.server.ask("/api/v1/export?format=class.csv")
        self.assertIn('filename="class.csv"', headers["Content-Disposition"])
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        self.assertEqual(
            [(row["learner"], row["takes"], row["days_practised_of_28"]) for row in rows], [("Ana", "1", "1"), ("Bea", "0", "0")]
        )
        self.assertGreater(int(rows[0]["N_count"]), 0)
        self.assertEqual((rows[1]["N_count"], rows[1]["N_mean_0_100"]), ("0", ""))

    def test_hundreds_of_takes_are_named_in_a_body(self):
        take, other = self.read(), self.read()
        self.say_aloud(take)
        _, headers, content = self.server.ask(
            "/api/v1/export", json.dumps({"format": "archive.zip", "takes": [take] * 500}).encode(), {"Content-Type": "application/json"}
        )
        self.assertEqual(headers["Content-Type"], "application/zip")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            [line] = [json.loads(line) for line in archive.read("takes.jsonl").decode().splitlines()]
            self.assertIn(line["comments"][0]["recording"], archive.namelist())
        gone = self.server.json("POST", "/api/v1/takes/delete", {"takes": [take] + ["none"] * 500})
        self.assertEqual(gone, {"deleted": 1})
        self.assertEqual([t["id"] for t in self.server.json("GET", "/api/v1/takes")["takes"]], [other])
        self.check_store()


if __name__ == "__main__":
    unittest.main()
