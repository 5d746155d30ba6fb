#!/usr/bin/env python3
"""Words left out and words put in, made from real readings by cutting and splicing at word boundaries.

For each reading, one inner word of at least two phones is cut out (10 ms cross-fade), and in another copy a word of another sentence
by the same reader, not in this text, is spliced in between two words. Found means: the cut word is called omitted; something that
overlaps the spliced word is called inserted or repeated. Readings that are not scored after the change count as not found. False
alarms are counted on the untouched readings; words that raters call missing (accuracy ≤ 2) are left out of that count.

Two more copies of readings of four words and more: the first half of the words alone, which is to be called `part`, and all of it twice
with 0.3 s between, to be called `twice`; untouched, it is `whole`.

The bars are about readers that the acoustic model never heard: 100 readings of native ones held out of everything, and 200 of
learners with the models of their folds. Those are not shipped: `--record` (with $EUPHONE_FOLDS) writes what they gave to
training/results/miscues.json, and a plain run measures the native readers anew and adds the recorded learners.
"""

import random
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from common import (
    RATE,
    analyse,
    data_folder,
    fold_bundles,
    learners,
    native_dev,
    read_audio,
    read_record,
    report,
    skip,
    write_audio,
    write_record,
)

FADE = RATE // 100
GAP = np.zeros(RATE * 3 // 10, dtype=np.float32)
Reading = tuple[Path, str, str, set[int], str]  # audio, text, speaker, words that raters call missing, bundle or ""


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


def heard(readings: dict[str, Reading], audio: dict[str, Path]) -> dict[str, dict]:
    """Documents of the given recordings, each with its reader's bundle."""
    groups = defaultdict(list)
    for name, path in audio.items():
        groups[readings[name][4]].append((path, readings[name][1], name))
    documents = {}
    for bundle, tasks in groups.items():
        documents |= analyse(tasks, *(["--model", bundle] if bundle else []))
    return documents


def words_of(document: dict | None) -> list[dict]:
    return document["words"] if document and document["verdict"] == "scored" else []


def false_alarms(readings: dict[str, Reading], documents: dict[str, dict]) -> Counter:
    counts = Counter(refused=sum(not words_of(documents.get(n)) for n in readings))
    for name, (_, _, _, missing, _) in readings.items():
        for word in words_of(documents.get(name)):
            excused = word["error"] == "omitted" and word["script_word"] in missing
            counts["alarms"] += word["error"] in ("omitted", "inserted", "repeated") and not excused
            counts["words"] += word["error"] not in ("inserted", "repeated")
    return counts


def content(documents: dict[str, dict], kind: str) -> int:
    return sum((d["content"] or {}).get("kind") == kind for d in documents.values())


def measure_whole(readings: dict[str, Reading], untouched: dict[str, dict], folder: Path) -> dict[str, int]:
    """How readings cut in half, said twice and left alone are told."""
    long = {n: d for n, d in untouched.items() if len(words_of(d)) >= 4}
    half, twice = {}, {}
    for name, document in long.items():
        pcm, read = read_audio(readings[name][0]), [w for w in words_of(document) if w["error"] not in ("omitted", "inserted", "repeated")]
        end = read[(len(read) - 1) // 2]["end_sample"]
        half[name] = write_audio(folder / f"half-{name}.wav", pcm[:end])
        twice[name] = write_audio(folder / f"twice-{name}.wav", join(pcm, GAP, pcm))
    return {
        "halves": len(half),
        "halves_found": content(heard(readings, half), "part"),
        "twice": len(twice),
        "twice_found": content(heard(readings, twice), "twice"),
        "wholes": len(long),
        "wholes_found": content(long, "whole"),
    }


def measure(readings: dict[str, Reading], rng: random.Random, folder: Path) -> dict[str, int]:
    untouched = heard(readings, {n: r[0] for n, r in readings.items()})
    counts = false_alarms(readings, untouched)
    good = {n: words_of(d) for n, d in untouched.items() if words_of(d)}
    good = {n: w for n, w in good.items() if all(x["error"] not in ("omitted", "inserted", "repeated") for x in w)}
    cut, gone, spliced, places = {}, {}, {}, {}
    for name, read in good.items():
        pcm, text = read_audio(readings[name][0]), readings[name][1]
        inner = [w for w in read[1:-1] if len(w["phones"]) >= 2]
        if inner:
            word = rng.choice(inner)
            gone[name] = word["script_word"]
            cut[name] = write_audio(folder / f"cut-{name}.wav", join(pcm[: word["start_sample"]], pcm[word["end_sample"] :]))
        donors = [n for n in good if readings[n][2] == readings[name][2] and n != name] or [n for n in good if n != name]
        donor = rng.choice(donors)
        fresh = [w for w in good[donor] if len(w["phones"]) >= 3 and w["text"] not in text.split()]
        if fresh and len(read) >= 3:
            word, place = rng.choice(fresh), rng.choice(read[:-1])["end_sample"]
            piece = read_audio(readings[donor][0])[word["start_sample"] : word["end_sample"]]
            places[name] = (place, place + len(piece))
            spliced[name] = write_audio(folder / f"in-{name}.wav", join(pcm[:place], piece, pcm[place:]))
    after_cut, after_splice = heard(readings, cut), heard(readings, spliced)
    for name, index in gone.items():
        counts["cut"] += 1
        counts["cut_found"] += any(w["error"] == "omitted" and w["script_word"] == index for w in words_of(after_cut.get(name)))
    for name, (begin, end) in places.items():
        counts["spliced"] += 1
        counts["spliced_found"] += any(
            w["error"] in ("inserted", "repeated") and w["start_sample"] < end and w["end_sample"] > begin
            for w in words_of(after_splice.get(name))
        )
    return dict(counts) | measure_whole(readings, untouched, folder)


rng = random.Random(1)
with tempfile.TemporaryDirectory() as scratch:
    if "--record" in sys.argv:
        bundles = fold_bundles() or skip("--record needs $EUPHONE_FOLDS")
        corpus = data_folder("so762-train")
        chosen = {}
        for row in rng.sample(learners(corpus), 200):
            missing = {i for i, w in enumerate(row["words"]) if w["accuracy"] <= 2}
            audio = corpus / "audio" / f"{row['utt']}.opus"
            chosen[row["utt"]] = (audio, row["text"].lower(), row["speaker"], missing, str(bundles[row["speaker"]]))
        counts = measure(chosen, rng, Path(scratch))
        write_record("miscues", counts)
    else:
        corpus = data_folder("mini-librispeech")
        chosen = {a.stem: (a, t.lower(), a.stem.split("-")[0], set(), "") for a, t in rng.sample(native_dev(corpus), 100)}
        counts = Counter(measure(chosen, rng, Path(scratch))) + Counter(read_record("miscues"))
report(
    {
        "main.omitted_found": 100 * counts["cut_found"] / counts["cut"],
        "main.inserted_found": 100 * counts["spliced_found"] / counts["spliced"],
        "main.miscue_false_alarms": 100 * counts["alarms"] / counts["words"],
        "model.standard.half_said": 100 * counts["halves_found"] / counts["halves"],
        "model.standard.said_twice": 100 * counts["twice_found"] / counts["twice"],
        "model.standard.said_whole": 100 * counts["wholes_found"] / counts["wholes"],
    }
    | dict(counts)
)
