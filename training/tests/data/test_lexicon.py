"""Pronunciations: known words, variants, and words built from known ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from euphone_train.data.lexicon import Lexicon
from euphone_train.data.phones import phone_classes, phone_names


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    first, second = tmp_path / "cmudict.dict", tmp_path / "lexicon.txt"
    first.write_text("read R EH1 D\nread(2) R IY1 D # verb\nwant W AA1 N T\nbake B EY1 K\ncat K AE1 T\nfish F IH1 SH\n")
    second.write_text("MARK\tM AA0 R K\nREAD\tR EH0 D\n")
    return Lexicon.read(first, second)


def classes(text: str) -> tuple[int, ...]:
    return phone_classes(text.split())


def test_the_contract_has_39_phones_and_stress_is_ignored() -> None:
    assert len(phone_names()) == 39
    assert classes("AH0 AH1 AH2") == classes("AH AH AH")


def test_variants_keep_their_order_and_appear_once(lexicon: Lexicon) -> None:
    assert lexicon.variants("Read") == [classes("R EH D"), classes("R IY D")]


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("CATS", "K AE T S"),
        ("CAT'S", "K AE T S"),
        ("FISHES", "F IH SH AH Z"),
        ("WANTED", "W AA N T AH D"),
        ("BAKED", "B EY K T"),
        ("BAKING", "B EY K IH NG"),
        ("CATFISH", "K AE T F IH SH"),
    ],
)
def test_unknown_words_are_built_from_known_ones(lexicon: Lexicon, word: str, phones: str) -> None:
    assert lexicon.variants(word)[0] == classes(phones)


def test_a_strange_word_has_no_pronunciation(lexicon: Lexicon) -> None:
    assert lexicon.variants("XYZZY") == []
    assert lexicon.sentence("CAT XYZZY") is None
