#!/usr/bin/env python3
"""How soon a word and a sentence are judged while somebody speaks, and what listening costs: files played in real time.

Up to 40 readings of 4 to 6 s, 20 of native readers that no training has seen and 20 of learners, each followed by a second of noise as
loud as its quietest moment: a microphone stays open when the reader has finished. A word's time runs from its true end, as the full pass
finds it, to the first event that scores it there and is not withdrawn; a sentence's from the end of its last word to the first whole
result that has it. Words are timed on one core; sentences on all that there are, as the program uses them, and for comparison (it is
printed) on one. Processor use, on one core, is that of the whole program, full passes included, from the moment at which it listens to
its end: while a third of that is read as one page, and in a quiet room (noise at -66 dBFS) for a minute.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from common import PROGRAM, RATE, ROOT, data_folder, learners, native_dev, read_audio, report, write_audio

READINGS, SHORTEST, LONGEST = 20, 4.0, 6.0
ROOM = 1.0  # Seconds.
BLOCK = RATE // 20
TICK = os.sysconf("SC_CLK_TCK")


def chosen() -> list[tuple[Path, str]]:
    rng = random.Random(7)
    corpus = data_folder("so762-train")
    rows = [(corpus / "audio" / f"{line['utt']}.opus", line["text"].capitalize()) for line in learners(corpus)]
    found = []
    for candidates in (native_dev(data_folder("mini-librispeech")), rows):
        fitting, wanted = rng.sample(candidates, len(candidates)), READINGS
        for audio, text in fitting:
            if wanted and SHORTEST <= len(read_audio(audio)) / RATE <= LONGEST:
                found.append((audio, text.capitalize()))
                wanted -= 1
    return found


def with_room(audio: Path, target: Path) -> Path:
    pcm = read_audio(audio)
    blocks = pcm[: len(pcm) // BLOCK * BLOCK].reshape(-1, BLOCK)
    quietest = float(np.sqrt((blocks**2).mean(1)).min())
    room = np.random.default_rng(1).normal(0, quietest, int(ROOM * RATE))
    return write_audio(target, np.concatenate([pcm, room]).astype(np.float32))


def listen(audio: Path, text: str, *options: str, cores: int | None = 1) -> tuple[list[dict], float]:
    """Events, and seconds of the processor since it listens."""
    command = [PROGRAM, *options, "live", "--from", audio, "--text", text, "--events"]
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: os.sched_setaffinity(0, allowed)) as running:
        events = [json.loads(running.stdout.readline())]
        stat = Path(f"/proc/{running.pid}/stat").read_text().rsplit(")", 1)[1].split()
        before = (int(stat[11]) + int(stat[12])) / TICK
        events += [json.loads(line) for line in running.stdout]
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode not in (0, 3):
        raise RuntimeError(f"{audio}: exit code {running.returncode}")
    return events, usage.ru_utime + usage.ru_stime - before


def delays(events: list[dict]) -> tuple[list[float], float | None]:
    """Of the words, and of the sentence, in seconds by the clock."""
    scored = [event for event in events if event["event"] == "word_scored"]
    final = {e["word"]: e for e in scored if e["state"] == "final" and not e["provisional"] and e["error"] != "omitted"}
    words = []
    for word, end in final.items():
        # Another visit of the same word is told with the same number, at another place.
        here = [e for e in scored if e["word"] == word and e["start_s"] < end["end_s"] and e["end_s"] > end["start_s"]]
        withdrawn = max((i for i, e in enumerate(here) if e["state"] == "withdrawn"), default=-1)
        words.append(here[withdrawn + 1]["wall_s"] - end["end_s"])
    last = max(final.values(), key=lambda event: event["end_s"], default=None)
    if last is None:
        return words, None
    half = (last["start_s"] + last["end_s"]) / 2
    whole = [event for event in events if event["event"] == "sentence_finished" and event["end_s"] > half]
    return words, whole[0]["wall_s"] - last["end_s"] if whole else None


def share(listened: tuple[list[dict], float]) -> float:
    """Per cent of a processor."""
    events, spent = listened
    return 100 * spent / events[-1]["at_s"]


def percentile(values: list[float], share: int) -> float:
    return float(np.percentile(values, share))


def main() -> None:
    words, on_one, sentences, passes = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        readings = [(with_room(audio, Path(folder) / f"{i}.wav"), text) for i, (audio, text) in enumerate(chosen())]
        for audio, text in readings:
            told, sentence = delays(listen(audio, text)[0])
            words += told
            on_one += [sentence] if sentence is not None else []
            events, _ = listen(audio, text, cores=None)
            _, sentence = delays(events)
            sentences += [sentence] if sentence is not None else []
            passes += [event["pass_ms"] for event in events if event["event"] == "sentence_finished"]
        page = write_audio(Path(folder) / "page.wav", np.concatenate([read_audio(audio) for audio, _ in readings[::3]]))
        text = " ".join(f"{text}." for _, text in readings[::3])
        standard = listen(page, text)
        tiny = listen(page, text, "--model", str(ROOT / "models" / "en-us-tiny"))
        quiet = np.random.default_rng(1).normal(0, 5e-4, 60 * RATE).astype(np.float32)
        silence = listen(write_audio(Path(folder) / "quiet.wav", quiet), readings[0][1])
    print(
        f"{len(words)} words, {len(sentences)} sentences of {len(readings)}; "
        f"words p5 {percentile(words, 5):.3f} p99 {percentile(words, 99):.3f}; "
        f"sentences p50 {percentile(sentences, 50):.3f} max {max(sentences):.3f}; "
        f"on one core p50 {percentile(on_one, 50):.3f} p95 {percentile(on_one, 95):.3f}; full pass p50 {percentile(passes, 50):.0f} ms",
        file=sys.stderr,
    )
    report(
        {
            "live.word_ms": 1000 * percentile(words, 50),
            "live.word_p95_ms": 1000 * percentile(words, 95),
            "live.sentence_ms": 1000 * percentile(sentences, 50),
            "live.sentence_p95_ms": 1000 * percentile(sentences, 95),
            "live.cpu_speaking": share(standard),
            "live.cpu_tiny": share(tiny),
            "live.cpu_silence": share(silence),
        }
    )


if __name__ == "__main__":
    main()
