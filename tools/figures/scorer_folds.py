#!/usr/bin/env python3
"""Figures of the learned scorers on learners that no model of theirs has heard: what `python -m euphone_train.score judge` recorded of the
program with the five fold bundles of a model, whose name is the argument. Correlations are means over the folds."""

import sys

from common import ROOT, read_record, report

model = sys.argv[1]
recorded = read_record("score_folds" if model == "standard" else f"score_folds_{model}", bundle=ROOT / "models" / f"en-us-{model}")
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
values = {name: levels[level]["mean_of_folds"] for name, level in names.items()}
values |= {
    "phone_mse": levels["phone"]["mse"],
    "word_flag_f1": recorded["low_words"]["f1"],
    "phone_f1": recorded["wrong_phones"]["f1"],
    "wrong_text_caught": 100 * text["wrong_flagged"] / text["wrong_pairs"],
    "wrong_text_false": 100 * text["right_flagged"] / text["right_pairs"],
    "age_gap": max(abs(levels[x]["children"] - levels[x]["adults"]) for x in ("phone", "word accuracy", "sentence total")),
}
values |= {f"moved.{name}": points for name, points in moved.items()}
report({f"model.{model}.{name}": value for name, value in values.items()})
