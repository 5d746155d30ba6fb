"""A device that was invited sees one learner's things. Arguments come by environment: EUPHONE_PROGRAM and EUPHONE_SAMPLES."""

import asyncio
import json
import ssl
import unittest

import websockets
from serving import PATIENCE, Live, Server
from test_serve import LEARNER, LEARNER_TEXT, QUERY, pcm_of

AUDIO = LEARNER.read_bytes()


class InvitedTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.context = ssl.create_default_context()
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE
        self.server = self.enterContext(Server("--lan"))
        self.teacher = self.pair(self.server.line()["code"])
        self.ana, self.ben = (self.ask(self.teacher, "/api/v1/learners", {"name": name}, 201)["id"] for name in ("Ana", "Ben"))
        self.takes = {}
        for learner in (self.ana, self.ben):
            _, headers, _ = self.server.ask(f"{QUERY}&learner={learner}", AUDIO, self.teacher, context=self.context)
            self.takes[learner] = headers["Euphone-Take"]
        self.pupil = self.pair(self.ask(self.teacher, "/api/v1/invitations", {"learner": self.ana}, 201)["code"])

    def pair(self, code) -> dict:
        status, _, body = self.server.ask("/api/v1/pair", json.dumps({"code": code}).encode(), context=self.context)
        self.assertEqual(status, 200)
        return {"Authorization": "Bearer " + json.loads(body)["token"]}

    def ask(self, who, path, body=None, expected=200, method=None):
        data = None if body is None else json.dumps(body).encode()
        status, _, content = self.server.ask(path, data, who | {"Content-Type": "application/json"}, method, context=self.context)
        self.assertEqual(status, expected, (path, content[:200]))
        return json.loads(content) if content.startswith(b"{") else content

    def test_it_sees_what_is_this_learners_and_nothing_of_others(self):
        self.assertEqual(self.ask(self.pupil, "/api/v1/access"), {"pairing": True, "learner": self.ana})
        self.assertEqual(self.ask(self.teacher, "/api/v1/access"), {"pairing": True, "learner": None})
        self.assertEqual([one["name"] for one in self.ask(self.pupil, "/api/v1/learners")["learners"]], ["Ana"])
        mine, others = self.takes[self.ana], self.takes[self.ben]
        for query in ("", f"?learner={self.ana}", f"?learner={self.ben}"):
            self.assertEqual([take["id"] for take in self.ask(self.pupil, "/api/v1/takes" + query)["takes"]], [mine])
        for path in ("", "/audio"):
            self.ask(self.pupil, f"/api/v1/takes/{mine}{path}")
            self.ask(self.pupil, f"/api/v1/takes/{others}{path}", expected=404)
        self.ask(self.pupil, f"/api/v1/takes/{others}", {"note": "Ha!"}, 404, "PATCH")
        self.ask(self.pupil, f"/api/v1/takes/{others}", expected=404, method="DELETE")
        for path in ("progress", "drills", "curves"):
            self.ask(self.pupil, f"/api/v1/learners/{self.ana}/{path}")
            self.ask(self.pupil, f"/api/v1/learners/{self.ben}/{path}", expected=404)
        questions = [{"question": "how is my n sound?", "learner": learner} for learner in (self.ana, self.ben)]
        told = [
            self.ask(who, "/api/v1/ask", question)["record"] for who, question in zip((self.teacher, self.pupil), questions, strict=True)
        ]
        self.assertEqual(told[0], told[1], "whoever it asks for, it is told of itself")
        for query in ("", f"&learner={self.ben}", f"&take={others}"):
            self.assertNotIn(others.encode(), self.ask(self.pupil, "/api/v1/export?format=takes.csv" + query))
        self.assertIn(mine.encode(), self.ask(self.pupil, "/api/v1/export?format=takes.csv"))
        self.assertEqual(len(self.ask(self.teacher, "/api/v1/takes")["takes"]), 2)

    def test_what_concerns_all_is_not_for_it(self):
        for path, body, method in (
            ("/api/v1/learners", {"name": "Eve"}, None),
            ("/api/v1/invitations", {"learner": self.ben}, None),
            ("/api/v1/lessons/everyday", None, "DELETE"),
            ("/metrics", None, None),
        ):
            self.assertEqual(self.ask(self.pupil, path, body, 403, method)["error"]["code"], "one_learner")
        for path in ("/api/v1/version", "/api/v1/lessons", "/api/v1/lessons/everyday"):
            self.ask(self.pupil, path)

    def test_what_a_teacher_says_and_sets_is_heard_by_whom_it_is_for(self):
        said = {}
        for learner, take in self.takes.items():
            said[learner] = self.ask(self.teacher, f"/api/v1/takes/{take}/comments", {"text": "Good."}, 201)["id"]
        task = {"learners": [self.ana, self.ben], "lesson": "everyday"}
        mine, _ = self.ask(self.teacher, "/api/v1/assignments", task, 201)["assignments"]
        for query in ("", f"?learner={self.ben}"):
            self.assertEqual([one["id"] for one in self.ask(self.pupil, "/api/v1/comments" + query)["comments"]], [said[self.ana]])
            self.assertEqual([one["id"] for one in self.ask(self.pupil, "/api/v1/assignments" + query)["assignments"]], [mine["id"]])
        self.ask(self.pupil, f"/api/v1/comments/{said[self.ana]}", {"seen": True}, 200, "PATCH")
        self.ask(self.pupil, f"/api/v1/comments/{said[self.ben]}", {"seen": True}, 404, "PATCH")
        self.ask(self.pupil, f"/api/v1/comments/{said[self.ben]}", expected=404, method="DELETE")
        for path, body, method in (
            (f"/api/v1/takes/{self.takes[self.ana]}/comments", {"text": "Very good."}, None),
            ("/api/v1/assignments", task, None),
            (f"/api/v1/assignments/{mine['id']}", None, "DELETE"),
        ):
            self.assertEqual(self.ask(self.pupil, path, body, 403, method)["error"]["code"], "one_learner")
        self.ask(self.pupil, "/api/v1/export?format=class.csv", expected=400)
        self.assertEqual(self.ask(self.pupil, "/api/v1/takes/delete", {"takes": list(self.takes.values())}), {"deleted": 1})
        self.assertEqual([take["id"] for take in self.ask(self.teacher, "/api/v1/takes")["takes"]], [self.takes[self.ben]])
        self.assertEqual(len(self.ask(self.teacher, "/api/v1/assignments")["assignments"]), 2)

    def test_takes_of_others_cannot_be_sent(self):
        for learner, expected in ((self.ana, 200), (self.ben, 404)):
            status, _, _ = self.server.ask(f"{QUERY}&learner={learner}", AUDIO, self.pupil, context=self.context)
            self.assertEqual(status, expected)

    async def test_it_reads_live_as_this_learner_alone(self):
        for learner, read in ((self.ana, True), (self.ben, False)):
            live = Live(self.server, ssl=self.context, extra_headers=self.pupil)
            await live.start(text=LEARNER_TEXT, learner=learner)
            if not read:
                self.assertEqual(live.other[-1]["code"], "one_learner")
                continue
            await live.send(pcm_of(LEARNER))
            await live.finish()
            self.assertEqual([message["type"] for message in live.other], ["kept"])

    async def test_in_the_room_it_is_watched_and_watches_nobody(self):
        async def enter(who, message):
            url = self.server.url.replace("http", "ws", 1) + "/api/v1/room"
            guest = await websockets.connect(url, ssl=self.context, extra_headers=who)
            await guest.send(json.dumps(message))
            return guest, json.loads(await asyncio.wait_for(guest.recv(), PATIENCE))

        _, refused = await enter(self.pupil, {"type": "look", "name": "Ana"})
        self.assertEqual(refused["type"], "error")
        guest, joined = await enter(self.pupil, {"type": "join", "learner": self.ben, "name": "Ana"})
        self.assertEqual(joined["type"], "joined")
        teacher, seen = await enter(self.teacher, {"type": "look", "name": "Ms Kim"})
        self.assertEqual([(desk["learner"], desk["name"]) for desk in seen["desks"]], [(self.ana, "Ana")])
        await guest.close()
        await teacher.close()


if __name__ == "__main__":
    unittest.main()
