"""Follows a reader: samples in, events out. Here they come from a file. Arguments: a WAV file with 16 bits, what is read in it."""

import sys
import wave

import euphone
import numpy as np

with wave.open(sys.argv[1]) as take:
    samples = np.frombuffer(take.readframes(take.getnframes()), np.int16)[:: take.getnchannels()]
    rate = take.getframerate()

live = euphone.Live(euphone.Engine(), sys.argv[2], rate=rate, reproducible=True)
for start in range(0, len(samples), rate // 10):
    live.push(samples[start : start + rate // 10])
    for event in live.events():
        print(event["event"], event.get("word", ""))
live.finish()
for event in live.events():
    print(event["event"], event.get("word", ""))
