"""Speakers never cross a split."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest

from euphone_train.data import splits
from euphone_train.data.corpora import Utterance, read_mini_librispeech, read_speechocean

CORPORA = Path(os.environ.get("EUPHONE_CORPORA", Path(__file__).resolve().parents[4] / "shared" / "data"))
with_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason=f"the recordings are not in {CORPORA}")


def utterance(speaker: str, age: int, gender: str, number: int) -> Utterance:
    name = f"{speaker}-{number}"
    return Utterance(name=name, speaker=speaker, text="A", audio=Path(name), age=age, gender=gender)


def crowd() -> list[Utterance]:
    people = [(f"s{i:03}", 8 if i % 2 else 30, "f" if i % 3 else "m") for i in range(60)]
    return [utterance(*person, n) for person in people for n in range(10)]


def test_committed_folds_share_no_speaker() -> None:
    folds = splits.learner_folds()
    assert len(folds) == splits.FOLDS
    for one, other in itertools.combinations(folds, 2):
        assert not one & other


def test_committed_folds_hold_125_speakers_25_each() -> None:
    assert [len(f) for f in splits.learner_folds()] == [25] * 5


@with_corpora
def test_committed_folds_hold_every_learner_of_the_corpus() -> None:
    speakers = {u.speaker for u in read_speechocean(CORPORA / "so762-train")}
    assert speakers == set(itertools.chain(*splits.learner_folds()))


@with_corpora
def test_native_dev_speakers_are_in_the_corpus() -> None:
    assert splits.native_dev_speakers() < {u.speaker for u in read_mini_librispeech(CORPORA / "mini-librispeech")}


def test_native_dev_has_three_speakers() -> None:
    assert len(splits.native_dev_speakers()) == 3


def test_dealing_is_disjoint_complete_and_repeatable() -> None:
    people = crowd()
    folds = splits.deal_folds(people, seed=4)
    assert sorted(itertools.chain(*folds)) == sorted({u.speaker for u in people})
    assert folds == splits.deal_folds(people, seed=4)
    assert folds != splits.deal_folds(people, seed=5)


def test_dealing_balances_children_and_adults() -> None:
    people = crowd()
    age = {u.speaker: u.age for u in people}
    children = [sum(age[s] < splits.ADULT_AGE for s in fold) for fold in splits.deal_folds(people, seed=4)]
    assert max(children) - min(children) <= 2


def test_native_draw_mixes_genders_near_the_wanted_share() -> None:
    people = crowd()
    chosen = splits.draw_native_dev(people, seed=1, share=0.05)
    assert len({u.gender for u in people if u.speaker in chosen}) == 2
    assert len(chosen) == 3
