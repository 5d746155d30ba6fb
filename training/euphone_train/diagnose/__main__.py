"""Which phone was said instead, and when to say so.

`fit`: the ear for one fold (its learners left out) or, without --fold, for all learners; `score export` puts it into a bundle. `limits`:
from where on something is claimed, into calibration.json of the shipped bundle and those of the folds. `judge`: the ear against the
plain reading, and how the claims agree with the raters, on learners that no model has heard; writes training/results/diagnosis_folds.json.
"""

from __future__ import annotations

import argparse
import datetime
import json
from pathlib import Path

import numpy as np
import torch

from euphone_train import records
from euphone_train.calibrate.attach import attach_document, read_calibration
from euphone_train.data import splits
from euphone_train.data.corpora import read_speechocean
from euphone_train.diagnose import certain, compare, rows, spoken
from euphone_train.diagnose.batches import hear
from euphone_train.diagnose.fit import EarFit, EarFitSpec, trained
from euphone_train.diagnose.settle import Settled

_TRAINING = Path(__file__).resolve().parents[2]
LEVELS = (("phone", certain.PHONE_TERMS, certain.PHONE_EDGES), ("word", certain.WORD_TERMS, certain.WORD_EDGES))


def learner_sentences(args: argparse.Namespace, bundle: Path, spec: EarFitSpec, fold: int | None) -> tuple[list, list]:
    """(to learn from, held out) of spoiled texts."""
    utterances = read_speechocean(args.learners)[:: spec.stride]
    everything = spoken.build(args.program, bundle, utterances, spec.synthesis, spec.variants, args.work / "spoken")
    return splits.parted(everything, fold)


def native_sentences(args: argparse.Namespace, bundle: Path, spec: EarFitSpec) -> list[spoken.Spoken]:
    utterances = spoken.native_utterances(args.program, bundle, args.native, spec.native_readings)
    return spoken.build(args.program, bundle, utterances, spec.synthesis, spec.variants, args.work / "spoken")


def _fit(args: argparse.Namespace) -> None:
    spec = EarFitSpec.read(args.config)
    train, _ = learner_sentences(args, args.bundle, spec, args.fold)
    EarFit(args.work / splits.fold_name(args.fold), spec, train + native_sentences(args, args.bundle, spec)).run()


def compared(args: argparse.Namespace) -> dict[str, dict]:
    """Means over the folds, each on its own learners; the plain reading's temperature is that of the fold's other learners."""
    spec, found = EarFitSpec.read(args.config), []
    for fold in range(splits.FOLDS):
        train, held_out = learner_sentences(args, args.folds / splits.fold_name(fold), spec, fold)
        ear = trained(args.work / splits.fold_name(fold), spec)
        by = Settled(float(ear.sharpness), float(ear.trust))
        found.append(compare.compare(*hear(ear, held_out), held_out, by, compare.plain_settled(train)))
    return {
        who: {k: round(float((np.sum if who == "counts" else np.mean)([f[who][k] for f in found])), 4) for k in found[0][who]}
        for who in found[0]
    }


def tables(args: argparse.Namespace) -> dict[str, rows.Rows]:
    found = rows.by_fold(args.program, args.folds, read_speechocean(args.learners), args.work / "documents")
    text = read_calibration(args.bundle)["text"]
    return {"phone": rows.phones_of(found, text), "word": rows.words_of(found, text)}


def rule_of(items: rows.Rows, edges: tuple[float, float], among: np.ndarray | None = None) -> certain.Rule:
    used = items.evident if among is None else items.evident & among
    return certain.rule_for(items.terms[used], items.marks[used], edges)


def _limits(args: argparse.Namespace) -> None:
    items = tables(args)
    section = {level: rule_of(items[level], edges).as_json(terms) for level, terms, edges in LEVELS} | {
        "naming": certain.NAMING,
        "least_snr_db": certain.LEAST_SNR_DB,
    }
    for bundle in (args.bundle, *(args.folds / splits.fold_name(fold) for fold in range(splits.FOLDS))):
        attach_document(bundle, read_calibration(bundle) | {"diagnosis": section})
    print(json.dumps(section, indent=1))


def cross_validated(items: rows.Rows, edges: tuple[float, float]) -> dict:
    """Each fold's items under the rule of the other four folds."""
    claims = np.zeros(len(items.marks), dtype=int)
    for fold in range(splits.FOLDS):
        here = items.folds == fold
        claims[here] = rule_of(items, edges, ~here).claims(items.terms[here]) * items.evident[here]
    folds = [certain.kept(claims[f], items.marks[f], edges, items.speakers[f], rounds=1) for f in _folds(items)]
    together = certain.kept(claims, items.marks, edges, items.speakers)
    return together | {"folds": [f["agreement"] for f in folds], "unsure": round(1 - together["share"], 4)}


def _folds(items: rows.Rows) -> list[np.ndarray]:
    return [items.folds == fold for fold in range(splits.FOLDS)]


def _judge(args: argparse.Namespace) -> None:
    items = tables(args)
    values = {"date": datetime.date.today().isoformat(), "heard": compared(args)}
    values |= {"certain": {level: cross_validated(items[level], edges) for level, _, edges in LEVELS}}
    records.write(args.out, "python -m euphone_train.diagnose judge", args.bundle, values)
    print(json.dumps(values, indent=1))


def main() -> None:
    top = argparse.ArgumentParser(prog="python -m euphone_train.diagnose", description=__doc__)
    top.add_argument("--config", type=Path, default=_TRAINING / "configs" / "diagnose.toml")
    top.add_argument("--work", type=Path, required=True, help="folder of the runs")
    top.add_argument("--learners", type=Path, required=True, help="speechocean762")
    top.add_argument("--native", type=Path, help="mini LibriSpeech")
    top.add_argument("--program", type=Path, required=True, help="the built euphone program, which aligns")
    top.add_argument("--threads", type=int, default=1)
    commands = top.add_subparsers(dest="command", required=True)
    fit = commands.add_parser("fit", help="train the ear")
    fit.add_argument("bundle", type=Path, help="the bundle whose acoustic model describes the speech")
    fit.add_argument("--fold", type=int, choices=range(splits.FOLDS), help="leave these learners out")
    fit.set_defaults(run=_fit)
    limits = commands.add_parser("limits", help="write the diagnosis section of calibration.json")
    limits.add_argument("bundle", type=Path)
    limits.add_argument("--folds", type=Path, required=True, help="folder with bundles fold0 … fold4")
    limits.set_defaults(run=_limits)
    judge = commands.add_parser("judge", help="on held-out learners: the ear, and how claims agree with the raters")
    judge.add_argument("bundle", type=Path, help="the shipped bundle, which the folds' figures stand for")
    judge.add_argument("--folds", type=Path, required=True, help="folder with bundles fold0 … fold4")
    judge.add_argument("--out", type=Path, default=_TRAINING / "results" / "diagnosis_folds.json")
    judge.set_defaults(run=_judge)
    args = top.parse_args()
    torch.set_num_threads(args.threads)
    args.run(args)


if __name__ == "__main__":
    main()
