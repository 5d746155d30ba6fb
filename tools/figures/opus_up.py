#!/usr/bin/env python3
"""How much it moves scores that speech comes to `euphone serve` as Opus of 24 kbit/s instead of samples: the 40 readings of
live_latency.py, each read twice, by no clock. The encoder is libopus's for speech, 16 kHz, packets of 20 ms."""

import asyncio
import ctypes
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
from common import PROGRAM, RATE, ROOT, read_audio, report
from live_latency import chosen, percentile, with_room

os.environ.setdefault("EUPHONE_PROGRAM", str(PROGRAM))
sys.path.insert(0, str(ROOT / "tests" / "integration"))
from serving import Live, Server

VOIP, SET_BITRATE, BITRATE = 2048, 4002, 24000  # opus_defines.h
FRAME = RATE // 50


def packets_of(samples: np.ndarray) -> list[bytes]:
    opus = ctypes.CDLL("libopus.so.0")
    opus.opus_encoder_create.restype = ctypes.c_void_p
    failed = ctypes.c_int()
    encoder = ctypes.c_void_p(opus.opus_encoder_create(RATE, 1, VOIP, ctypes.byref(failed)))
    assert failed.value == 0, failed
    opus.opus_encoder_ctl(encoder, SET_BITRATE, ctypes.c_int32(BITRATE))
    room = ctypes.create_string_buffer(4000)
    packets = []
    for at in range(0, len(samples) - FRAME + 1, FRAME):
        frame = np.ascontiguousarray(samples[at : at + FRAME], dtype=np.float32)
        count = opus.opus_encode_float(encoder, frame.ctypes.data_as(ctypes.c_void_p), FRAME, room, len(room))
        assert count > 0, count
        packets.append(room.raw[:count])
    opus.opus_encoder_destroy(encoder)
    return packets


async def result(server: Server, text: str, samples: np.ndarray | None, packets: list[bytes] | None) -> dict | None:
    live = Live(server)
    await live.start(text=text, reproducible=True, format="opus" if packets else "pcm16")
    if packets:
        await live.send_packets(packets)
    else:
        await live.send((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    await live.finish()
    told = live.told("sentence_finished")
    return told[-1]["analysis"] if told else None


async def compare(server: Server, spoken: list[tuple[np.ndarray, str]]):
    sentences, words, bits, seconds = [], [], 0, 0.0
    for samples, text in spoken:
        packets = packets_of(samples)
        bits += 8 * sum(map(len, packets))
        seconds += len(samples) / RATE
        plain, coded = await result(server, text, samples, None), await result(server, text, None, packets)
        if not plain or not coded or plain["scores"]["total"] is None or coded["scores"]["total"] is None:
            continue
        sentences.append(abs(plain["scores"]["total"] - coded["scores"]["total"]))
        if len(plain["words"]) == len(coded["words"]):
            words += [
                abs(one["accuracy"] - other["accuracy"])
                for one, other in zip(plain["words"], coded["words"], strict=True)
                if one["accuracy"] is not None and other["accuracy"] is not None
            ]
    return sentences, words, bits / seconds


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        spoken = [(read_audio(with_room(audio, Path(folder) / "reading.wav")), text) for audio, text in chosen()]
    with Server() as server:
        sentences, words, rate = asyncio.run(compare(server, spoken))
    print(
        f"{len(sentences)} sentences: mean {np.mean(sentences):.2f}, p95 {percentile(sentences, 95):.2f}; {len(words)} words: "
        f"mean {np.mean(words):.2f}, p95 {percentile(words, 95):.2f} points; {rate / 1000:.1f} kbit/s",
        file=sys.stderr,
    )
    report({"app.opus_sentence_points": float(np.mean(sentences)), "app.opus_word_points": float(np.mean(words))})


if __name__ == "__main__":
    main()
