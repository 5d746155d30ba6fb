"""Mispronunciations made by changing what is expected of real speech, so that what was said is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from euphone_train.data.phones import phone_class, phone_names

UNKNOWN = -1  # In place of a class: nobody knows what was said.
NOTHING = 0
KINDS = ("kept", "substituted", "dropped", "added")
VOWELS = frozenset(["AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"])
_OFTEN, _SELDOM = 3.0, 0.5


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A phone that is expected. `said`, `extra`: class of what was said in its place and of what was said between it and the next."""

    symbol: str
    said: int
    extra: int
    kind: str = "kept"
    origin: int | None = None  # Which phone of the word's own list this is; none for one that was made up.


@dataclass(frozen=True, kw_only=True)
class Synthesis:
    words: float
    substituted: float
    dropped: float
    background: float
    confusions: tuple[tuple[str, str, float], ...]
    often_dropped: tuple[str, ...]
    often_added: tuple[str, ...]

    @cached_property
    def expected_for(self) -> np.ndarray:
        """[said, expected]: how often `expected` is on the list where `said` is said, phones in the contract's order."""
        names = phone_names()
        vowel = np.array([n in VOWELS for n in names])
        table = np.where(vowel[:, None] == vowel[None], self.background, 0.0)
        for expected, said, weight in self.confusions:
            table[phone_class(said) - 1, phone_class(expected) - 1] += weight
        np.fill_diagonal(table, 0.0)
        return table

    def preference(self, often: tuple[str, ...]) -> np.ndarray:
        return np.array([_OFTEN if n in often else _SELDOM for n in phone_names()])


def _spelled(phone: int) -> str:
    """The engine wants a stress on vowels; which one makes no difference to it."""
    name = phone_names()[phone]
    return name + "0" if name in VOWELS else name


def _draw(weights: np.ndarray, rng: np.random.Generator) -> int:
    return int(rng.choice(len(weights), p=weights / weights.sum()))


def as_read(phones: tuple[str, ...], known: list[bool]) -> list[Listed]:
    """The word unchanged. Between two phones that are known to be right nothing was added."""
    sure = [*known, True]
    return [
        Listed(
            symbol=p,
            said=phone_class(p) if known[i] else UNKNOWN,
            extra=NOTHING if known[i] and sure[i + 1] else UNKNOWN,
            origin=i,
        )
        for i, p in enumerate(phones)
    ]


def spoiled(phones: tuple[str, ...], known: list[bool], spec: Synthesis, rng: np.random.Generator) -> list[Listed]:
    """The word with one change among the phones that are known to be right; without such phones as it is."""
    listed = as_read(phones, known)
    said = np.array([phone_class(p) - 1 for p in phones])
    may = np.array(known, dtype=float)
    if not may.any():
        return listed
    choice = rng.random()
    if choice < spec.substituted:
        at = _draw(may * spec.expected_for[said].sum(1), rng)
        wrong = _draw(spec.expected_for[said[at]], rng)
        listed[at] = Listed(symbol=_spelled(wrong), said=int(said[at]) + 1, extra=listed[at].extra, kind="substituted")
    elif choice < spec.substituted + spec.dropped:
        at = _draw(may, rng)
        near = said[[at, min(at + 1, len(said) - 1)]]
        weights = spec.preference(spec.often_dropped)
        weights[near] = 0.0  # The same sound twice cannot be told from it once.
        listed.insert(at + 1, Listed(symbol=_spelled(_draw(weights, rng)), said=NOTHING, extra=listed[at].extra, kind="dropped"))
    else:
        after = may[1:] * may[:-1] * (said[1:] != said[:-1]) * spec.preference(spec.often_added)[said[1:]]
        if after.any():
            at = _draw(after, rng)
            before = listed[at]
            listed[at] = Listed(symbol=before.symbol, said=before.said, extra=int(said[at + 1]) + 1, kind="added", origin=before.origin)
            del listed[at + 1]
    return listed


def spoiled_text(words: list[tuple[tuple[str, ...], list[bool]]], spec: Synthesis, rng: np.random.Generator) -> list[list[Listed]]:
    """`words`: phones of each, and which of them are known to be right."""
    return [spoiled(p, k, spec, rng) if rng.random() < spec.words else as_read(p, k) for p, k in words]
