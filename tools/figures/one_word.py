#!/usr/bin/env python3
"""How far the scores of the other words move when one word of the text is not the one that was said.

200 readings of learners and 100 of native readers, as they are and against a text in which one word of at least two letters is
replaced by a word of another text that is about as long. Readings that are refused with the changed text are left out and counted.
"""

import random
from collections import Counter

import numpy as np
from common import analyse, data_folder, learners, native_dev, report

PAIRS = (("so762-train", 200), ("mini-librispeech", 100))


def readings(name: str, count: int, rng: random.Random) -> list[tuple]:
    """(audio, lower-case text, id) of texts with at least three words."""
    corpus = data_folder(name)
    if name == "so762-train":
        rows = [(corpus / "audio" / f"{r['utt']}.opus", r["text"].lower(), r["utt"]) for r in learners(corpus)]
    else:
        rows = [(audio, text.lower(), audio.stem) for audio, text in native_dev(corpus)]
    return rng.sample([r for r in rows if len(r[1].split()) >= 3], count)


def substituted(text: str, words: list[str], rng: random.Random) -> tuple[str, int]:
    """The text with one word replaced, and which."""
    old = text.split()
    place = rng.choice([i for i, w in enumerate(old) if len(w) >= 2])
    like = [w for w in words if abs(len(w) - len(old[place])) <= 1 and w not in old]
    return " ".join([*old[:place], rng.choice(like), *old[place + 1 :]]), place


def scores(document: dict | None) -> dict[int, float]:
    """Accuracy by the word's place in the text."""
    if document is None or document["verdict"] != "scored":
        return {}
    return {w["script_word"]: w["accuracy"] for w in document["words"] if w["script_word"] is not None and w["accuracy"] is not None}


rng = random.Random(3)
moved, counts = [], Counter()
for corpus, count in PAIRS:
    chosen = readings(corpus, count, rng)
    words = sorted({w for _, text, _ in chosen for w in text.split() if len(w) >= 2})
    changed = {name: substituted(text, words, rng) for _, text, name in chosen}
    before = analyse(chosen)
    after = analyse([(audio, changed[name][0], name) for audio, _, name in chosen])
    for name, (_, place) in changed.items():
        first, second = scores(before.get(name)), scores(after.get(name))
        counts["refused"] += bool(first) and not second
        counts["readings"] += bool(first and second)
        moved += [abs(second[i] - first[i]) for i in first.keys() & second.keys() if i != place]
report(
    {"model.standard.one_word": float(np.median(moved)), "90th percentile": float(np.quantile(moved, 0.9)), "words": len(moved)}
    | dict(counts)
)
