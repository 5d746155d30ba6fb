"""Live sessions of `euphone serve`: the same result as `euphone analyze`, nothing lost with a connection, seats. Arguments come by
environment: EUPHONE_PROGRAM and EUPHONE_SAMPLES."""

import asyncio
import contextlib
import json
import os
import signal
import tempfile
import time
import unittest
import wave
from pathlib import Path

import websockets
from serving import PATIENCE, Live, Server
from test_serve import LEARNER, LEARNER_TEXT, QUERY, SAMPLES, analysis, pcm_of

NATIVE = SAMPLES / "librispeech-118-47824-0022.opus"
NATIVE_TEXT = "You see, I spent a good deal in Smithtown yesterday."


def without_clock(live: Live) -> list[str]:
    return [json.dumps({key: value for key, value in m["event"].items() if key != "wall_s"}) for m in live.events]


def packets_of(file) -> list[bytes]:
    """The packets of an Ogg Opus file (RFC 7845) but for its two headers."""
    data, at, packets, part = file.read_bytes(), 0, [], b""
    while at < len(data):
        assert data[at : at + 4] == b"OggS"
        lengths = data[at + 27 : at + 27 + data[at + 26]]
        at += 27 + len(lengths)
        for length in lengths:
            part += data[at : at + length]
            at += length
            if length < 255:
                packets.append(part)
                part = b""
    return packets[2:]


class LiveTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.server = self.enterContext(Server())
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    async def read(self, file=LEARNER, speed=None, **message):
        live = Live(self.server)
        await live.start(**{"text": LEARNER_TEXT, **message})
        await live.send(pcm_of(file), speed)
        await live.finish()
        return live

    async def test_a_sentence_gets_the_scores_that_analyze_gives(self):
        for file, text in ((LEARNER, LEARNER_TEXT), (NATIVE, NATIVE_TEXT)):
            live = await self.read(file, text=text)
            finished = live.told("sentence_finished")[-1]
            result = finished["analysis"]
            with wave.open(str(self.folder / "take.wav"), "wb") as take:
                take.setparams((1, 2, 16000, 0, "NONE", ""))
                take.writeframes(pcm_of(file)[2 * finished["start_sample"] : 2 * finished["end_sample"]])
            expected = analysis(self.folder / "take.wav", text)
            self.assertEqual([word["text"] for word in result["words"]], [word["text"] for word in expected["words"]])
            for got, wanted in zip(result["words"], expected["words"], strict=True):
                if wanted["accuracy"] is None:
                    continue
                self.assertAlmostEqual(got["accuracy"], wanted["accuracy"], delta=1.0, msg=got["text"])

    async def test_events_are_numbered_and_end_with_stopped_and_audio_is_acknowledged(self):
        live = await self.read()
        self.assertEqual([m["seq"] for m in live.events], list(range(1, len(live.events) + 1)))
        kinds = [m["event"]["event"] for m in live.events]
        self.assertEqual((kinds[0], kinds[-1]), ("listening", "stopped"))
        self.assertGreater(live.acknowledged, 0.9 * len(pcm_of(LEARNER)) / 2)
        self.assertEqual(live.socket.close_code, 1000)
        self.assertEqual(live.told("overrun"), [])

    async def test_opus_is_heard_as_its_file_is_and_can_be_resumed_too(self):
        packets = packets_of(LEARNER)
        whole, dropped = Live(self.server), Live(self.server)
        for live in (whole, dropped):
            await live.start(text=LEARNER_TEXT, format="opus", reproducible=True)
        await whole.send_packets(packets)
        await whole.finish()
        for end in (40, 100, len(packets)):
            await dropped.send_packets(packets[dropped.received // 320 : end])  # 20 ms each
            if end < len(packets):
                await asyncio.sleep(0.2)
                await dropped.drop()
                await dropped.resume()
        await dropped.finish()
        self.assertEqual(without_clock(dropped), without_clock(whole))
        told = whole.told("sentence_finished")[-1]["analysis"]
        file = json.loads(self.server.ask(QUERY, LEARNER.read_bytes())[2])
        self.assertLess(abs(told["scores"]["total"] - file["scores"]["total"]), 3.0)

    async def test_what_is_no_packet_ends_the_connection_with_a_reason(self):
        live = Live(self.server)
        await live.start(text=LEARNER_TEXT, format="opus")
        await live.send_packets([b"\xff\xff"])
        await asyncio.wait_for(live.task, PATIENCE)
        self.assertEqual((live.other[-1]["code"], live.socket.close_code), ("corrupt", 1008))

    async def test_a_dropped_connection_loses_nothing(self):
        whole = await self.read(reproducible=True)
        pcm = pcm_of(LEARNER)
        dropped = Live(self.server)
        await dropped.start(text=LEARNER_TEXT, reproducible=True)
        for end in (16000, 50000, 90000):
            await dropped.send(pcm[:end])
            await asyncio.sleep(0.2)
            await dropped.drop()
            await dropped.resume()
        await dropped.send(pcm)
        await dropped.finish()
        self.assertEqual(without_clock(dropped), without_clock(whole))

    async def test_who_takes_a_session_over_has_it_alone(self):
        first = Live(self.server)
        await first.start(text=LEARNER_TEXT)
        second = Live(self.server)
        second.session = first.session
        await second.resume()
        await asyncio.wait_for(first.task, PATIENCE)
        self.assertEqual(first.socket.close_code, 4001)
        await second.send(pcm_of(LEARNER))
        await second.finish()
        self.assertTrue(second.told("sentence_finished"))

    async def test_the_last_events_can_be_had_after_the_end(self):
        live = Live(self.server)
        await live.start(text=LEARNER_TEXT)
        await live.send(pcm_of(LEARNER))
        await live.socket.send(json.dumps({"type": "stop"}))
        await asyncio.sleep(0.5)
        await live.drop()
        await live.resume()
        with contextlib.suppress(websockets.ConnectionClosed):  # What was on its way when the connection went.
            await live.send(pcm_of(LEARNER))
            await live.socket.send(json.dumps({"type": "stop"}))
        await asyncio.wait_for(live.task, PATIENCE)
        self.assertEqual(live.events[-1]["event"]["event"], "stopped")
        self.assertEqual([m["seq"] for m in live.events], list(range(1, len(live.events) + 1)))

    async def test_a_page_at_another_rate_of_a_lesson_is_heard_too(self):
        live = Live(self.server)
        await live.start(lesson="everyday", item="hello", rate=8000)
        await live.send(pcm_of(LEARNER, 8000))
        await live.finish()
        self.assertEqual(live.told("listening")[0]["text"], "Good morning! How are you today?")
        self.assertGreater(live.told("stopped")[0]["at_s"], 4.0)

    async def test_mistakes_are_told_and_end_the_connection(self):
        for first in ('{"type":"start"}', "[]", "{", '{"type":"resume","session":"none","after":0}', b"\0\0", '{"type":"stop"}',
                      '{"type":"start","text":"..."}', '{"type":"start","text":"a","format":"mp3"}'):  # fmt: skip
            async with websockets.connect(f"ws://127.0.0.1:{self.server.port}/api/v1/live") as connection:
                await connection.send(first)
                said = []
                with self.assertRaises(websockets.ConnectionClosed):
                    while True:
                        said.append(json.loads(await connection.recv()))
                self.assertEqual(said[-1]["type"], "error", first)
                self.assertEqual(connection.close_code, 1008, first)
        live = Live(self.server)
        await live.start(text=LEARNER_TEXT)
        await live.socket.send(b"\0\0\0")
        await asyncio.wait_for(live.task, PATIENCE)
        self.assertEqual(live.other[0]["type"], "error")

    async def test_a_message_that_is_too_long_ends_the_connection(self):
        live = Live(self.server)
        await live.start(text=LEARNER_TEXT)
        with self.assertRaises(websockets.ConnectionClosed):
            await live.socket.send(bytes(1 << 20))
            await asyncio.wait_for(live.task, PATIENCE)
            await live.socket.send(b"")
        self.assertEqual(live.socket.close_code, 1009)


class SeatsTest(unittest.IsolatedAsyncioTestCase):
    async def test_the_ninth_is_told_that_all_seats_are_taken_until_one_is_free(self):
        with Server() as server:
            taken = [Live(server) for _ in range(8)]
            for live in taken:
                await live.start(text=LEARNER_TEXT)
            ninth = Live(server)
            await ninth.start(text=LEARNER_TEXT)
            self.assertEqual(ninth.other[0]["type"], "busy")
            await ninth.socket.wait_closed()
            self.assertEqual(ninth.socket.close_code, 1013)
            self.assertIn(b"\neuphone_live_sessions 8\n", server.ask("/metrics")[2])
            await taken[0].finish()
            again = Live(server)
            await again.start(text=LEARNER_TEXT)
            self.assertEqual(again.other, [])
            pcm = pcm_of(LEARNER)
            await asyncio.gather(*(live.send(pcm) for live in [*taken[1:], again]))
            await asyncio.gather(*(live.finish() for live in [*taken[1:], again]))
            for live in [*taken[1:], again]:
                self.assertTrue(live.told("sentence_finished"))

    async def test_a_signal_judges_what_was_said_and_ends_all_sessions(self):
        server = Server()
        lives = [Live(server) for _ in range(3)]
        for live in lives:
            await live.start(text=LEARNER_TEXT)
            await live.send(pcm_of(LEARNER)[:100000])
        while min(live.acknowledged for live in lives) < 45000:
            await asyncio.sleep(0.05)
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        for live in lives:
            await asyncio.wait_for(live.task, PATIENCE)
            self.assertEqual(live.events[-1]["event"]["event"], "stopped")
            self.assertTrue(live.told("sentence_finished"))
            self.assertEqual(live.socket.close_code, 1001)
        code = await asyncio.to_thread(server.wait)
        self.assertEqual(code, (0, ""))
        self.assertLess(time.monotonic() - began, 10 if not os.environ.get("EUPHONE_SLOW") else PATIENCE)


if __name__ == "__main__":
    unittest.main()
