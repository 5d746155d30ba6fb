#!/usr/bin/env python3
"""Figures of what is claimed about learners that no model has heard: what `python -m euphone_train.diagnose judge` recorded with the five
fold bundles. The lower of phones and words counts."""

from common import read_record, report

recorded = read_record("diagnosis_folds")
certain = recorded["certain"].values()
report(
    {
        "model.standard.certain_agreement": min(level["agreement"] for level in certain),
        "model.standard.certain_wrong_agreement": min(level["wrong"]["agreement"] for level in certain),
        "model.standard.certain_share": min(level["share"] for level in certain),
    }
)
