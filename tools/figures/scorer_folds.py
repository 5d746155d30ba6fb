#!/usr/bin/env python3
"""Figures of the learned scorer on learners that no model of theirs has heard: what `python -m euphone_train.score judge` recorded of the
program with the five fold bundles. Correlations are means over the folds."""

from common import read_record, report

recorded = read_record("score_folds")
levels, text, moved = recorded["levels"], recorded["wrong_text"], recorded["stability"]
names = {
    "phone_pcc": "phone",
    "word_accuracy_pcc": "word accuracy",
    "word_total_pcc": "word total",
    "sentence_accuracy_pcc": "sentence accuracy",
    "fluency_pcc": "sentence fluency",
    "prosodic_pcc": "sentence prosodic",
    "total_pcc": "sentence total",
}
values = {f"model.standard.{name}": levels[level]["mean_of_folds"] for name, level in names.items()}
values |= {
    "model.standard.phone_mse": levels["phone"]["mse"],
    "model.standard.word_flag_f1": recorded["low_words"]["f1"],
    "model.standard.phone_f1": recorded["wrong_phones"]["f1"],
    "model.standard.wrong_text_caught": 100 * text["wrong_flagged"] / text["wrong_pairs"],
    "model.standard.wrong_text_false": 100 * text["right_flagged"] / text["right_pairs"],
    "model.standard.age_gap": max(abs(levels[x]["children"] - levels[x]["adults"]) for x in ("phone", "word accuracy", "sentence total")),
}
report(values | {f"model.standard.moved.{name}": points for name, points in moved.items()})
