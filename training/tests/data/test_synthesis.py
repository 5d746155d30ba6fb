"""Made-up mispronunciations: what was said stays known."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import numpy as np
import pytest

from euphone_train.data.phones import phone_class, phone_names
from euphone_train.diagnose.synthesis import NOTHING, UNKNOWN, VOWELS, Listed, Synthesis, as_read, spoiled, spoiled_text

CONFIG = Path(__file__).resolve().parents[2] / "configs" / "diagnose.toml"
WORD = ("TH", "R", "IY1", "Z")
ALL_RIGHT = [True] * 4


def synthesis(**changes: float) -> Synthesis:
    values = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["synthesis"] | changes
    values["confusions"] = tuple(map(tuple, values["confusions"]))
    return Synthesis(**values)


def rebuilt(listed: list[Listed]) -> list[int]:
    """Classes of what was said, from what is expected of it."""
    return [c for p in listed for c in (p.said, p.extra) if c != NOTHING]


def made(kind: str, count: int = 200) -> list[list[Listed]]:
    shares = {"substituted": (1.0, 0.0), "dropped": (0.0, 1.0), "added": (0.0, 0.0)}[kind]
    spec, rng = synthesis(substituted=shares[0], dropped=shares[1]), np.random.default_rng(0)
    return [spoiled(WORD, ALL_RIGHT, spec, rng) for _ in range(count)]


@pytest.mark.parametrize("kind", ["substituted", "dropped", "added"])
def test_what_was_said_can_be_told_from_every_change(kind: str) -> None:
    for listed in made(kind):
        assert rebuilt(listed) == [phone_class(p) for p in WORD]
        assert [p.kind for p in listed].count(kind) == 1
    lengths = {"substituted": 4, "dropped": 5, "added": 3}
    assert {len(x) for x in made(kind)} == {lengths[kind]}


def test_a_substitute_is_never_the_phone_that_was_said_and_follows_the_confusions() -> None:
    wrong = [p for x in made("substituted", 2000) for p in x if p.kind == "substituted"]
    assert all(phone_class(p.symbol) != p.said for p in wrong)
    for_z = [p.symbol for p in wrong if p.said == phone_class("Z")]
    assert for_z.count("TH") + for_z.count("DH") > len(for_z) / 2


def test_nothing_is_expected_twice_in_a_row_of_a_sound_that_was_said_once() -> None:
    for listed in made("dropped"):
        names = [p.symbol.rstrip("012") for p in listed]
        assert all(a != b for a, b in itertools.pairwise(names))


def test_phones_that_raters_did_not_like_are_neither_changed_nor_taken_for_known() -> None:
    known, rng = [True, False, True, True], np.random.default_rng(0)
    for _ in range(200):
        listed = spoiled(WORD, known, synthesis(), rng)
        second = next(p for p in listed if p.origin == 1)
        assert (second.symbol, second.said, second.kind) == ("R", UNKNOWN, "kept")
    assert as_read(WORD, known)[0].extra == UNKNOWN


def test_a_word_of_which_nothing_is_known_stays_as_it_is() -> None:
    assert spoiled(WORD, [False] * 4, synthesis(), np.random.default_rng(0)) == as_read(WORD, [False] * 4)


def test_about_as_many_words_are_changed_as_the_config_says() -> None:
    listed = spoiled_text([(WORD, ALL_RIGHT)] * 4000, synthesis(words=0.25), np.random.default_rng(0))
    changed = [any(p.kind != "kept" for p in word) for word in listed]
    assert 0.22 < np.mean(changed) < 0.28


def test_the_vowels_are_those_of_the_contract() -> None:
    assert set(phone_names()) >= VOWELS
    assert len(VOWELS) == 15
