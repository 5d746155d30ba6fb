"""The `learned` section of calibration.json: from a scorer's answers to the scale that people read.

Squared errors pull rare poor readings towards the middle, so phone and word scores are stretched at the low end. The raters gave nobody
more than 9 of 10 as a rule, so sentence scores are stretched at the high end: a native reading is worth NATIVE.
"""

from __future__ import annotations

import numpy as np

from euphone_train.calibrate.fit import best_f1_threshold, edge_matching

NATIVE = 97.0
_KEPT_UP_TO = 75.0  # Sentence scores below stay as the raters gave them.
# How far the best threshold for poor phones and words is brought to the raters' own edge; all the way costs agreement, of phones most.
PHONE_STRETCH, _WORD_STRETCH = 0.2, 0.7
PHONE_EDGE, WORD_EDGE = 25.0, 50.0  # Of 100: under these the raters call a phone or word wrong.
_BANDS = ("clear", "slightly_accented", "hard_to_understand")


def low_stretch(scores: np.ndarray, labels: np.ndarray, edge: float, share: float) -> dict:
    """All on 0–100. A curve of two straight parts that brings the score at which poor items are best told from others a share of the way
    to `edge`."""
    best = best_f1_threshold(scores, labels < edge)
    return {"x": [0.0, round(best, 2), 100.0], "y": [0.0, round(best + share * (edge - best), 2), 100.0]}


def high_stretch(native: float) -> dict:
    """`native`: what the scorer gives native readings, in the median."""
    return {"x": [0.0, _KEPT_UP_TO, round(max(native, _KEPT_UP_TO + 1), 2), 100.0], "y": [0.0, _KEPT_UP_TO, NATIVE, 100.0]}


def _bands(scores: np.ndarray, labels: np.ndarray, edges: tuple[float, float, float]) -> dict:
    return {n: round(edge_matching(scores, labels, e), 2) for n, e in zip(_BANDS, edges, strict=True)}


def learned_section(
    phones: tuple[np.ndarray, np.ndarray],
    words: tuple[np.ndarray, np.ndarray],
    natives: dict[str, float],
    phone_stretch: float = PHONE_STRETCH,
) -> dict:
    """`phones`, `words`: held-out (scores, labels), 0–100; `natives`: median sentence scores of native readers, 0–100, by name."""
    phone_curve = low_stretch(*phones, PHONE_EDGE, phone_stretch)
    word_curve = low_stretch(*words, WORD_EDGE, _WORD_STRETCH)
    phone, word = (np.interp(s, c["x"], c["y"]) for (s, _), c in ((phones, phone_curve), (words, word_curve)))
    names = {"accuracy": "sentence_curve", "fluency": "fluency_curve", "prosodic": "prosody_curve", "total": "total_curve"}
    return {
        "phone_curve": phone_curve,
        "word_curve": word_curve,
        **{curve: high_stretch(natives[name]) for name, curve in names.items()},
        "phone_bands": _bands(phone, phones[1], (85.0, 60.0, 30.0)),
        "word_bands": _bands(word, words[1], (95.0, 65.0, 35.0)),
        "mispronounced_below": word_curve["y"][1],
    }
