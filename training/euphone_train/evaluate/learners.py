"""Goodness of pronunciation on learners that the model has not heard: each fold's speakers with that fold's model."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from euphone_train.data import splits
from euphone_train.data.phones import phone_classes
from euphone_train.evaluate.goodness import FEATURES, Agreement, cross_validated, phone_features
from euphone_train.export import onnx_model
from euphone_train.train.setup import Material

_SETS = (
    ("ctc_max",),
    ("ctc_margin",),
    ("frame_mean",),
    ("frame_margin",),
    ("ctc_max", "ctc_margin"),
    ("frame_mean", "frame_margin"),
    ("ctc_margin", "frame_margin"),
    FEATURES,
)


def collect(material: Material, folds: Path, target: Path) -> dict[str, np.ndarray]:
    """Features, class, mark and fold of every canonical phone; kept in `target` and read from there if it exists."""
    if target.is_file():
        return dict(np.load(target))
    rows: dict[str, list] = {"features": [], "phones": [], "marks": [], "folds": []}
    for fold, speakers in enumerate(splits.learner_folds()):
        runtime = onnx_model.session(folds / f"fold{fold}" / "model.onnx")
        for u in material.learners:
            if u.speaker not in speakers:
                continue
            words = [list(phone_classes(w.phones)) for w in u.words]
            posteriors = onnx_model.run(runtime, material.caches["learners"].pcm(u.name))
            features = phone_features(words, *posteriors)
            if features is None:
                continue
            rows["features"].append(features)
            rows["phones"].append(np.array([p for w in words for p in w]))
            rows["marks"].append(np.array([m for w in u.words for m in w.phone_scores]))
            rows["folds"].append(np.full(len(features), fold))
    result = {name: np.concatenate(parts) for name, parts in rows.items()}
    np.savez(target, **result)
    return result


def compare_formulas(rows: dict[str, np.ndarray]) -> dict[str, tuple[float, Agreement]]:
    """Per set of features: |Pearson| of its first feature as it is, and agreement after calibration."""
    results = {}
    for names in _SETS:
        columns = tuple(FEATURES.index(n) for n in names)
        plain = float(np.corrcoef(rows["features"][:, columns[0]], rows["marks"])[0, 1])
        fitted, _ = cross_validated(rows["folds"], rows["features"], rows["phones"], rows["marks"], columns)
        results[" + ".join(names)] = (plain, fitted)
    return results
