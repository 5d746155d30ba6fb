#!/usr/bin/env python3
"""How often and how far the scores of the live pass differ from those of the full pass that follows it at the end of a sentence.

Both hear the same recordings: the live pass in chunks with the tiny bundle, the full one whole with the standard bundle. 200 readings
of learners with the models of their folds, which are not shipped: `--record` (with $EUPHONE_FOLDS and $EUPHONE_TINY_FOLDS) writes what
they gave to training/results/live_pass.json, and a plain run measures 100 native readings anew and adds the recorded learners.
"""

import os
import random
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from common import ROOT, analyse, data_folder, fold_bundles, learners, native_dev, read_record, records, report, skip, write_record

CLOSE = 5.0  # Points of 100.
TINY = ROOT / "models" / "en-us-tiny"
Reading = tuple[Path, str, str]  # audio, text, id


def scored(document: dict | None) -> dict[int, tuple[float, bool]]:
    """Accuracy, and whether it was found omitted, by the word's place in the text."""
    if document is None or document["verdict"] != "scored":
        return {}
    words = [w for w in document["words"] if w["script_word"] is not None and w["accuracy"] is not None]
    return {w["script_word"]: (w["accuracy"], w["error"] == "omitted") for w in words}


def compared(readings: list[Reading], full: tuple[str, ...], live: tuple[str, ...]) -> dict:
    """Differences of words, live − full; how many of them only one pass found omitted; how many readings only one pass refused."""
    whole, pieces = analyse(readings, *full), analyse(readings, *live, "--hear", "live")
    told = {"moved": [], "omitted": 0, "refused": 0, "readings": len(readings)}
    for _, _, name in readings:
        first, second = scored(whole.get(name)), scored(pieces.get(name))
        told["refused"] += bool(first) != bool(second)
        both = first.keys() & second.keys()
        told["moved"] += [second[i][0] - first[i][0] for i in both]
        told["omitted"] += sum(first[i][1] != second[i][1] for i in both)
    return told


def added(parts: list[dict]) -> dict:
    return {"moved": [x for p in parts for x in p["moved"]]} | {k: sum(p[k] for p in parts) for k in ("omitted", "refused", "readings")}


rng = random.Random(5)
if "--record" in sys.argv:
    bundles = fold_bundles() or skip("--record needs $EUPHONE_FOLDS")
    tiny = os.environ.get("EUPHONE_TINY_FOLDS") or skip("--record needs $EUPHONE_TINY_FOLDS")
    corpus = data_folder("so762-train")
    groups = defaultdict(list)
    for row in rng.sample(learners(corpus), 200):
        groups[bundles[row["speaker"]]].append((corpus / "audio" / f"{row['utt']}.opus", row["text"].lower(), row["utt"]))
    parts = [compared(found, ("--model", str(b)), ("--model", str(Path(tiny).resolve() / b.name))) for b, found in groups.items()]
    values = added(parts) | {"live_bundle": records.scoring_digest(TINY)}
    write_record("live_pass", values)
else:
    corpus, recorded = data_folder("mini-librispeech"), read_record("live_pass")
    if recorded["live_bundle"] != records.scoring_digest(TINY):
        skip("live_pass.json was recorded with another tiny bundle")
    chosen = [(audio, text.lower(), audio.stem) for audio, text in rng.sample(native_dev(corpus), 100)]
    values = added([compared(chosen, (), ()), recorded])
moved = np.abs(values["moved"])
report(
    {
        "model.live.median_points": float(np.median(moved)),
        "model.live.close": 100 * float(np.mean(moved <= CLOSE)),
        "model.live.omitted_by_one": 100 * values["omitted"] / len(moved),
        "model.live.refused_by_one": 100 * values["refused"] / values["readings"],
        "mean, live - full": float(np.mean(values["moved"])),
        "90th percentile": float(np.quantile(moved, 0.9)),
        "words": len(moved),
    }
)
