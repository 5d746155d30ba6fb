"""Fits and judges the plain scorer through the real engine.

`run`: every learner sentence goes through the engine with the fold model that never saw its speaker; the calibration is fitted on four
folds and judged on the fifth, then once more on all, and written into the shipped bundle. `attach` only puts a file into a bundle.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from euphone_train import records
from euphone_train.calibrate.attach import attach
from euphone_train.calibrate.engine import Task, analyse, inline_text, native_readings
from euphone_train.calibrate.fit import pearson, speaker_interval
from euphone_train.calibrate.model import Calibration, as_json, fit_calibration, fit_prominence, neutral_json
from euphone_train.calibrate.rows import SentenceRow, native_row, prominence_pairs, sentence_row
from euphone_train.data import splits
from euphone_train.data.corpora import Utterance, read_speechocean
from euphone_train.data.phones import phone_names

CHANCE_SHARE = 0.25  # Of the chance fit, taken off the fit: from 0 to 0.5, this caught most other texts (docs/models/experiments.md).
RIGHT_PASS = 0.991  # Share of readings of the right text that must not be taken for another.
UNSURE_ABOVE_WRONG = 0.35  # nats per phone: readings that near the edge are shown as 'not sure'.


@dataclass(frozen=True, kw_only=True)
class Fold:
    """What the engine said of a fold's learners: rows for fitting (canonical phones given), and how well each recording fits
    its own text and another one (both as plain text, in nats per phone, less CHANCE_SHARE of what chance gives)."""

    rows: list[SentenceRow]
    right: list[float]
    wrong: list[float]
    withheld: int  # Recordings that the quality gate refused.


def is_another(a: str, b: str) -> bool:
    """Who reads "Lilly has a big toe" has read most of "Lilly has a big leg"."""
    shared = (Counter(a.split()) & Counter(b.split())).total()
    return 2 * shared <= min(len(a.split()), len(b.split()))


def wrong_pairs(utterances: list[Utterance], seed: int = 7) -> list[tuple[Utterance, Utterance]]:
    """Each recording with the text of another sentence of similar length (the nearest of 20 drawn), at most half of its words the same."""
    rng = random.Random(seed)
    pairs = []
    for u in utterances:
        drawn = [o for o in rng.sample(utterances, 20) if is_another(o.text, u.text)]
        pairs.append((u, min(drawn, key=lambda o: abs(len(o.text) - len(u.text)))))
    return pairs


def margin(document: dict) -> float:
    return document["fit"] - CHANCE_SHARE * document["chance_fit"]


def collect(args: argparse.Namespace, neutral: Path) -> list[Fold]:
    """Runs each fold's learners through the engine with the model that never saw them."""
    utterances = read_speechocean(args.learners)
    folds = []
    for number, speakers in enumerate(splits.learner_folds()):
        bundle = args.folds / f"fold{number}"
        attach(bundle, neutral)
        mine = [u for u in utterances if u.speaker in speakers][: args.limit]

        def scored(pairs: list[tuple[Utterance, str]], bundle: Path = bundle) -> dict[str, dict]:
            documents = analyse(args.program, bundle, [Task(name=u.name, audio=u.audio, text=t) for u, t in pairs], scorer="gop")
            return {name: d for name, d in documents.items() if d["verdict"] == "scored"}

        canonical = scored([(u, inline_text(u.words)) for u in mine])
        right = scored([(u, u.text.lower()) for u in mine])
        wrong = scored([(a, b.text.lower()) for a, b in wrong_pairs(mine)])
        folds.append(
            Fold(
                rows=[sentence_row(canonical[u.name], u, u.fluency) for u in mine if u.name in canonical],
                right=[margin(d) for d in right.values()],
                wrong=[margin(d) for d in wrong.values()],
                withheld=len(mine) - len(right),
            )
        )
        print(f"fold {number}: {len(mine)} sentences, {len(right)} scored", flush=True)
    return folds


def judge(folds: list[Fold], natives: list[SentenceRow]) -> dict:
    """Correlations on speakers that neither the model nor the calibration has seen. Words that were not found count as 0, and
    so do their phones."""
    phones, words, sentences, fluencies = [], [], [], []
    for number, test in enumerate(folds):
        c = fit_calibration([r for i, fold in enumerate(folds) if i != number for r in fold.rows], natives)
        for row in test.rows:
            p = c.predict(row)
            phones += [(row.speaker, s, t) for s, t in zip(p.phones, row.labels, strict=True)]
            phones += [(row.speaker, 0.0, label) for labels, _ in row.omitted for label in labels]
            words += [(row.speaker, s, w[2]) for s, w in zip(p.words, row.words, strict=True)]
            words += [(row.speaker, 0.0, label) for _, label in row.omitted]
            sentences.append((row.speaker, p.sentence, row.accuracy))
            fluencies.append((row.speaker, p.fluency, row.fluency))
    figures = {}
    for name, table in {"phone": phones, "word": words, "sentence": sentences, "fluency": fluencies}.items():
        speakers = np.array([t[0] for t in table])
        scores, labels = np.array([t[1] for t in table]), np.array([t[2] for t in table], dtype=float)
        figures[name] = {
            "pcc": round(pearson(scores, labels), 4),
            "interval": speaker_interval(speakers, scores, labels),
            "mse": round(float(((scores - labels) ** 2).mean()), 2),
            "count": len(table),
        }
    return figures


