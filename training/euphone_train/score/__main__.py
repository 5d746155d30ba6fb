"""Trains and judges the learned scorer on top of finished bundles.

`fit`: the members for one fold (its learners left out) or, without --fold, for all learners. `export`: puts members into a bundle.
`calibrate`: from their answers to the scale that people read, for the shipped bundle and those of the folds. `judge`: the program with
the fold bundles on the learners that neither scorer nor acoustic model has heard; writes training/results/score_folds.json.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from euphone_train import records
from euphone_train.data import splits
from euphone_train.data.corpora import read_speechocean
from euphone_train.diagnose.fit import EarFitSpec
from euphone_train.diagnose.fit import trained as trained_ear
from euphone_train.joint.bundle import tuned
from euphone_train.joint.run import JointSpec
from euphone_train.models.ear import Ear
from euphone_train.models.ensemble import ScorerEnsemble
from euphone_train.models.scorer import Scorer
from euphone_train.score import curves, export, folds, golden, raters, segments
from euphone_train.score.fit import Fit, FitSpec, trained
from euphone_train.score.judge import columns, mean_of, predict
from euphone_train.score.scale import attach_learned, native_medians

_TRAINING = Path(__file__).resolve().parents[2]


def ear(args: argparse.Namespace, fold: int | None) -> Ear | None:
    return trained_ear(args.ear / splits.fold_name(fold), EarFitSpec.read(args.ear_config)) if args.ear else None


def sentences_for(args: argparse.Namespace, bundle: Path, fold: int | None) -> tuple[list[segments.Sentence], list[segments.Sentence]]:
    """(to learn from, held out), with what the ear of the fold heard, if members read that."""
    parts = segments.for_fold(args.program, bundle, read_speechocean(args.learners), args.work / "segments", fold)
    heard = ear(args, fold) if FitSpec.read(args.config).model.ear else None
    return parts if heard is None else tuple(segments.heard_by(heard, part) for part in parts)


def _fit(args: argparse.Namespace) -> None:
    train, held_out = sentences_for(args, args.bundle, args.fold)
    for seed in range(1, args.members + 1):
        Fit(args.work / splits.fold_name(args.fold) / f"member{seed}", FitSpec.read(args.config), seed, train, held_out).run()


def members(args: argparse.Namespace, fold: int | None) -> list[Scorer]:
    """Those that were fitted, and those that were tuned along with the encoder."""
    name, spec, joint = splits.fold_name(fold), FitSpec.read(args.config), JointSpec.read(args.tuned_config)
    fitted = [trained(args.work / name / f"member{seed}", spec) for seed in range(1, args.members + 1)]
    return fitted + [scorer for run in args.tuned for scorer in tuned(run.parent / f"{run.name}-{name}", joint).scorers]


def held_out_scores(args: argparse.Namespace) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """By score: what the members say of the learners of their fold, and what the raters said."""
    tables = []
    for fold in range(splits.FOLDS):
        _, held_out = sentences_for(args, args.folds / splits.fold_name(fold), fold)
        tables.append(columns(mean_of([predict(m, held_out) for m in members(args, fold)]), held_out))
    return {k: tuple(np.concatenate([t[k][i] for t in tables]) for i in range(2)) for k in tables[0]}


def _calibrate(args: argparse.Namespace) -> None:
    scores = held_out_scores(args)
    phones = tuple(50 * v for v in scores["phone"])
    words = tuple(10 * v for v in scores["word accuracy"])
    section = curves.learned_section(phones, words, native_medians(args.program, args.bundle, args.native), args.phone_stretch)
    attach_learned(args.bundle, args.folds, section)


def _judge(args: argparse.Namespace) -> None:
    """Recorded with the digest of the bundle that the folds stand for (tools/figures reads it)."""
    values = folds.judge(args.program, args.folds, args.learners, read_speechocean(args.learners), args.work / "judged")
    models = {
        splits.fold_name(f): hashlib.sha256((args.folds / splits.fold_name(f) / "scorer.onnx").read_bytes()).hexdigest()
        for f in range(splits.FOLDS)
    }
    kept = {"date": datetime.date.today().isoformat()} | values | {"scorers": models}
    records.write(args.out, "python -m euphone_train.score judge", args.bundle, kept)
    print(json.dumps(values, indent=1))


def _golden(args: argparse.Namespace) -> None:
    model = ScorerEnsemble(members(args, None), ear(args, None)).eval()
    golden.write(args.program, args.bundle, model, _TRAINING.parent / "samples", args.out)


def _export(args: argparse.Namespace) -> None:
    export.write(members(args, args.fold), args.bundle, ear(args, args.fold))


def main() -> None:
    top = argparse.ArgumentParser(prog="python -m euphone_train.score", description=__doc__)
    top.add_argument("--config", type=Path, default=_TRAINING / "configs" / "score.toml")
    top.add_argument("--work", type=Path, required=True, help="folder of the runs")
    top.add_argument("--learners", type=Path, help="speechocean762")
    top.add_argument("--program", type=Path, help="the built euphone program, which aligns")
    top.add_argument("--members", type=int, default=6, help="of the ensemble")
    top.add_argument(
        "--tuned", type=Path, action="append", default=[], help="run of euphone_train.joint (without -all …) whose scorers join"
    )
    top.add_argument("--tuned-config", type=Path, default=_TRAINING / "configs" / "joint.toml")
    top.add_argument("--ear", type=Path, help="folder of the runs of euphone_train.diagnose, whose ears the members read")
    top.add_argument("--ear-config", type=Path, default=_TRAINING / "configs" / "diagnose.toml")
    top.add_argument("--threads", type=int, default=1)
    commands = top.add_subparsers(dest="command", required=True)
    fit = commands.add_parser("fit", help="train the members")
    fit.add_argument("bundle", type=Path, help="the bundle whose acoustic model describes the speech")
    fit.add_argument("--fold", type=int, choices=range(splits.FOLDS), help="leave these learners out")
    fit.set_defaults(run=_fit)
    scale = commands.add_parser("calibrate", help="write the learned section of calibration.json")
    scale.add_argument("bundle", type=Path)
    scale.add_argument("--folds", type=Path, required=True, help="folder with bundles fold0 … fold4")
    scale.add_argument("--phone-stretch", type=float, default=curves.PHONE_STRETCH, help="how far poor phones are stretched, 0 to 1")
    scale.add_argument("--native", type=Path, required=True, help="mini LibriSpeech")
    scale.set_defaults(run=_calibrate)
    judge = commands.add_parser("judge", help="agreement with the raters on held-out learners")
    judge.add_argument("bundle", type=Path, help="the shipped bundle, which the folds' figures stand for")
    judge.add_argument("--folds", type=Path, required=True, help="folder with bundles fold0 … fold4")
    judge.add_argument("--out", type=Path, default=_TRAINING / "results" / "score_folds.json")
    judge.set_defaults(run=_judge)
    people = commands.add_parser("raters", help="how far the raters agree with each other")
    people.set_defaults(run=lambda a: print(json.dumps(raters.agreement(a.learners), indent=1)))
    samples = commands.add_parser("golden", help="what PyTorch says of the samples, for the program's tests")
    samples.add_argument("bundle", type=Path)
    samples.add_argument("--out", type=Path, default=_TRAINING.parent / "tests" / "integration" / "scorer_golden.json")
    samples.set_defaults(run=_golden)
    write = commands.add_parser("export", help="put the members into a bundle")
    write.add_argument("bundle", type=Path)
    write.add_argument("--fold", type=int, choices=range(splits.FOLDS))
    write.set_defaults(run=_export)
    args = top.parse_args()
    if args.command in ("fit", "calibrate", "export", "golden") and FitSpec.read(args.config).model.ear and not args.ear:
        top.error(f"{args.command} needs --ear: the members of {args.config.name} read what it heard")
    torch.set_num_threads(args.threads)
    args.run(args)


if __name__ == "__main__":
    main()
