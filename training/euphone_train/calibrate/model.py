"""The calibration itself: how phones, words, sentences and fluency are predicted, and how it is written down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from euphone_train.calibrate.fit import (
    Curve,
    Linear,
    best_f1_threshold,
    edge_matching,
    ridge,
    rising_curve,
    signed,
    straight_curve,
)
from euphone_train.calibrate.rows import EVIDENCE, PROMINENCE, TEMPO, SentenceRow

PHONE_STRENGTH = 60.0  # Pull of the shared phone model, in phones.
SENTENCE_SIGNS = (1, -1)  # Better words never lower a sentence, poor ones never raise it;
FLUENCY_SIGNS = (1, 1, -1, 1, -1, 1)  # nor pauses and repetitions its fluency (terms: TEMPO, then accuracy).
STRESS_RIGHT = 0.98  # Share of right calls above the margin at which stress is called.


@dataclass(kw_only=True)
class Prediction:
    phones: np.ndarray
    words: np.ndarray  # Of the words that were found, in order.
    sentence: float
    fluency: float


@dataclass(kw_only=True)
class Calibration:
    phones: dict[str, Linear]
    phone_curve: Curve
    word: Linear
    word_curve: Curve
    mispronounced_below: float
    sentence: Linear
    sentence_curve: Curve
    fluency: Linear

    def phone_scores(self, row: SentenceRow) -> np.ndarray:
        values = [self.phones[p].at(np.array(e)) for p, e in zip(row.phones, row.evidence, strict=True)]
        return self.phone_curve.at(np.array(values))

    def word_scores(self, row: SentenceRow, phones: np.ndarray) -> np.ndarray:
        return self.word_curve.at(self.word.at(word_terms(row, phones)))

    def predict(self, row: SentenceRow) -> Prediction:
        phones = self.phone_scores(row)
        words = self.word_scores(row, phones)
        sentence = float(self.sentence_curve.at(self.sentence.at(sentence_terms(row, words, self.mispronounced_below)))[0])
        fluency = float(np.clip(self.fluency.at(np.array([[*row.tempo, sentence]]))[0], 0, 100))
        return Prediction(phones=phones, words=words, sentence=sentence, fluency=fluency)


def word_terms(row: SentenceRow, phones: np.ndarray) -> np.ndarray:
    parts = [phones[first : first + count] for first, count, _ in row.words]
    return np.array([[p.mean(), p.min()] for p in parts]).reshape(-1, 2)


def sentence_terms(row: SentenceRow, words: np.ndarray, edge: float) -> np.ndarray:
    """Words that were left out count as zero."""
    everything = np.concatenate([words, np.zeros(len(row.omitted))])
    return np.array([[everything.mean(), (everything < edge).mean()]])


def fit_calibration(rows: list[SentenceRow], natives: list[SentenceRow]) -> Calibration:
    """Fits stage by stage, each on the output of the one before. `natives` stand at the upper end of the sentence scores, which
    learners hardly reach; where they are empty the scale ends with the learners."""
    phones = np.array([p for r in rows for p in r.phones])
    evidence = np.array([e for r in rows for e in r.evidence])
    labels = np.array([v for r in rows for v in r.labels])
    shared = ridge(evidence, labels, 1.0)
    models = {p: ridge(evidence[phones == p], labels[phones == p], PHONE_STRENGTH, shared) for p in np.unique(phones)}
    linear = np.array([models[p].at(e) for p, e in zip(phones, evidence, strict=True)])
    calibration = Calibration(
        phones={str(p): m for p, m in models.items()},
        phone_curve=rising_curve(linear, labels),
        word=Linear(bias=0, weights=np.array([1.0, 0.0])),
        word_curve=straight_curve(),
        mispronounced_below=60.0,
        sentence=Linear(bias=0, weights=np.array([1.0, 0.0])),
        sentence_curve=straight_curve(),
        fluency=Linear(bias=0, weights=np.zeros(len(TEMPO) + 1)),
    )
    scores = [calibration.phone_scores(r) for r in rows]
    terms = np.concatenate([word_terms(r, s) for r, s in zip(rows, scores, strict=True)])
    word_labels = np.array([label for r in rows for _, _, label in r.words])
    calibration.word = ridge(terms, word_labels, 1.0)
    calibration.word_curve = rising_curve(calibration.word.at(terms), word_labels)
    words = [calibration.word_scores(r, s) for r, s in zip(rows, scores, strict=True)]
    calibration.mispronounced_below = best_f1_threshold(np.concatenate(words), word_labels < 50)
    edge = calibration.mispronounced_below
    readings = rows + natives
    words = [calibration.word_scores(r, calibration.phone_scores(r)) for r in readings]
    sentences = np.concatenate([sentence_terms(r, w, edge) for r, w in zip(readings, words, strict=True)])
    accuracy = np.array([r.accuracy for r in readings])
    calibration.sentence = signed(sentences, accuracy, SENTENCE_SIGNS)
    nothing_read = float(calibration.sentence.at(np.array([[0.0, 1.0]]))[0])
    calibration.sentence_curve = rising_curve(calibration.sentence.at(sentences), accuracy, points=12, zero=nothing_read)
    predicted = calibration.sentence_curve.at(calibration.sentence.at(sentences))
    tempo = np.column_stack([np.array([r.tempo for r in readings]), predicted])
    calibration.fluency = signed(tempo, np.array([r.fluency for r in readings], dtype=float), FLUENCY_SIGNS)
    return calibration


def fit_prominence(pairs: np.ndarray, rounds: int = 200, step: float = 0.5) -> tuple[Linear, float, float]:
    """Logistic regression on differences (no bias). Returns the model, the margin with STRESS_RIGHT right above it, and the
    share of pairs that the model orders right."""
    scale = pairs.std(0) + 1e-9
    x, w = pairs / scale, np.zeros(pairs.shape[1])
    for _ in range(rounds):
        w += step * (x / (1 + np.exp(x @ w))[:, None]).mean(0)
    margins = x @ w
    order = np.argsort(np.abs(margins))
    right = (margins[order] > 0)[::-1].cumsum()[::-1] / np.arange(len(order), 0, -1)
    good = np.flatnonzero(right >= STRESS_RIGHT)
    margin = float(np.abs(margins[order][good[0]])) if len(good) else float(np.abs(margins).max())
    return Linear(bias=0.0, weights=w / scale), margin, float((margins > 0).mean())


def neutral_json(phones: list[str]) -> dict:
    """Scores nothing and refuses nothing: lets the engine run before there is a calibration."""
    flat = {"bias": 0.0, "weights": [1.0, 0.0], "curve": straight_curve().as_json()}
    bands = {"clear": 90, "slightly_accented": 60, "hard_to_understand": 30}
    zero = {"bias": 50.0, "weights": [0.0] * len(EVIDENCE)}
    return {
        "schema_version": 1,
        "phone": {
            "terms": list(EVIDENCE),
            "models": {p: zero for p in phones},
            "curve": straight_curve().as_json(),
            "bands": bands,
        },
        "word": flat | {"mispronounced_below": 0.0, "bands": bands},
        "sentence": flat,
        "fluency": {
            "terms": [*TEMPO, "accuracy"],
            "bias": 50.0,
            "weights": [0.0] * (len(TEMPO) + 1),
            "curve": straight_curve().as_json(),
        },
        "prominence": {"terms": list(PROMINENCE), "bias": 0.0, "weights": [1.0, 0.1, 0.1], "margin": 0.0},
        "text": {"wrong_below": -1e6, "unsure_below": -1e6},
    }


def as_json(c: Calibration, rows: list[SentenceRow], prominence: tuple[Linear, float], text: dict) -> dict:
    """The document that docs/formats/calibration.md describes; band edges match the shares of the human rubric."""
    scores = [c.phone_scores(r) for r in rows]
    phones, labels = np.concatenate(scores), np.array([v for r in rows for v in r.labels])
    words = np.concatenate([c.word_scores(r, s) for r, s in zip(rows, scores, strict=True)])
    word_labels = np.array([label for r in rows for _, _, label in r.words])

    def bands(s: np.ndarray, t: np.ndarray, edges: tuple[float, float, float]) -> dict:
        names = ("clear", "slightly_accented", "hard_to_understand")
        return {n: round(edge_matching(s, t, e), 2) for n, e in zip(names, edges, strict=True)}

    stress, margin = prominence
    return {
        "schema_version": 1,
        "phone": {
            "terms": list(EVIDENCE),
            "models": {p: m.as_json() for p, m in sorted(c.phones.items())},
            "curve": c.phone_curve.as_json(),
            "bands": bands(phones, labels, (85.0, 60.0, 30.0)),
        },
        "word": c.word.as_json()
        | {
            "curve": c.word_curve.as_json(),
            "mispronounced_below": round(c.mispronounced_below, 2),
            "bands": bands(words, word_labels, (95.0, 65.0, 35.0)),
        },
        "sentence": c.sentence.as_json() | {"curve": c.sentence_curve.as_json()},
        "fluency": {
            "terms": [*TEMPO, "accuracy"],
            **c.fluency.as_json(),
            "curve": straight_curve().as_json(),
        },
        "prominence": {"terms": list(PROMINENCE), **stress.as_json(), "margin": round(margin, 4)},
        "text": text,
    }
