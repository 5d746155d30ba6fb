"""Pronunciations: CMUdict, a second lexicon, and plain morphology for what neither has."""

from __future__ import annotations

from pathlib import Path

from euphone_train.data.phones import phone_class, phone_classes

Pronunciation = tuple[int, ...]
_VOICELESS = {phone_class(p) for p in ("P", "T", "K", "F", "TH")}
_SIBILANT = {phone_class(p) for p in ("S", "Z", "SH", "ZH", "CH", "JH")}
_S, _Z, _T, _D, _IH, _AH, _NG = (phone_class(p) for p in ("S", "Z", "T", "D", "IH", "AH", "NG"))
_MAX_VARIANTS = 6


def _plural(stem: Pronunciation) -> Pronunciation:
    if stem[-1] in _SIBILANT:
        return (*stem, _AH, _Z)
    return (*stem, _S if stem[-1] in _VOICELESS else _Z)


def _past(stem: Pronunciation) -> Pronunciation:
    if stem[-1] in (_T, _D):
        return (*stem, _AH, _D)
    return (*stem, _T if stem[-1] in _VOICELESS | _SIBILANT - {_Z} else _D)


class Lexicon:
    """Maps an upper-case word to its pronunciations as tuples of phone classes, most usual first."""

    def __init__(self, entries: dict[str, list[Pronunciation]]) -> None:
        self._entries = entries

    @classmethod
    def read(cls, cmudict: Path, *more: Path) -> Lexicon:
        """`cmudict.dict` ("word(2) P H1 …  # note") and lexicons of "WORD<tab>P H1 …"; the first file leads."""
        entries: dict[str, list[Pronunciation]] = {}
        for file in (cmudict, *more):
            for line in file.read_text(encoding="utf-8").splitlines():
                word, _, phones = line.partition("#")[0].replace("\t", " ").partition(" ")
                try:
                    pronunciation = phone_classes(phones.split())
                except KeyError:
                    continue
                variants = entries.setdefault(word.partition("(")[0].upper(), [])
                if pronunciation and pronunciation not in variants and len(variants) < _MAX_VARIANTS:
                    variants.append(pronunciation)
        return cls(entries)

    def variants(self, word: str) -> list[Pronunciation]:
        """Every known pronunciation; else one built from a known stem or two known parts; else an empty list."""
        word = word.upper()
        known = self._entries.get(word)
        if known:
            return known
        return self._inflected(word) or self._compound(word)

    def _inflected(self, word: str) -> list[Pronunciation]:
        if word.endswith(("'S", "S'")):
            return [_plural(p) for p in self._entries.get(word[:-2], [])]
        for ending, rule in (
            ("ED", _past),
            ("ING", lambda p: (*p, _IH, _NG)),
            ("ES", _plural),
            ("S", _plural),
        ):
            if not word.endswith(ending):
                continue
            stem = word[: -len(ending)]
            stems = [stem, stem + "E"] + ([stem[:-1]] if len(stem) > 2 and stem[-1] == stem[-2] else [])
            if ending == "ES" and stem.endswith("I"):
                stems.append(stem[:-1] + "Y")
            for candidate in stems:
                if len(candidate) > 2 and candidate in self._entries:
                    return [rule(p) for p in self._entries[candidate]]
        return []

    def _compound(self, word: str) -> list[Pronunciation]:
        splits = [(word[:i], word[i:]) for i in range(3, len(word) - 2) if word[:i] in self._entries and word[i:] in self._entries]
        if not splits:
            return []
        first, second = max(splits, key=lambda pair: min(map(len, pair)))
        return [self._entries[first][0] + self._entries[second][0]]

    def sentence(self, text: str) -> list[list[Pronunciation]] | None:
        """Variants of every word of `text`, or None when a word has no pronunciation."""
        words = [self.variants(w) for w in text.split()]
        return words if words and all(words) else None
