"""The program itself on the learners of every fold, with the bundle that never heard them; all folds' figures together."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from euphone_train.calibrate.fit import best_f1_threshold, pearson, speaker_interval
from euphone_train.data import splits
from euphone_train.data.corpora import Utterance
from euphone_train.models.scorer import SENTENCE_SCORES

LEVELS = ("phone", "word accuracy", "word total", *(f"sentence {name}" for name in SENTENCE_SCORES))
LOW_WORD, WRONG_PHONE = 5.0, 0.5
_STABILITY = 60  # Recordings of each fold that are also distorted.


def evaluate(program: Path, bundle: Path, corpus: Path, speakers: frozenset[str], out: Path) -> tuple[list[dict], dict]:
    """Predictions and results of `euphone evaluate`; a run that was stopped goes on."""
    predictions, results = out.with_suffix(".jsonl"), out.with_suffix(".json")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listing:
        listing.write("\n".join(sorted(speakers)))
        listing.flush()
        command = [program, "evaluate", "--corpus", corpus, "--bundle", bundle, "--speakers", listing.name]
        command += ["--predictions", predictions, "--out", results, "--stability", str(_STABILITY)]
        subprocess.run(command, check=True)
    return [json.loads(line) for line in predictions.read_text().splitlines()], json.loads(results.read_text())


def pairs(predictions: list[dict], utterances: dict[str, Utterance]) -> dict[str, np.ndarray]:
    """By level: rows of (predicted, rated, index of the recording) on the corpus' scales. What was not scored counts as 0."""
    rows: dict[str, list] = {level: [] for level in LEVELS}
    for i, p in enumerate(predictions):
        u = utterances[p["utt"]]
        for w, label in enumerate(u.words):
            word = p["words"][w] if p.get("words") else {"phones": [0.0] * len(label.phone_scores)}
            rows["phone"] += [(x, y, i) for x, y in zip(word["phones"], label.phone_scores, strict=True)]
            rows["word accuracy"].append((word.get("accuracy", 0.0), label.accuracy, i))
            rows["word total"].append((word.get("total", 0.0), label.total, i))
        rated = (u.published_accuracy, u.fluency, u.prosodic, u.total)
        for name, label in zip(SENTENCE_SCORES, rated, strict=True):
            rows[f"sentence {name}"].append((p.get(name, 0.0), label, i))
    return {level: np.array(r, dtype=float) for level, r in rows.items()}


def f1(predicted: np.ndarray, positive: np.ndarray, threshold: float) -> float:
    flagged = predicted < threshold
    return float(2 * (flagged & positive).sum() / max(1, flagged.sum() + positive.sum()))


def _detection(table: np.ndarray, edge: float) -> dict:
    best = best_f1_threshold(table[:, 0], table[:, 1] < edge)
    found = {t: round(f1(table[:, 0], table[:, 1] < edge, t), 4) for t in (edge, best)}
    return {"f1": found[edge], "best_f1": found[best], "best_threshold": round(best, 3), "positives": int((table[:, 1] < edge).sum())}


def figures(by_fold: list[dict[str, np.ndarray]], speakers: np.ndarray, child: np.ndarray) -> dict:
    """`by_fold`: as `pairs`, with recordings counted through all folds; `speakers`, `child`: by recording."""
    out: dict = {"levels": {}}
    for level in LEVELS:
        table = np.concatenate([f[level] for f in by_fold])
        of = table[:, 2].astype(int)
        out["levels"][level] = {
            "mean_of_folds": round(float(np.mean([pearson(f[level][:, 0], f[level][:, 1]) for f in by_fold])), 4),
            "together": round(pearson(table[:, 0], table[:, 1]), 4),
            "interval": speaker_interval(speakers[of], table[:, 0], table[:, 1]),
            "mse": round(float(((table[:, 0] - table[:, 1]) ** 2).mean()), 4),
            "folds": [round(pearson(f[level][:, 0], f[level][:, 1]), 4) for f in by_fold],
            "children": round(pearson(table[child[of], 0], table[child[of], 1]), 4),
            "adults": round(pearson(table[~child[of], 0], table[~child[of], 1]), 4),
            "count": len(table),
        }
    together = {level: np.concatenate([f[level] for f in by_fold]) for level in ("phone", "word accuracy")}
    return out | {
        "low_words": _detection(together["word accuracy"], LOW_WORD),
        "wrong_phones": _detection(together["phone"], WRONG_PHONE),
    }


def judge(program: Path, folds: Path, corpus: Path, utterances: list[Utterance], out: Path) -> dict:
    """All figures that need the fold bundles."""
    out.mkdir(parents=True, exist_ok=True)
    by_name = {u.name: u for u in utterances}
    predictions, results, tables = [], [], []
    for fold, speakers in enumerate(splits.learner_folds()):
        told, result = evaluate(program, folds / f"fold{fold}", corpus, speakers, out / f"fold{fold}")
        table = pairs(told, by_name)
        for level in table.values():
            level[:, 2] += len(predictions)
        predictions += told
        tables.append(table)
        results.append(result)
    heard = [by_name[p["utt"]] for p in predictions]
    child = np.array([u.age is not None and u.age < splits.ADULT_AGE for u in heard])
    return {
        "recordings": len(predictions),
        "not_scored": sum(p["verdict"] != "scored" for p in predictions),
        **figures(tables, np.array([u.speaker for u in heard]), child),
        **_sums(results),
    }


def _sums(results: list[dict]) -> dict:
    """Wrong text over all folds; stability as the median of the folds' medians."""
    count = {k: sum(r["wrong_text"][k] for r in results) for k in ("right_pairs", "right_flagged", "wrong_pairs", "wrong_flagged")}
    moved: dict[str, list[float]] = {}
    for result in results:
        for name, change in result["stability"].items():
            moved.setdefault(name, []).append(change["median_points"])
    return {"wrong_text": count, "stability": {name: round(float(np.median(m)), 3) for name, m in moved.items()}}
