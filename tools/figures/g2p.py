#!/usr/bin/env python3
"""Guesses for held-out CMUdict words through the program's own decoder; any listed variant counts as right."""

import subprocess
from collections import defaultdict

from common import ROOT, report, skip

PROBE = ROOT / "build/release/euphone_probe"
words_file = ROOT / "training/splits/g2p_test_words.txt"
dictionary = ROOT / "build/deps/cmudict/cmudict.dict"
if not words_file.is_file() or not dictionary.is_file():
    skip("needs training/splits/g2p_test_words.txt and the fetched dictionary")
listed = defaultdict(list)
for line in dictionary.read_text(encoding="utf-8").splitlines():
    word, *phones = line.split("#")[0].split()
    listed[word.split("(")[0]].append(phones)
words = [w for w in words_file.read_text().split() if w in listed]
output = subprocess.run([PROBE, "g2p"], input="\n".join(words) + "\n", capture_output=True, text=True, check=True).stdout
guesses = [line.split() for line in output.splitlines()]


def distance(a: list[str], b: list[str]) -> int:
    row = list(range(len(b) + 1))
    for x in a:
        last, row[0] = row[0], row[0] + 1
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def figures(plain: bool) -> tuple[float, float]:
    right = wrong = total = 0
    for word, guess in zip(words, guesses, strict=True):
        strip = (lambda p: [s.rstrip("012") for s in p]) if plain else (lambda p: p)
        e, n = min((distance(strip(guess), strip(v)), len(v)) for v in listed[word])
        right, wrong, total = right + (e == 0), wrong + e, total + n
    return 100 * right / len(words), 100 * wrong / total


accuracy, error = figures(plain=True)
with_stress = figures(plain=False)
report(
    {
        "main.g2p_word_accuracy": accuracy,
        "main.g2p_phone_error": error,
        "main.g2p_word_accuracy_with_stress": with_stress[0],
        "phone_error_with_stress": with_stress[1],
        "words": len(words),
    }
)
