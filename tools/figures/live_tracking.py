#!/usr/bin/env python3
"""Whether the cursor of a live session stays with readers who skip, repeat and go back.

Pages of a few sentences of one reader are made from recordings that no training has seen (native readers held out of mini LibriSpeech)
and from learners (speechocean762; the shipped models have heard them): word by word from the times that the full pass finds, in an
order with words left out (1 to 6), said twice, jumps back over 2 to 8 words, and pauses of 0.5 to 2 s of quiet room, 10 ms cross-fade
at every seam. About every tenth word something happens.

A word counts as followed where the cursor, 0.3 s after the word's end, is at it, at the next one, or at what has been begun since. A
jump counts as recovered where that holds for the second word after it.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
from common import PROGRAM, RATE, analyse, data_folder, learners, native_dev, read_audio, report, write_audio

FADE = RATE // 100
GRACE = 0.3
NATIVE_PAGES, LEARNER_PAGES, SENTENCES = 12, 12, 4


def pages(rng: random.Random) -> list[list[tuple[Path, str]]]:
    """Recordings of one reader each, a few at a time."""
    by_reader = defaultdict(list)
    for audio, text in native_dev(data_folder("mini-librispeech")):
        by_reader["-".join(audio.stem.split("-")[:2])].append((audio, text.capitalize()))
    chosen = []
    for wanted, readers in ((NATIVE_PAGES, by_reader), (LEARNER_PAGES, learner_recordings())):
        groups = [r[i : i + SENTENCES] for r in readers.values() for i in range(0, len(r) - SENTENCES + 1, SENTENCES)]
        chosen += rng.sample(groups, min(wanted, len(groups)))
    return chosen


def learner_recordings() -> dict[str, list[tuple[Path, str]]]:
    corpus = data_folder("so762-train")
    by_reader = defaultdict(list)
    for line in learners(corpus):
        if all(word["accuracy"] > 2 for word in line["words"]):  # What raters call missing is no word to follow.
            by_reader[line["speaker"]].append((corpus / "audio" / f"{line['utt']}.opus", line["text"].capitalize()))
    return by_reader


def order_of(count: int, rng: random.Random) -> list[tuple[int, str]]:
    """Words as they are said, each with what happened just before it."""
    said, word = [], 0
    what = ""
    while word < count:
        said.append((word, what))
        what = ""
        word += 1
        if rng.random() > 0.1 or word >= count - 2:
            continue
        what = rng.choice(["skip", "again", "back", "pause"])
        if what == "skip":
            word = min(word + rng.randint(1, 6), count - 1)
        elif what == "again":
            word -= 1
        elif what == "back":
            word = max(0, word - rng.randint(2, 8))
    return said


def compose(
    clips: list[np.ndarray], order: list[tuple[int, str]], rng: random.Random
) -> tuple[np.ndarray, list[tuple[int, float, float, str]]]:
    """The page as read, and (word, begin, end in seconds, what happened) for each word said."""
    noise = np.random.default_rng(rng.randint(0, 1 << 30))
    ramp = np.linspace(0, 1, FADE, dtype=np.float32)
    pieces = [noise.normal(0, 3e-4, RATE // 2).astype(np.float32)]
    length = len(pieces[0])
    truth, last = [], -1
    for word, what in order:
        piece = clips[word].copy()
        if what == "pause":
            quiet = noise.normal(0, 3e-4, int(RATE * rng.uniform(0.5, 2.0))).astype(np.float32)
            pieces.append(quiet)
            length += len(quiet)
        if word != last + 1 and min(len(piece), len(pieces[-1])) > 2 * FADE:
            piece[:FADE] *= ramp
            pieces[-1][-FADE:] *= 1 - ramp
        pieces.append(piece)
        truth.append((word, length / RATE, (length + len(piece)) / RATE, what))
        length += len(piece)
        last = word
    pieces.append(noise.normal(0, 3e-4, RATE).astype(np.float32))
    return np.concatenate(pieces), truth


def follow(audio: Path, text: str) -> list[dict]:
    command = [PROGRAM, "live", "--from", audio, "--text", text, "--speed", "0", "--events"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise RuntimeError(done.stderr.strip()[-300:])
    return [json.loads(line) for line in done.stdout.splitlines()]


def judge(events: list[dict], truth: list[tuple[int, float, float, str]], count: int) -> tuple[Counter, list[bool]]:
    cursor = [(e["at_s"], count if e["word"] is None else e["word"]) for e in events if e["event"] == "word_current"]
    followed = []
    for word, _, end, _ in truth:
        at = end + GRACE
        seen = [w for t, w in cursor if t <= at][-1]
        begun = {w for w, begin, _, _ in truth if end <= begin <= at} | {word}
        followed.append(seen in begun | {w + 1 for w in begun})
    counts = Counter(words=len(truth), followed=sum(followed))
    for i, (_, _, _, what) in enumerate(truth):
        if what in ("skip", "again", "back") and i + 1 < len(truth):
            counts["jumps"] += 1
            counts["recovered"] += followed[i + 1]
            counts[what] += 1
            counts[f"{what}_recovered"] += followed[i + 1]
    return counts, followed


def measure() -> Counter:
    rng = random.Random(5)
    chosen = pages(rng)
    documents = analyse([(audio, text, str(audio)) for page in chosen for audio, text in page])
    totals = Counter()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        jobs = []
        for number, page in enumerate(chosen):
            clips, texts = [], []
            for audio, text in page:
                words = [w for w in documents.get(str(audio), {}).get("words", [])]
                if not words or any(w["error"] in ("omitted", "inserted", "repeated") for w in words):
                    continue
                pcm = read_audio(audio)
                edges = [w["start_sample"] for w in words] + [words[-1]["end_sample"]]
                clips += [pcm[a:b] for a, b in pairwise(edges)]
                texts.append(text.rstrip(".") + ".")
            if not clips:
                continue
            sound, truth = compose(clips, order_of(len(clips), rng), rng)
            path = write_audio(Path(folder) / f"{number}.wav", sound)
            native = "mini-librispeech" in str(page[0][0])
            jobs.append((native, truth, len(clips), pool.submit(follow, path, " ".join(texts))))
        for native, truth, count, job in jobs:
            counts, _ = judge(job.result(), truth, count)
            totals += counts
            totals += Counter({f"{'native' if native else 'learner'}_{k}": v for k, v in counts.items()})
    return totals


def main() -> None:
    totals = measure()
    print(dict(totals), file=sys.stderr)
    report(
        {
            "live.tracking_percent": 100 * totals["followed"] / totals["words"],
            "live.recovered_percent": 100 * totals["recovered"] / totals["jumps"],
        }
    )


if __name__ == "__main__":
    main()
