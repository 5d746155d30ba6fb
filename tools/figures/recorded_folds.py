#!/usr/bin/env python3
"""Figures of the speaker-disjoint folds. They need five trainings, so this reads what `python -m euphone_train.calibrate run` recorded."""

from common import read_record, report

recorded = read_record("gop_folds", plain=True)
report(
    {
        "main.phone_pcc": recorded["figures"]["phone"]["pcc"],
        "main.wrong_text_caught": 100 * recorded["wrong_text"]["caught"],
        "main.wrong_text_false": 100 * recorded["wrong_text"]["refused"],
    }
)
