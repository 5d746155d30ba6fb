#!/usr/bin/env python3
"""Whether samples are lost while other programs want the whole processor: ten minutes of native readings, played in real time into a
microphone (PulseAudio with a null sink; no hardware), heard by `euphone live` while one busy loop for each core runs. `--minutes` for
less. What is lost is what the program counts: samples that found no room, and gaps that the device told of.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
from common import PROGRAM, RATE, ROOT, report, write_audio

sys.path.insert(0, str(ROOT / "tests" / "integration"))
from live_memory import page
from sound_server import SoundServer


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10.0)
    minutes = parser.parse_args().minutes
    pcm, texts = page()
    pcm = np.tile(pcm, int(np.ceil(minutes * 60 * RATE / len(pcm))))[: int(minutes * 60 * RATE)]
    command = [PROGRAM, "live", "--text", " ".join(texts), "--device", "lesson microphone", "--events"]
    events = []
    with tempfile.TemporaryDirectory() as folder, SoundServer() as server:
        wav = write_audio(Path(folder) / "reading.wav", pcm)
        busy = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(os.cpu_count() or 1)]
        try:
            with subprocess.Popen(command, stdout=subprocess.PIPE, env=server.environment) as live:
                reader = threading.Thread(target=lambda: events.extend(json.loads(line) for line in live.stdout))
                reader.start()
                server.wait_for(server.recording)
                subprocess.run(["paplay", "--device=lesson", wav], env=server.environment, check=True)
                time.sleep(2)
                live.send_signal(signal.SIGINT)
                live.wait(60)
                reader.join()
        finally:
            for process in busy:
                process.kill()
    stopped = events[-1]
    late = [event for event in events if event["event"] == "late"]
    gaps = [event for event in events if event["event"] == "overrun"]
    finished = {event["sentence"] for event in events if event["event"] == "sentence_finished"}
    print(
        f"{stopped['at_s']:.1f} s heard of {len(pcm) / RATE:.1f} played, {len(gaps)} gaps, late {len(late)} times, "
        f"{len(finished)} of {len(texts)} sentences finished",
        file=sys.stderr,
    )
    if stopped["at_s"] < len(pcm) / RATE:
        raise RuntimeError("less was heard than was played")
    report({"live.lost_samples": round(stopped["lost_s"] * RATE), "live.gaps": len(gaps)})


if __name__ == "__main__":
    main()
