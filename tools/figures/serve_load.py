#!/usr/bin/env python3
"""How soon words are judged while eight readers speak at a time through `euphone serve`, in real time, on all cores of this machine; the
clients run on it, too.

Each reads five of the 40 readings of live_latency.py as one page, in pieces of 40 ms. A word's time runs from its true end, as the full
pass finds it, to the moment at which the first event that scores it there, and is not withdrawn, has reached the client. The readers begin
0.5 s after each other. Late means that a session was more than 0.5 s behind; lost are gaps that sessions told of.
"""

import asyncio
import os
import sys
import time

import numpy as np
from common import PROGRAM, RATE, ROOT, read_audio, report
from live_latency import chosen, delays, percentile

os.environ.setdefault("EUPHONE_PROGRAM", str(PROGRAM))
sys.path.insert(0, str(ROOT / "tests" / "integration"))
from serving import Live, Server  # noqa: E402

READERS, APART, PIECE = 8, 0.5, RATE // 25
ROOM = 1.0  # Seconds of quiet noise behind each page.


def pages() -> list[tuple[bytes, str]]:
    readings = [(read_audio(audio), text) for audio, text in chosen()]
    noise = np.random.default_rng(1).normal(0, 2e-4, int(ROOM * RATE)).astype(np.float32)
    found = []
    for reader in range(READERS):
        mine = readings[reader::READERS]
        pcm = np.concatenate([*(samples for samples, _ in mine), noise])
        found.append(((np.clip(pcm, -1, 1) * 32767).astype("<i2").tobytes(), " ".join(f"{text}." for _, text in mine)))
    return found


async def read(server: Server, number: int, pcm: bytes, text: str) -> list[dict]:
    """Its events, with the client's clock."""
    await asyncio.sleep(number * APART)
    live = Live(server)
    await live.start(text=text)
    began = time.monotonic()
    await live.send(pcm, speed=1.0, piece=PIECE)
    await live.finish()
    return [message["event"] | {"wall_s": at - began} for message, at in zip(live.events, live.arrived, strict=True)]


async def listen(server: Server) -> list[list[dict]]:
    return await asyncio.gather(*(read(server, number, *page) for number, page in enumerate(pages())))


def main() -> None:
    words, late, gaps, sentences = [], 0, 0, 0
    with Server() as server:
        for events in asyncio.run(listen(server)):
            words += delays(events)[0]
            late += sum(event["event"] == "late" for event in events)
            gaps += sum(event["event"] == "overrun" for event in events)
            sentences += len({event["sentence"] for event in events if event["event"] == "sentence_finished"})
    print(
        f"{len(words)} words, {sentences} sentences; words p50 {percentile(words, 50):.3f} p95 {percentile(words, 95):.3f} "
        f"p99 {percentile(words, 99):.3f}; late {late} times, {gaps} gaps; {os.cpu_count()} cores",
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
