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
from pathlib import Path

import numpy as np

from euphone_train.calibrate.attach import attach
from euphone_train.calibrate.engine import Task, analyse, inline_text
from euphone_train.calibrate.fit import pcc, speaker_interval
from euphone_train.calibrate.model import Calibration, as_json, fit_calibration, fit_prominence, neutral_json
from euphone_train.calibrate.rows import SentenceRow, prominence_pairs, sentence_row
from euphone_train.data import splits
from euphone_train.data.corpora import Utterance, read_mini_librispeech, read_speechocean
from euphone_train.data.phones import phone_names

UNSURE_ABOVE_WRONG = 0.35  # nats per phone: readings that near the edge are shown as 'not sure'.


def wrong_pairs(utterances: list[Utterance], seed: int = 7) -> list[tuple[Utterance, Utterance]]:
    """Each recording with the text of another sentence of similar length (the nearest of 20 drawn)."""
    rng = random.Random(seed)
    pairs = []
    for u in utterances:
        drawn = [o for o in rng.sample(utterances, 20) if o.text != u.text]
        pairs.append((u, min(drawn, key=lambda o: abs(len(o.text) - len(u.text)))))
    return pairs


def collect(args: argparse.Namespace, neutral: Path) -> tuple[list[list[SentenceRow]], list[float]]:
    """Rows of each fold, and the fits of wrong pairs."""
    utterances = read_speechocean(args.learners)
    folds, wrong = [], []
    for number, speakers in enumerate(splits.learner_folds()):
        bundle = args.folds / f"fold{number}"
        attach(bundle, neutral)
        mine = [u for u in utterances if u.speaker in speakers][: args.limit]
        tasks = [Task(name=u.name, audio=u.audio, text=inline_text(u.words)) for u in mine]
        documents = analyse(args.program, bundle, tasks)
        scored = [u for u in mine if documents.get(u.name, {}).get("verdict") == "scored"]
        folds.append([sentence_row(documents[u.name], u, u.fluency) for u in scored])
        crossed = [Task(name=a.name, audio=a.audio, text=inline_text(b.words)) for a, b in wrong_pairs(mine)]
        wrong += [
            d["fit"] for d in analyse(args.program, bundle, crossed[::5]).values() if d["verdict"] == "scored"
        ]
        print(f"fold {number}: {len(mine)} sentences, {len(scored)} scored", flush=True)
    return folds, wrong


def judge(folds: list[list[SentenceRow]]) -> dict:
    """Correlations on speakers that neither the model nor the calibration has seen."""
    phones, words, sentences, fluencies = [], [], [], []
    for number, test in enumerate(folds):
        c = fit_calibration([r for i, rows in enumerate(folds) if i != number for r in rows])
        for row in test:
            p = c.predict(row)
            phones += [(row.speaker, s, t) for s, t in zip(p.phones, row.labels, strict=True)]
            words += [(row.speaker, s, w[2]) for s, w in zip(p.words, row.words, strict=True)]
            words += [(row.speaker, 0.0, label) for _, label in row.omitted]
            sentences.append((row.speaker, p.sentence, row.accuracy))
            fluencies.append((row.speaker, p.fluency, row.fluency))
    figures = {}
    for name, table in {"phone": phones, "word": words, "sentence": sentences, "fluency": fluencies}.items():
        speakers = np.array([t[0] for t in table])
        scores, labels = np.array([t[1] for t in table]), np.array([t[2] for t in table], dtype=float)
        figures[name] = {
            "pcc": round(pcc(scores, labels), 4),
            "interval": speaker_interval(speakers, scores, labels),
            "mse": round(float(((scores - labels) ** 2).mean()), 2),
            "count": len(table),
        }
    return figures


def text_edges(right: list[float], wrong: list[float]) -> tuple[dict, dict]:
    """The edge that lets 99 % of right pairs pass, and what it catches."""
    edge = float(np.quantile(right, 0.01))
    caught, refused = float((np.array(wrong) < edge).mean()), float((np.array(right) < edge).mean())
    figures = {
        "edge": round(edge, 4),
        "caught": round(caught, 4),
        "refused": round(refused, 4),
        "right_pairs": len(right),
        "wrong_pairs": len(wrong),
    }
    return {"wrong_below": round(edge, 4), "unsure_below": round(edge + UNSURE_ABOVE_WRONG, 4)}, figures


def stress(args: argparse.Namespace, bundle: Path) -> tuple[tuple, float]:
    """Fitted on native readers that the acoustic model may know, judged by order on the held-out ones."""
    native, dev = read_mini_librispeech(args.native), splits.native_dev_speakers()
    pairs = {}
    for held_out in (False, True):
        mine = [u for u in native if (u.speaker in dev) == held_out][: args.limit or 300]
        documents = analyse(
            args.program, bundle, [Task(name=u.name, audio=u.audio, text=u.text.lower()) for u in mine]
        )
        pairs[held_out] = np.concatenate(
            [prominence_pairs(d) for d in documents.values() if d["verdict"] == "scored"]
        )
    model, margin, _ = fit_prominence(pairs[False])
    return (model, margin), float((pairs[True] @ model.weights > 0).mean())


def run(args: argparse.Namespace) -> None:
    neutral = args.out / "neutral.json"
    args.out.mkdir(parents=True, exist_ok=True)
    neutral.write_text(json.dumps(neutral_json(list(phone_names()))))
    folds, wrong = collect(args, neutral)
    rows = [r for fold in folds for r in fold]
    text, text_figures = text_edges([r.fit for r in rows], wrong)
    attach(args.bundle, neutral)
    prominence, order = stress(args, args.bundle)
    shipped: Calibration = fit_calibration(rows)
    document = as_json(shipped, rows, prominence, text)
    path = args.out / "calibration.json"
    path.write_text(json.dumps(document, indent=1) + "\n")
    attach(args.bundle, path)
    digest = {
        f"fold{i}": hashlib.sha256((args.folds / f"fold{i}" / "model.onnx").read_bytes()).hexdigest()
        for i in range(splits.FOLDS)
    }
    report = {
        "made_by": "python -m euphone_train.calibrate run",
        "date": datetime.date.today().isoformat(),
        "sentences": len(rows),
        "speakers": len({r.speaker for r in rows}),
        "figures": judge(folds),
        "wrong_text": text_figures,
        "stress_order_held_out": round(order, 4),
        "models": digest,
        "calibration": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    (args.out / "gop_folds.json").write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report, indent=1))


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
