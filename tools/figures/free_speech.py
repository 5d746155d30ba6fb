#!/usr/bin/env python3
"""Free speech: word errors of the recogniser on native held-out readers and on 300 sentences of learners, and what the whole costs.

Both texts are compared in lower case, without punctuation, numbers as they were written; errors are substituted, missing and added words
over the words that were to be read. Cost is the processor time of a process that analyses the native recordings, opening the models
included, as a share of their length.
"""

import random
import re
import resource

from common import PROGRAM, analyse, data_folder, learners, native_dev, report, skip

if not (PROGRAM.parent / "share/euphone/models/en-us-recogniser").is_dir():
    skip("needs the recogniser: ./dev recogniser")


def words(text: str) -> list[str]:
    return re.sub(r"[^a-z0-9' ]", "", text.lower().replace("-", " ")).split()


def edits(heard: list[str], said: list[str]) -> int:
    row = list(range(len(said) + 1))
    for i, word in enumerate(heard, 1):
        above, row = row, [i]
        for j, other in enumerate(said, 1):
            row.append(min(above[j - 1] + (word != other), above[j] + 1, row[j - 1] + 1))
    return row[-1]


def word_errors(recordings: list, documents: dict[str, dict]) -> float:
    """In percent; recordings that were refused count as if nothing had been heard."""
    wrong = total = 0
    for audio, text in recordings:
        document = documents.get(audio.stem)
        heard = words(document["text"]["original"]) if document else []
        wrong, total = wrong + edits(heard, words(text)), total + len(words(text))
    return 100 * wrong / total


def recognise(recordings: list) -> dict[str, dict]:
    return analyse([(audio, "", audio.stem) for audio, _ in recordings], options=("--free",))


native = native_dev(data_folder("mini-librispeech"))
corpus = data_folder("so762-train")
accented = [(corpus / "audio" / f"{r['utt']}.opus", r["text"]) for r in random.Random(3).sample(learners(corpus), 300)]
documents = recognise(native)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = sum(document["audio"]["duration_s"] for document in documents.values())
report(
    {
        "model.free.word_errors": word_errors(native, documents),
        "model.free.learner_word_errors": word_errors(accented, recognise(accented)),
        "model.free.rtf": (used.ru_utime + used.ru_stime) / seconds,
        "native recordings": len(native),
    }
)