def edge_of(folds: list[Fold]) -> float:
    """The margin that RIGHT_PASS of the right pairs reach."""
    return float(np.quantile([fit for fold in folds for fit in fold.right], 1 - RIGHT_PASS))


def judge_text(folds: list[Fold]) -> dict:
    """Each fold judged by the edge of the other four."""
    caught, refused = [], []
    for number, test in enumerate(folds):
        edge = edge_of([f for i, f in enumerate(folds) if i != number])
        caught += [fit < edge for fit in test.wrong]
        refused += [fit < edge for fit in test.right]
    return {
        "caught": round(float(np.mean(caught)), 4),
        "refused": round(float(np.mean(refused)), 4),
        "right_pairs": len(refused),
        "wrong_pairs": len(caught),
        "withheld_by_the_quality_gate": sum(f.withheld for f in folds),
    }


def stress(seen: list[dict], held_out: list[dict]) -> tuple[tuple, float]:
    """Fitted on native readers that the acoustic model may know, judged by order on the held-out ones."""
    model, margin, _ = fit_prominence(np.concatenate([prominence_pairs(d) for d in seen]))
    pairs = np.concatenate([prominence_pairs(d) for d in held_out])
    return (model, margin), float((pairs @ model.weights > 0).mean())


def run(args: argparse.Namespace) -> None:
    neutral = args.out / "neutral.json"
    args.out.mkdir(parents=True, exist_ok=True)
    neutral.write_text(json.dumps(neutral_json(list(phone_names()))))
    folds = collect(args, neutral)
    rows = [r for fold in folds for r in fold.rows]
    attach(args.bundle, neutral)
    held_out = native_readings(args.program, args.bundle, args.native, held_out=True, limit=args.limit, scorer="gop")
    natives = [native_row(d, u.speaker) for u, d in held_out.items()]
    seen = native_readings(args.program, args.bundle, args.native, held_out=False, limit=args.limit, scorer="gop")
    prominence, order = stress(list(seen.values()), list(held_out.values()))
    shipped: Calibration = fit_calibration(rows, natives)
    edge = round(edge_of(folds), 4)
    text = {"chance_share": CHANCE_SHARE, "wrong_below": edge, "unsure_below": round(edge + UNSURE_ABOVE_WRONG, 4)}
    document = as_json(shipped, rows, prominence, text)
    path = args.out / "calibration.json"
    path.write_text(json.dumps(document, indent=1) + "\n")
    attach(args.bundle, path)
    digest = {f"fold{i}": hashlib.sha256((args.folds / f"fold{i}" / "model.onnx").read_bytes()).hexdigest() for i in range(splits.FOLDS)}
    values = {
        "date": datetime.date.today().isoformat(),
        "sentences": len(rows),
        "speakers": len({r.speaker for r in rows}),
        "figures": judge(folds, natives),
        "wrong_text": judge_text(folds),
        "stress_order_held_out": round(order, 4),
        "models": digest,
    }
    records.write(args.out / "gop_folds.json", "python -m euphone_train.calibrate run", args.bundle, values, plain=True)
    print(json.dumps(values, indent=1))


def main() -> None:
    top = argparse.ArgumentParser(prog="python -m euphone_train.calibrate", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    fit = commands.add_parser("run", help="collect, fit, judge, write")
    fit.add_argument("--program", type=Path, required=True, help="the built euphone program")
    fit.add_argument("--learners", type=Path, required=True, help="speechocean762")
    fit.add_argument("--native", type=Path, required=True, help="mini LibriSpeech")
    fit.add_argument("--folds", type=Path, required=True, help="folder with bundles fold0 … fold4")
    fit.add_argument("--bundle", type=Path, required=True, help="the bundle that is shipped")
    fit.add_argument("--out", type=Path, required=True, help="folder for calibration.json and gop_folds.json")
    fit.add_argument("--limit", type=int, help="sentences per fold, for a quick look")
    fit.set_defaults(run=run)
    put = commands.add_parser("attach", help="put a calibration into a bundle and renew its digest")
    put.add_argument("bundle", type=Path)
    put.add_argument("calibration", type=Path)
    put.set_defaults(run=lambda a: attach(a.bundle, a.calibration))
    args = top.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
