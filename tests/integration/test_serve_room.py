"""The room of `euphone serve`: who watches whom. Arguments come by environment: EUPHONE_PROGRAM and EUPHONE_SAMPLES."""

import asyncio
import json
import signal
import time
import unittest

import websockets
from serving import PATIENCE, Live, Server
from test_serve import LEARNER, LEARNER_TEXT, pcm_of


class Guest:
    """A connection to the room, and all that it was told."""

    def __init__(self, server: Server):
        self.url = server.url.replace("http", "ws", 1) + "/api/v1/room"
        self.told = []

    async def enter(self, **message):
        self.socket = await websockets.connect(self.url, max_size=None)
        self.task = asyncio.create_task(self._read())
        await self.send(**message)

    async def _read(self):
        try:
            async for text in self.socket:
                self.told.append(json.loads(text))
        except websockets.ConnectionClosed:
            pass

    async def send(self, **message):
        await self.socket.send(json.dumps(message))

    def all(self, kind: str) -> list[dict]:
        return [message for message in self.told if message["type"] == kind]

    async def wait_for(self, kind: str, count: int = 1) -> dict:
        deadline = time.monotonic() + PATIENCE
        while len(self.all(kind)) < count:
            assert time.monotonic() < deadline, f"no {kind} came: {[m['type'] for m in self.told]}"
            await asyncio.sleep(0.02)
        return self.all(kind)[-1]


class RoomTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.server = self.enterContext(Server())

    async def asyncSetUp(self):
        self.learner, self.teacher = Guest(self.server), Guest(self.server)
        await self.learner.enter(type="join", name="Ana")
        self.desk = (await self.learner.wait_for("joined"))["desk"]

    async def watch(self):
        await self.teacher.enter(type="look", name="Ms Kim")
        await self.teacher.send(type="watch", desk=self.desk)
        await self.teacher.wait_for("watching")

    async def read(self, **start) -> Live:
        live = Live(self.server)
        await live.start(text=LEARNER_TEXT, desk=self.desk, **start)
        await live.send(pcm_of(LEARNER))
        await live.finish()
        return live

    async def test_a_teacher_sees_each_reading_as_the_learner_does(self):
        await self.watch()
        for count in (1, 2):
            before = len(self.teacher.told)
            live = await self.read()
            await self.teacher.wait_for("read", count)
            self.assertEqual([m for m in self.teacher.told[before:] if m["type"] == "event"], live.events)
        self.assertEqual([r["text"] for r in self.teacher.all("reading")], [LEARNER_TEXT] * 2)

    async def test_who_comes_late_sees_the_reading_from_its_start(self):
        live = Live(self.server)
        await live.start(text=LEARNER_TEXT, desk=self.desk)
        await live.send(pcm_of(LEARNER))
        await live.wait_for("sentence_finished")
        await self.watch()
        await live.finish()
        await self.teacher.wait_for("read")
        self.assertEqual(self.teacher.all("event"), live.events)

    async def test_the_learner_knows_who_watches_and_hears_what_they_say(self):
        await self.watch()
        self.assertEqual((await self.learner.wait_for("watched"))["by"], ["Ms Kim"])
        await self.teacher.send(type="say", text="Tongue between the teeth!", word=5)
        for guest in (self.learner, self.teacher):
            advice = await guest.wait_for("advice")
            self.assertEqual((advice["from"], advice["text"], advice["word"]), ("Ms Kim", "Tongue between the teeth!", 5))
            self.assertIs(advice["human"], True)
        await self.teacher.socket.close()
        await self.learner.wait_for("watched", 2)
        self.assertEqual(self.learner.all("watched")[-1]["by"], [])

    async def test_desks_come_and_go_and_show_what_is_read(self):
        await self.teacher.enter(type="look", name="Ms Kim")
        seen = (await self.teacher.wait_for("desks"))["desks"]
        self.assertEqual([(d["desk"], d["name"], d["reading"]) for d in seen], [(self.desk, "Ana", None)])
        live = Live(self.server)
        await live.start(text=LEARNER_TEXT, desk=self.desk)
        await self.teacher.wait_for("desks", 2)
        self.assertEqual(self.teacher.all("desks")[-1]["desks"][0]["reading"], LEARNER_TEXT)
        await live.finish()
        await self.teacher.wait_for("desks", 3)
        self.assertIsNone(self.teacher.all("desks")[-1]["desks"][0]["reading"])
        await self.learner.socket.close()
        await self.teacher.wait_for("desks", 4)
        self.assertEqual(self.teacher.all("desks")[-1]["desks"], [])

    async def test_a_reading_that_names_no_desk_is_seen_by_nobody(self):
        await self.watch()
        live = Live(self.server)
        await live.start(text=LEARNER_TEXT)
        await live.send(pcm_of(LEARNER))
        await live.finish()
        await self.teacher.send(type="say", text="Are you there?")
        await self.teacher.wait_for("advice")
        self.assertEqual(self.teacher.all("reading"), [])

    async def test_what_makes_no_sense_ends_the_connection_with_a_reason(self):
        for message in (
            {"type": "other"},
            {"type": "say", "text": "Hello."},
            {"type": "watch", "desk": self.desk},
            {"type": "join", "name": 1},
        ):
            guest = Guest(self.server)
            await guest.enter(**message)
            self.assertEqual((await guest.wait_for("error"))["code"], "invalid_argument")
            await asyncio.wait_for(guest.task, PATIENCE)
            self.assertEqual(guest.socket.close_code, 1008)
        await self.teacher.enter(type="look", name="Ms Kim")
        await self.teacher.send(type="watch", desk="gone")
        self.assertEqual((await self.teacher.wait_for("error"))["code"], "not_found")
        await self.teacher.send(type="watch", desk=self.desk)
        await self.teacher.wait_for("watching")

    async def test_a_server_that_ends_says_so(self):
        await self.watch()
        self.server.process.send_signal(signal.SIGTERM)
        for guest in (self.learner, self.teacher):
            await asyncio.wait_for(guest.task, PATIENCE)
            self.assertEqual(guest.socket.close_code, 1001)
        self.assertEqual((await asyncio.to_thread(self.server.wait))[0], 0)


if __name__ == "__main__":
    unittest.main()
