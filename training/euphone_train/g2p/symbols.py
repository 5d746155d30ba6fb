"""Letters and output classes of the model; their order is part of the bundle's contract."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

STRESSES = ("0", "1", "2")
BLANK = 0
PADDING = 0
ALPHABET = ("<pad>", "'", ".", *"abcdefghijklmnopqrstuvwxyz")
LETTER_IDS = {letter: index for index, letter in enumerate(ALPHABET)}
WORD_PATTERN = re.compile(r"[a-z'.]*[a-z][a-z'.]*")


def output_classes(phones_json: Path) -> list[str]:
    """Returns the class names: the blank, then the phones in contract order, each vowel as V0 V1 V2."""
    classes = ["<blank>"]
    for phone in json.loads(phones_json.read_text(encoding="utf-8"))["phones"]:
        name = phone["arpabet"]
        classes += [name + stress for stress in STRESSES] if phone["kind"] == "vowel" else [name]
    return classes


def encode_word(word: str) -> list[int]:
    """Returns the letter ids of a lower-case word; raises ValueError naming the first foreign character."""
    for letter in word:
        if letter not in LETTER_IDS or letter == ALPHABET[PADDING]:
            raise ValueError(f"word {word!r}: {letter!r} is not in the alphabet; use a-z, apostrophe, period")
    if not word:
        raise ValueError("the word is empty; pass at least one letter")
    return [LETTER_IDS[letter] for letter in word]


def without_stress(phones: Sequence[str]) -> tuple[str, ...]:
    """Returns the phones with their stress digits removed."""
    return tuple(phone.rstrip("012") for phone in phones)
