#!/usr/bin/env python3
"""How the scores told while somebody speaks compare with those of the finished sentence, and these with `euphone analyze`.

60 readings of native readers that no training has seen and 60 of learners (whom the shipped models have heard), each through
`euphone live --save`. The last score told of a word before its sentence was finished against the final one; and every word of every
result that was kept against `euphone analyze` of the take's own WAV file.
"""

import json
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from common import PROGRAM, analyse, data_folder, learners, native_dev, report

READINGS, CLOSE = 60, 5.0


def chosen() -> list[tuple[str, Path, str]]:
    rng = random.Random(17)
    corpus = data_folder("so762-train")
    natives = [("native", audio, text.capitalize()) for audio, text in rng.sample(native_dev(data_folder("mini-librispeech")), READINGS)]
    rows = rng.sample(learners(corpus), READINGS)
    return natives + [("learner", corpus / "audio" / f"{row['utt']}.opus", row["text"].capitalize()) for row in rows]


def read(audio: Path, text: str, folder: Path) -> list[dict]:
    command = [PROGRAM, "live", "--from", audio, "--text", text, "--speed", "0", "--events", "--save", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{audio}: {done.stderr.strip()[-300:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def compared(events: list[dict]) -> list[tuple[float, bool]]:
    """Final minus live score, and whether the live one was provisional."""
    live, final = {}, {}
    for event in events:
        if event["event"] != "word_scored":
            continue
        if event["state"] == "withdrawn":
            live.pop(event["word"], None)
        elif event["state"] != "final":
            live[event["word"]] = event
        elif not event["provisional"]:
            final[event["word"]] = event["accuracy"]
    words = [word for word in final if word in live and final[word] is not None]
    return [(final[word] - live[word]["accuracy"], live[word]["provisional"]) for word in words]


def scores(document: dict) -> list[tuple]:
    return [(word["script_word"], word["error"], word["accuracy"]) for word in document["words"]]


def main() -> None:
    readings = chosen()
    with tempfile.TemporaryDirectory() as base, ThreadPoolExecutor(2) as pool:
        folders = [Path(base) / str(number) for number in range(len(readings))]
        jobs = [pool.submit(read, audio, text, folder) for (_, audio, text), folder in zip(readings, folders, strict=True)]
        told = [(kind, compared(job.result())) for (kind, _, _), job in zip(readings, jobs, strict=True)]
        takes = [(wav, text) for (_, _, text), folder in zip(readings, folders, strict=True) for wav in sorted(folder.glob("**/*.wav"))]
        again = analyse([(wav, text, str(wav)) for wav, text in takes])
        worst, words, other = 0.0, 0, 0
        for wav, _ in takes:
            kept = scores(json.loads(wav.with_suffix(".json").read_text()))
            anew = scores(again.get(str(wav), {"words": []}))
            if [word[:2] for word in kept] != [word[:2] for word in anew]:
                other += 1
                continue
            apart = [abs(a - b) for (_, _, a), (_, _, b) in zip(kept, anew, strict=True) if a is not None and b is not None]
            worst, words = max([worst, *apart]), words + len(apart)
    for kind in ("native", "learner"):
        pairs = [pair for k, found in told if k == kind for pair in found]
        sure = [abs(moved) <= CLOSE for moved, provisional in pairs if not provisional]
        near = sum(abs(moved) <= CLOSE for moved, _ in pairs)
        print(
            f"{kind}: {len(pairs)} words, {100 * near / len(pairs):.1f} % within {CLOSE:.0f}; "
            f"not provisional {len(sure)}, {100 * sum(sure) / len(sure):.1f} %",
            file=sys.stderr,
        )
    print(f"{len(takes)} takes, {words} words compared, {other} takes with other words", file=sys.stderr)
    pairs = [pair for _, found in told for pair in found]
    sure = [abs(moved) <= CLOSE for moved, provisional in pairs if not provisional]
    report(
        {
            "live.close_percent": 100 * sum(sure) / len(sure),
            "live.provisional_percent": 100 * (1 - len(sure) / len(pairs)),
            "live.final_points": worst if other == 0 else None,
        }
    )


if __name__ == "__main__":
    main()
