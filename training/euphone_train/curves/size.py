"""The scorer's agreement with the raters by the number of speakers that it learned from.

In every fold, one scorer (seed 1) learns from each of the SHARES of the fold's training speakers, nested, and is judged on the fold's
held-out speakers. Fewer speakers make fewer steps an epoch, so one of two things can be the same for all: the `passes` over what there is
(then warm-up and schedule shrink with the data), or the optimiser's `steps` (then little data is seen many times). The first may train
small parts too little, the second too much. With all speakers both are the first member of the fold's ensemble, which is taken as it
is where it has been trained.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from euphone_train.data import splits
from euphone_train.data.corpora import Utterance, read_speechocean

if TYPE_CHECKING:
    from euphone_train.models.scorer import Scorer
    from euphone_train.score.fit import FitSpec
    from euphone_train.score.segments import Sentence

SHARES = (0.12, 0.25, 0.5, 1.0)
LEVELS = ("phone", "word accuracy", "sentence total")
RESULTS = Path(__file__).resolve().parents[2] / "results" / "data_size.json"
_FIT_SEED = 1


def schedule(same: str, sentences: int, of: int, spec: FitSpec) -> FitSpec:
    """`spec`, which is meant for `of` sentences, for fewer of them: with the same "passes" or the same "steps"."""
    ratio = math.ceil(of / spec.batch) / math.ceil(sentences / spec.batch)
    if same == "steps":
        return replace(spec, epochs=round(spec.epochs * ratio))
    return replace(spec, warmup_steps=max(1, round(spec.warmup_steps / ratio)))


def _scorer(folder: Path, spec: FitSpec, train: list[Sentence]) -> Scorer:
    from euphone_train.score.fit import Fit, trained

    try:
        return trained(folder, spec)
    except ValueError:
        return Fit(folder, spec, _FIT_SEED, train, []).run()


def _fold(args: argparse.Namespace, fold: int, utterances: list[Utterance]) -> list[dict]:
    """By share: how many speakers and sentences, and the agreement."""
    from euphone_train.score import segments
    from euphone_train.score.fit import FitSpec
    from euphone_train.score.judge import predict, summary

    spec, unheard = FitSpec.read(args.config), splits.learner_folds()[fold]
    spec = replace(spec, model=replace(spec.model, ear=False))  # Whose ear learned from all of them would know more than the share tells.
    train, held_out = segments.for_fold(args.program, args.folds / f"fold{fold}", utterances, args.work / "segments", fold)
    subsets = splits.nested_subsets([u for u in utterances if u.speaker not in unheard], SHARES, args.seed)
    rows = []
    for share, speakers in zip(SHARES, subsets, strict=True):
        part = [s for s in train if s.speaker in speakers]
        name = f"{args.same}{round(100 * share)}-seed{args.seed}/fold{fold}"
        fitted = schedule(args.same, len(part), len(train), spec)
        figures = summary(predict(_scorer(args.work / name, fitted, part), held_out), held_out)
        rows.append({"speakers": len(speakers), "sentences": len(part), "epochs": fitted.epochs} | {k: figures[k] for k in LEVELS})
        print(json.dumps({"fold": fold} | rows[-1]), flush=True)
    return rows


def together(folds: list[list[dict]]) -> list[dict]:
    """By share, the mean over the folds and what each fold has."""
    table = []
    for share, rows in zip(SHARES, zip(*folds, strict=True), strict=True):
        entry = {"share": share, "speakers": rows[0]["speakers"], "epochs": [r["epochs"] for r in rows]}
        entry["sentences"] = [r["sentences"] for r in rows]
        for level in LEVELS:
            values = [r[level] for r in rows]
            spread = round(float(np.std(values, ddof=1)), 4)
            entry[level] = {"mean": round(float(np.mean(values)), 4), "standard_deviation": spread, "folds": values}
        table.append(entry)
    return table


def recorded(file: Path, made_of: dict) -> dict:
    """What `file` has under "values", where it was made of the same segments and draw; else nothing."""
    record = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return record["values"] if {k: record.get(k) for k in made_of} == made_of else {}


def run(args: argparse.Namespace) -> None:
    """Trains what is missing in `args.work` and writes `args.out`; a run that was stopped goes on after its last epoch."""
    import torch

    from euphone_train.score import segments

    torch.set_num_threads(args.threads)
    utterances = read_speechocean(args.learners)
    table = together([_fold(args, fold, utterances) for fold in range(splits.FOLDS)])
    digests = {f"fold{f}": segments.digest(args.folds / f"fold{f}", utterances) for f in range(splits.FOLDS)}
    made_of = {"made_by": "python -m euphone_train.curves size", "segments": digests, "seed": args.seed}
    values = recorded(args.out, made_of) | {"date": datetime.date.today().isoformat(), args.same: table}
    args.out.write_text(json.dumps(made_of | {"values": values}, indent=1) + "\n", encoding="utf-8")
