"""Figures over folds: what was not scored counts, and groups and thresholds are as named."""

from __future__ import annotations

import numpy as np

from euphone_train.data.corpora import Utterance, Word
from euphone_train.score.folds import LEVELS, f1, figures, pairs
from euphone_train.score.raters import one_against_the_others


def utterance(name: str, speaker: str, score: float) -> Utterance:
    word = Word(text="A", phones=("AH0",), phone_scores=(score / 5,), accuracy=score, stress=10.0, total=score)
    marks = {"accuracy": score, "published_accuracy": score, "fluency": score, "prosodic": score, "total": score}
    return Utterance(name=name, speaker=speaker, text="A", audio=None, words=(word,), **marks)


def prediction(name: str, score: float) -> dict:
    word = {"accuracy": score, "total": score, "phones": [score / 5]}
    return {"utt": name, "verdict": "scored", "words": [word], **dict.fromkeys(("accuracy", "fluency", "prosodic", "total"), score)}


def test_a_recording_without_scores_counts_as_nought_everywhere() -> None:
    rows = pairs([{"utt": "u", "verdict": "withheld", "words": []}], {"u": utterance("u", "s", 8.0)})
    assert all(rows[level].tolist() == [[0.0, 1.6 if level == "phone" else 8.0, 0]] for level in LEVELS)


def test_folds_are_averaged_and_put_together() -> None:
    tables, speakers = [], []
    for fold, slope in enumerate((1.0, -1.0)):
        marks = [2.0, 5.0, 9.0, 6.0]
        told = [prediction(f"{fold}{i}", 5 + slope * (m - 5) / 2) for i, m in enumerate(marks)]
        table = pairs(told, {f"{fold}{i}": utterance(f"{fold}{i}", f"s{fold}{i}", m) for i, m in enumerate(marks)})
        for level in table.values():
            level[:, 2] += len(speakers)
        tables.append(table)
        speakers += [f"s{fold}{i}" for i in range(4)]
    found = figures(tables, np.array(speakers), np.array([True] * 4 + [False] * 4))["levels"]["word accuracy"]
    assert found["folds"] == [1.0, -1.0]
    assert found["mean_of_folds"] == 0.0
    assert (found["children"], found["adults"], found["count"]) == (1.0, -1.0, 8)


def test_raters_who_agree_but_for_a_shift_agree_wholly() -> None:
    marks = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [8.0, 9.0, 10.0]])
    assert abs(one_against_the_others(marks) - 1.0) < 1e-9
    marks[:, 0] = marks[::-1, 0]
    assert one_against_the_others(marks) < 0.6


def test_f1_counts_what_is_flagged_and_what_should_be() -> None:
    predicted, poor = np.array([1.0, 2.0, 6.0, 7.0]), np.array([True, False, True, False])
    assert f1(predicted, poor, 5.0) == 0.5
    assert f1(predicted, poor, 0.0) == 0.0
    assert f1(np.array([1.0, 9.0]), np.array([True, False]), 5.0) == 1.0
