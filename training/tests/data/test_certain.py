"""What may be claimed: edges that keep their word, and who agrees."""

from __future__ import annotations

import numpy as np
import pytest

from euphone_train.diagnose import certain
from euphone_train.diagnose.rows import evident, phone_terms, word_terms

EDGES = (5.0, 5.0)


def marked(count: int = 6000, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """One term that tells the mark, but for noise; marks 0–10, a tenth of them low."""
    rng = np.random.default_rng(seed)
    marks = np.where(rng.random(count) < 0.1, rng.uniform(0, 5, count), rng.uniform(6, 10, count))
    return (10 * marks + rng.normal(0, 12, count))[:, None], marks


def test_what_is_claimed_keeps_the_target_on_items_it_was_not_fitted_on() -> None:
    rule = certain.rule_for(*marked(), EDGES)
    terms, marks = marked(seed=1)
    kept = certain.kept(rule.claims(terms), marks, EDGES, np.arange(len(marks)) % 40)
    assert kept["agreement"] > 0.94
    assert kept["wrong"]["agreement"] > 0.88
    assert kept["wrong"]["found"] > 0.5
    assert 0.5 < kept["share"] <= 1.0
    assert kept["interval"][0] < kept["agreement"] < kept["interval"][1]


def test_nothing_is_claimed_where_the_terms_tell_nothing() -> None:
    rng = np.random.default_rng(0)
    terms, marks = rng.normal(size=(3000, 1)), rng.uniform(0, 10, 3000)
    rule = certain.rule_for(terms, marks, EDGES)
    assert rule.wrong_from == certain.NEVER
    assert not rule.claims(terms).any()


def test_an_edge_is_the_lowest_probability_that_keeps_the_target_on_average() -> None:
    probability = np.linspace(1, 0, 1001)
    edge = certain.edge_for(probability, 0.8)
    assert probability[probability >= edge].mean() == pytest.approx(0.8)
    assert certain.edge_for(0.7 * probability, 0.8) == certain.NEVER


def test_a_phone_between_the_edges_agrees_with_no_claim() -> None:
    claims, marks = np.array([1, -1, 1, -1]), np.array([1.2, 1.2, 1.5, 0.9])
    assert certain.agreeing(claims, marks, certain.PHONE_EDGES).tolist() == [False, False, True, True]


def test_terms_come_from_the_document_as_the_engine_takes_them() -> None:
    phone = {
        "arpabet": "AH0",
        "score": 40.0,
        "uncertainty": 3.0,
        "heard": [{"arpabet": "IH", "probability": 0.5}, {"arpabet": "AH", "probability": 0.5}],
        "nothing_probability": 0.5,
        "evidence": {"log_duration": -2.0},
    }
    word = {"accuracy": 70.0, "uncertainty": 2.0, "phones": [phone, phone | {"score": 30.0}]}
    assert phone_terms(phone, word) == [40.0, pytest.approx(np.log(0.25 / 0.75)), 3.0, -2.0, 70.0]
    assert phone_terms(phone | {"heard": []}, word)[1] == -certain.ODDS_LIMIT
    assert word_terms(word) == [70.0, 30.0, 2.0]


def test_a_recording_with_a_warning_or_a_doubtful_text_lets_nothing_be_claimed() -> None:
    document = {"fit": -1.0, "chance_fit": -8.0, "quality": {"snr_db": 30.0, "findings": [{"severity": "note"}]}}
    text = {"unsure_below": -2.0}
    assert evident(document, text)
    assert not evident(document | {"fit": -2.1}, text)
    assert evident(document | {"fit": -3.9}, text | {"chance_share": 0.25})
    assert not evident(document | {"fit": -4.1}, text | {"chance_share": 0.25})
    assert not evident(document | {"quality": {"snr_db": 1.0, "findings": []}}, text)
    assert not evident(document | {"quality": {"snr_db": 30.0, "findings": [{"severity": "warning"}]}}, text)
