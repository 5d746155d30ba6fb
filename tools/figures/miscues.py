#!/usr/bin/env python3
"""Words left out and words put in, made from real readings by cutting and splicing at word boundaries.

Recordings: 100 of held-out native readers and 200 of learners. For each, one inner word of at least two phones is cut out (10 ms
cross-fade), and in another copy a word of another sentence by the same reader, not in this text, is spliced in between two words. False
alarms are counted on the untouched recordings; words that raters call missing (accuracy ≤ 2) are left out of that count.
"""

import random
import tempfile
from pathlib import Path

import numpy as np
from common import RATE, analyse, data_folder, learners, native_dev, read_audio, report, write_audio

FADE = RATE // 100
rng = random.Random(1)


def join(*parts: np.ndarray) -> np.ndarray:
    """Cross-fades 10 ms at every seam."""
    whole = parts[0]
    ramp = np.linspace(0, 1, FADE, dtype=np.float32)
    for part in parts[1:]:
        if min(len(whole), len(part)) < FADE:
            whole = np.concatenate([whole, part])
            continue
        seam = whole[-FADE:] * (1 - ramp) + part[:FADE] * ramp
        whole = np.concatenate([whole[:-FADE], seam, part[FADE:]])
    return whole


def readable(documents: dict) -> dict:
    return {n: d for n, d in documents.items() if d["verdict"] == "scored" and all(w["error"] != "omitted" for w in d["words"])}


native = data_folder("mini-librispeech")
learner = data_folder("so762-train")
tasks, missing = [], {}
for audio, text in rng.sample(native_dev(native), 100):
    tasks.append((audio, text.lower(), audio.stem))
for row in rng.sample(learners(learner), 200):
    tasks.append((learner / "audio" / f"{row['utt']}.opus", row["text"].lower(), row["utt"]))
    missing[row["utt"]] = {i for i, w in enumerate(row["words"]) if w["accuracy"] <= 2}

untouched = analyse(tasks)
alarms = words = 0
for name, document in untouched.items():
    if document["verdict"] != "scored":
        continue
    for word in document["words"]:
        excused = word["script_word"] in missing.get(name, set()) if word["error"] == "omitted" else False
        alarms += word["error"] in ("omitted", "inserted", "repeated") and not excused
        words += word["error"] not in ("inserted", "repeated")

by_name = {name: (audio, text) for audio, text, name in tasks}
good = readable(untouched)
speaker = {name: name.split("-")[0] if "-" in name else name[:5] for name in good}
with tempfile.TemporaryDirectory() as scratch:
    folder = Path(scratch)
    cut, spliced, expected_cut = [], [], {}
    for name, document in good.items():
        audio, text = by_name[name]
        pcm = read_audio(audio)
        read = [w for w in document["words"] if w["error"] not in ("inserted", "repeated")]
        inner = [w for w in read[1:-1] if len(w["phones"]) >= 2]
        if inner:
            gone = rng.choice(inner)
            expected_cut[name] = gone["script_word"]
            pcm_cut = join(pcm[: gone["start_sample"]], pcm[gone["end_sample"] :])
            cut.append((write_audio(folder / f"cut-{name}.wav", pcm_cut), text, name))
        donors = [n for n in good if speaker[n] == speaker[name] and n != name] or [n for n in good if n != name]
        donor = rng.choice(donors)
        fresh = [w for w in good[donor]["words"] if len(w["phones"]) >= 3 and w["text"] not in text.split()]
        if fresh and len(read) >= 3:
            word, place = rng.choice(fresh), rng.choice(read[:-1])
            piece = read_audio(by_name[donor][0])[word["start_sample"] : word["end_sample"]]
            pcm_in = join(pcm[: place["end_sample"]], piece, pcm[place["end_sample"] :])
            spliced.append((write_audio(folder / f"in-{name}.wav", pcm_in), text, name))
    after_cut, after_splice = analyse(cut), analyse(spliced)


def found(documents: dict, name: str, test) -> bool:
    return name in documents and any(test(w) for w in documents[name]["words"])


omitted = [found(after_cut, n, lambda w, i=i: w["script_word"] == i and w["error"] == "omitted") for n, i in expected_cut.items()]
inserted = [found(after_splice, n, lambda w: w["error"] in ("inserted", "repeated")) for _, _, n in spliced]
report({"main.omitted_found": 100 * float(np.mean(omitted)), "main.inserted_found": 100 * float(np.mean(inserted)),
        "main.miscue_false_alarms": 100 * alarms / words, "cut": len(omitted), "spliced": len(inserted), "words": words})
