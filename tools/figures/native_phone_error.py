#!/usr/bin/env python3
"""Phone error of the shipped int8 model: greedy CTC against the dictionary's pronunciations, native held-out readers.

Reference: for each word the dictionary variant that gives the fewest errors over the sentence (words are read in one of their
listed ways); words that the dictionary lacks are guessed by the shipped grapheme model. Errors: substitutions, deletions, insertions
over reference phones.
"""

import json
import subprocess

from common import PROGRAM, ROOT, data_folder, native_dev, report

PROBE = ROOT / "build/release/euphone_probe"


def errors(heard: list[str], words: list[list[list[str]]]) -> tuple[int, int]:
    """(errors, reference phones) for the best choice of variants: edit distance over a chain of alternatives."""
    # Each cell holds (errors, reference length); the first decides.
    state = [(j, 0) for j in range(len(heard) + 1)]
    for variants in words:
        options = []
        for variant in variants:
            row = list(state)
            for phone in variant:
                new = [(row[0][0] + 1, row[0][1] + 1)]
                for j, other in enumerate(heard):
                    new.append(
                        min(
                            (row[j][0] + (phone != other), row[j][1] + 1),
                            (row[j + 1][0] + 1, row[j + 1][1] + 1),
                            (new[-1][0] + 1, new[-1][1]),
                        )
                    )
                row = new
            options.append(row)
        state = [min(cells) for cells in zip(*options, strict=False)]
    return state[-1]


corpus = data_folder("mini-librispeech")
recordings = native_dev(corpus)
listing = "".join(f"{audio}\n" for audio, _ in recordings)
decoded = subprocess.run([PROBE, "phones"], input=listing, capture_output=True, text=True, check=True).stdout.splitlines()
vocabulary = sorted({word.lower() for _, text in recordings for word in text.split()})
lookup = subprocess.run([PROGRAM, "lexicon", "--json", *vocabulary], capture_output=True, text=True, check=True).stdout.splitlines()
variants = {}
for entry in map(json.loads, lookup):
    phones = [[p.rstrip("012") for p in v["arpabet"].split()] for v in entry["pronunciations"]]
    variants[entry["word"]] = phones
wrong = total = 0
for (_, text), line in zip(recordings, decoded, strict=True):
    words = [variants[w] for w in text.lower().split() if w in variants]
    e, n = errors(line.split(), words)
    wrong, total = wrong + e, total + n
report({"main.native_phone_error": 100 * wrong / total})
