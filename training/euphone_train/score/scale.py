"""The scale that people read, into the bundles: what `curves` makes of it needs native readings, and all folds get the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from euphone_train.calibrate.attach import attach_document, read_calibration
from euphone_train.calibrate.engine import native_readings
from euphone_train.data import splits
from euphone_train.models.scorer import SENTENCE_SCORES


def native_medians(program: Path, bundle: Path, native: Path) -> dict[str, float]:
    """Sentence scores of native readers whom no model has heard, as the bundle gives them without curves of its own."""
    attach_document(bundle, {k: v for k, v in read_calibration(bundle).items() if k != "learned"})
    scores = [d["scores"] for d in native_readings(program, bundle, native, held_out=True).values()]
    names = {name: "prosody" if name == "prosodic" else name for name in SENTENCE_SCORES}
    return {name: float(np.median([s[field] for s in scores])) for name, field in names.items()}


def attach_learned(bundle: Path, folds: Path, section: dict) -> None:
    """Into the shipped bundle and, with all else that its calibration says, those of the folds."""
    document = read_calibration(bundle) | {"learned": section}
    for target in (bundle, *(folds / splits.fold_name(fold) for fold in range(splits.FOLDS))):
        attach_document(target, document)
