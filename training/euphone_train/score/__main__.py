"""Trains and judges the learned scorer on top of finished bundles.

`fit`: the members for one fold (its learners left out) or, without --fold, for all learners. `judge`: what the fold members say of the
learners that neither they nor their acoustic model have heard. `export`: puts members into a bundle.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from euphone_train.data import splits
from euphone_train.data.corpora import read_speechocean
from euphone_train.models.scorer import Scorer
from euphone_train.score import export, segments
from euphone_train.score.fit import Fit, FitSpec, trained
from euphone_train.score.judge import columns, mean_of, pearson, predict, summary

_TRAINING = Path(__file__).resolve().parents[2]


def name_of(fold: int | None) -> str:
    return "all" if fold is None else f"fold{fold}"


def sentences_for(args: argparse.Namespace, bundle: Path, fold: int | None) -> tuple[list[segments.Sentence], list[segments.Sentence]]:
    """(to learn from, held out)."""
    held_out = frozenset() if fold is None else splits.learner_folds()[fold]
    everything = segments.build(args.program, bundle, read_speechocean(args.learners), args.work / "segments")
    return [s for s in everything if s.speaker not in held_out], [s for s in everything if s.speaker in held_out]


def _fit(args: argparse.Namespace) -> None:
    train, held_out = sentences_for(args, args.bundle, args.fold)
    for seed in range(1, args.members + 1):
        Fit(args.work / name_of(args.fold) / f"member{seed}", FitSpec.read(args.config), seed, train, held_out).run()


def members(args: argparse.Namespace, fold: int | None) -> list[Scorer]:
    spec = FitSpec.read(args.config)
    return [trained(args.work / name_of(fold) / f"member{seed}", spec) for seed in range(1, args.members + 1)]


def _judge(args: argparse.Namespace) -> None:
    """Prints a JSON object: by fold, the mean of the folds, and all folds' items together."""
    by_fold, pooled = [], []
    for fold in range(splits.FOLDS):
        _, held_out = sentences_for(args, args.folds / f"fold{fold}", fold)
        predictions = mean_of([predict(m, held_out) for m in members(args, fold)])
        by_fold.append(summary(predictions, held_out))
        pooled.append(columns(predictions, held_out))
    together = {k: round(pearson(*(np.concatenate([t[k][i] for t in pooled]) for i in range(2))), 4) for k in pooled[0]}
    mean = {k: round(float(np.mean([f[k] for f in by_fold])), 4) for k in by_fold[0]}
    print(json.dumps({"mean of folds": mean, "folds together": together, "folds": by_fold}, indent=1))


def _export(args: argparse.Namespace) -> None:
    export.write(members(args, args.fold), args.bundle)


def main() -> None:
    top = argparse.ArgumentParser(prog="python -m euphone_train.score", description=__doc__)
    top.add_argument("--config", type=Path, default=_TRAINING / "configs" / "score.toml")
    top.add_argument("--work", type=Path, required=True, help="folder of the runs")
    top.add_argument("--learners", type=Path, help="speechocean762")
    top.add_argument("--program", type=Path, help="the built euphone program, which aligns")
    top.add_argument("--members", type=int, default=6, help="of the ensemble")
    top.add_argument("--threads", type=int, default=1)
    commands = top.add_subparsers(dest="command", required=True)
    fit = commands.add_parser("fit", help="train the members")
    fit.add_argument("bundle", type=Path, help="the bundle whose acoustic model describes the speech")
    fit.add_argument("--fold", type=int, choices=range(splits.FOLDS), help="leave these learners out")
    fit.set_defaults(run=_fit)
    judge = commands.add_parser("judge", help="agreement with the raters on held-out learners")
    judge.add_argument("folds", type=Path, help="folder with bundles fold0 … fold4")
    judge.set_defaults(run=_judge)
    write = commands.add_parser("export", help="put the members into a bundle")
    write.add_argument("bundle", type=Path)
    write.add_argument("--fold", type=int, choices=range(splits.FOLDS))
    write.set_defaults(run=_export)
    args = top.parse_args()
    torch.set_num_threads(args.threads)
    args.run(args)


if __name__ == "__main__":
    main()
