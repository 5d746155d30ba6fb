#!/usr/bin/env python3
"""How soon words are judged while eight readers speak at a time through `euphone serve`, in real time, on all cores of this machine; the
clients run on it, too.

Each reads five of the 40 readings of live_latency.py, one after the other as in a lesson, each with a second of its room behind it and in a
session of its own, in pieces of 40 ms. A word's time runs from its true end, as the full
pass finds it, to the moment at which the first event that scores it there, and is not withdrawn, has reached the client. The readers begin
0.5 s after each other. Late means that a session was more than 0.5 s behind; lost are gaps that sessions told of.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from common import PROGRAM, RATE, ROOT, read_audio, report
from live_latency import chosen, delays, percentile, with_room

os.environ.setdefault("EUPHONE_PROGRAM", str(PROGRAM))
sys.path.insert(0, str(ROOT / "tests" / "integration"))
from serving import Live, Server

READERS, APART, PIECE = 8, 0.5, RATE // 25


async def read(server: Server, number: int, readings: list[tuple[bytes, str]]) -> list[list[dict]]:
    """The events of each reading, with the client's clock."""
    await asyncio.sleep(number * APART)
    told = []
    for pcm, text in readings:
        live = Live(server)
        await live.start(text=text)
        began = time.monotonic()
        await live.send(pcm, speed=1.0, piece=PIECE)
        await live.finish()
        told.append([message["event"] | {"wall_s": at - began} for message, at in zip(live.events, live.arrived, strict=True)])
    return told


async def listen(server: Server, readings: list[tuple[bytes, str]]) -> list[list[dict]]:
    readers = await asyncio.gather(*(read(server, number, readings[number::READERS]) for number in range(READERS)))
    return [events for reader in readers for events in reader]


def main() -> None:
    words, sentences, late, gaps = [], [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        spoken = [(read_audio(with_room(audio, Path(folder) / "reading.wav")), text) for audio, text in chosen()]
    readings = [((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes(), text) for samples, text in spoken]
    with Server() as server:
        for events in asyncio.run(listen(server, readings)):
            told, sentence = delays(events)
            words += told
            sentences += [sentence] if sentence is not None else []
            late += sum(event["event"] == "late" for event in events)
            gaps += sum(event["event"] == "overrun" for event in events)
    print(
        f"{len(words)} words, {len(sentences)} sentences; words p50 {percentile(words, 50):.3f} p95 {percentile(words, 95):.3f} "
        f"p99 {percentile(words, 99):.3f}; sentences p50 {percentile(sentences, 50):.3f} p95 {percentile(sentences, 95):.3f}; "
        f"late {late} times, {gaps} gaps; {os.cpu_count()} cores",
        file=sys.stderr,
    )
    report(
        {
            "app.live8_word_ms": 1000 * percentile(words, 50),
            "app.live8_word_p95_ms": 1000 * percentile(words, 95),
            "app.live8_gaps": gaps,
        }
    )


if __name__ == "__main__":
    main()
