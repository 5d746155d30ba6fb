"""Speakers never cross a split."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest

from euphone_train.data import splits
from euphone_train.data.corpora import Utterance, read_mini_librispeech, read_speechocean

CORPORA = Path(os.environ.get("EUPHONE_CORPORA", Path(__file__).resolve().parents[4] / "shared" / "data"))
SHARES = (0.12, 0.25, 0.5, 1.0)
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


def learners() -> list[Utterance]:
    """30 children and 70 adults, two sentences each."""
    people = [(f"s{i:03}", 9 if i % 10 < 3 else 30) for i in range(100)]
    return [Utterance(name=f"{who}-{n}", speaker=who, text="A", audio=Path(who), age=age) for who, age in people for n in range(2)]


def test_smaller_parts_lie_inside_larger_ones() -> None:
    parts = splits.nested_subsets(learners(), SHARES, seed=1)
    assert [len(p) for p in parts] == [12, 25, 50, 100]
    for small, large in itertools.pairwise(parts):
        assert small < large


def test_a_part_has_children_and_adults_as_the_whole() -> None:
    ages = {u.speaker: u.age for u in learners()}
    for part in splits.nested_subsets(learners(), SHARES, seed=2):
        assert abs(sum(ages[s] < splits.ADULT_AGE for s in part) - 0.3 * len(part)) <= 0.5


def test_the_draw_is_repeatable_and_follows_its_seed() -> None:
    assert splits.nested_subsets(learners(), SHARES, seed=1) == splits.nested_subsets(learners(), SHARES, seed=1)
    assert splits.nested_subsets(learners(), SHARES, seed=1)[0] != splits.nested_subsets(learners(), SHARES, seed=2)[0]


def test_a_part_of_a_folds_learners_has_none_that_the_fold_holds_out() -> None:
    folds = splits.learner_folds()
    everyone = [Utterance(name=s, speaker=s, text="A", audio=Path(s), age=20) for fold in folds for s in sorted(fold)]
    for held_out in folds:
        for part in splits.nested_subsets([u for u in everyone if u.speaker not in held_out], SHARES, seed=1):
            assert not part & held_out
