"""CMUdict as words with variants, and its fixed split into train, dev and test."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .symbols import WORD_PATTERN

_ENDINGS = ("", "'s", "'", "s", "s'", "es", "ed", "d", "ing", "er", "ers", "ly")
_VARIANT_MARK = re.compile(r"\(\d+\)$")
_TEST_BUCKETS = range(0, 5)
_DEV_BUCKETS = range(5, 7)
_BUCKETS = 100


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One headword with all its listed pronunciations, each a tuple of ARPAbet phones with stress digits."""

    word: str
    variants: tuple[tuple[str, ...], ...]


def split_of(word: str) -> str:
    """Returns "test", "dev" or "train": the first 4 bytes of SHA-256 of the word, big-endian, modulo 100.

    0-4 is test, 5-6 is dev, the rest is train. It depends on the headword only, so all its variants fall
    together.
    """
    bucket = int.from_bytes(hashlib.sha256(word.encode("ascii")).digest()[:4], "big") % _BUCKETS
    if bucket in _TEST_BUCKETS:
        return "test"
    return "dev" if bucket in _DEV_BUCKETS else "train"


def parse_cmudict(text: str) -> list[Entry]:
    """Returns the entries in file order, without duplicate variants.

    Left out: headwords with anything but a-z, apostrophe and period (digits and hyphens; an engine splits at
    hyphens before it asks for a pronunciation), and headwords without a letter.
    """
    variants: dict[str, list[tuple[str, ...]]] = {}
    for line in text.splitlines():
        head, *phones = line.split("#", 1)[0].split() or [""]
        word = _VARIANT_MARK.sub("", head)
        if not phones or not WORD_PATTERN.fullmatch(word):
            continue
        listed = variants.setdefault(word, [])
        if tuple(phones) not in listed:
            listed.append(tuple(phones))
    return [Entry(word=word, variants=tuple(listed)) for word, listed in variants.items()]


def load_split(dictionary: Path, split: str) -> list[Entry]:
    """Returns the entries of one split of the dictionary file."""
    entries = parse_cmudict(dictionary.read_text(encoding="utf-8"))
    chosen = [entry for entry in entries if split_of(entry.word) == split]
    if not chosen:
        raise ValueError(f"{dictionary}: no entry falls into split {split!r}; is this a CMUdict file?")
    return chosen


def without_relatives(entries: Sequence[Entry], training: Sequence[Entry]) -> list[Entry]:
    """Returns the entries that share no stem with a training headword: the harder part of a held-out set.

    Two words are relatives if they are equal after each loses one common ending: plural, possessive, -ed,
    -ing, -er, -ers, -ly or none.
    """
    known = {stem for entry in training for stem in _stems(entry.word)}
    return [entry for entry in entries if known.isdisjoint(_stems(entry.word))]


def _stems(word: str) -> set[str]:
    return {word.removesuffix(ending) for ending in _ENDINGS if len(word) - len(ending) >= 2}
