"""Word accuracy and phone error rate of guessed pronunciations against dictionary entries."""

from collections.abc import Sequence
from dataclasses import dataclass

from .data import Entry
from .decode import edit_distance
from .symbols import without_stress


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Percentages over words.

    A word is right if it equals any listed variant. Phone errors count against the variant with the fewest
    (the first such); their sum is divided by the summed phones of those variants.
    """

    words: int
    word_accuracy: float
    phone_error_rate: float


def score(entries: Sequence[Entry], guesses: Sequence[Sequence[str]], *, stress: bool) -> Figures:
    """Returns the figures of guesses (phones with stress digits) for entries, with or without the digits."""
    right = errors = phones = 0
    for entry, guess in zip(entries, guesses, strict=True):
        said = tuple(guess) if stress else without_stress(guess)
        variants = entry.variants if stress else [without_stress(variant) for variant in entry.variants]
        distance, length = min(((edit_distance(said, v), len(v)) for v in variants), key=lambda pair: pair[0])
        right += distance == 0
        errors += distance
        phones += length
    return Figures(
        words=len(entries),
        word_accuracy=100 * right / len(entries),
        phone_error_rate=100 * errors / phones,
    )
