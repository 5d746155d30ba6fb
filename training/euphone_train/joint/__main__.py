"""`python -m euphone_train.joint`: tune encoder and scorers together on the marks.

`prepare` aligns the rated sentences with a bundle and lets its ear listen; `fit` tunes from there, with or without a fold's learners,
into the run NAME-fold0 … or NAME-all; `average` makes one acoustic model of such runs; `bundle` puts the model before tuning
beside it, in a copy of a finished bundle, whose scale it keeps.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

import torch

from euphone_train.data import splits
from euphone_train.data.audio_cache import AudioCache
from euphone_train.data.corpora import read_speechocean
from euphone_train.data.pool import AugmentedPool
from euphone_train.diagnose.fit import EarFitSpec
from euphone_train.diagnose.fit import trained as trained_ear
from euphone_train.distil.run import averaged_student
from euphone_train.export.bundle import with_blank_bias, write_bundle
from euphone_train.joint import bundle, material
from euphone_train.joint.net import JointModel
from euphone_train.joint.run import JointRun, JointSpec
from euphone_train.models.acoustic import AcousticModel
from euphone_train.models.ear import Ear
from euphone_train.models.ensemble import ScorerEnsemble
from euphone_train.models.scorer import Scorer
from euphone_train.models.streaming import StreamingModel
from euphone_train.score.fit import FitSpec, trained
from euphone_train.train.checkpoint import blended_model
from euphone_train.train.setup import Paths

_TRAINING = Path(__file__).resolve().parents[2]
_POOL_SEED = 1  # Of the augmented copies, which all runs share.


def _ear(args: argparse.Namespace) -> Ear | None:
    return trained_ear(args.ear / splits.fold_name(args.fold), EarFitSpec.read(args.ear_config)) if args.ear else None


def _tuned(args: argparse.Namespace) -> list[JointModel]:
    spec = JointSpec.read(args.config)
    return [bundle.tuned(args.work / f"{run}-{splits.fold_name(args.fold)}", spec) for run in args.runs]


def _prepare(args: argparse.Namespace) -> None:
    file = args.work / f"rated-{splits.fold_name(args.fold)}.pt"
    args.work.mkdir(parents=True, exist_ok=True)
    material.build(args.program, args.bundle, read_speechocean(args.learners), _ear(args), args.segments, file)


def _before(args: argparse.Namespace) -> AcousticModel | StreamingModel:
    """The model that tuning starts from."""
    work, spec = Paths.read(args.paths).work, JointSpec.read(args.config)
    state = work / args.parent / "state.pt"
    return averaged_student(state, spec.student) if spec.student else blended_model(state, work / args.blend / "state.pt", args.share)


def _members(args: argparse.Namespace, folder: Path, count: int) -> list[Scorer]:
    fit = FitSpec.read(args.score_config)
    return [trained(folder / splits.fold_name(args.fold) / f"member{seed}", fit) for seed in range(1, count + 1)]


def _start(args: argparse.Namespace, spec: JointSpec) -> JointModel:
    """Fresh scorers, or those that learned from the model as it is."""
    acoustic = _before(args)
    torch.manual_seed(spec.seed)
    if not args.score:
        return JointModel(acoustic, [Scorer(spec.model) for _ in range(spec.members)])
    return JointModel(acoustic, _members(args, args.score, spec.members))


def _fit(args: argparse.Namespace) -> None:
    spec = JointSpec.of(tomllib.loads(args.config.read_text(encoding="utf-8")) | ({"seed": args.seed} if args.seed else {}))
    paths = Paths.read(args.paths)
    start = _start(args, spec)
    utterances = read_speechocean(paths.learners)
    pcm = AudioCache.build(paths.work / "cache", "learners", utterances)
    pool = AugmentedPool(paths.work / "pools", pcm, [u.name for u in utterances], spec.augment, spec.variants, _POOL_SEED)
    parts = splits.parted(material.read(args.work / f"rated-{splits.fold_name(args.fold)}.pt"), args.fold)
    JointRun(args.work / f"{args.name}-{splits.fold_name(args.fold)}", spec, start, pool, parts, args.device).run()


def _bundle(args: argparse.Namespace) -> None:
    members = _members(args, args.score, args.members) + [scorer for m in _tuned(args) for scorer in m.scorers]
    further = JointModel(_before(args), _members(args, args.before_score, args.members)).eval()
    parts = bundle.Parts(standard=ScorerEnsemble(members, _ear(args)), further=[further])
    bundle.write(args.base, parts, args.folder, args.bundle_config, args.licences)


def _average(args: argparse.Namespace) -> None:
    model = bundle.mixed(bundle.averaged(_tuned(args)), _before(args), args.before)
    write_bundle(with_blank_bias(model, args.blank_bias), args.folder, args.bundle_config, args.licences, [])


def main() -> None:
    top = argparse.ArgumentParser(prog="python -m euphone_train.joint", description=__doc__)
    top.add_argument("--work", type=Path, required=True, help="folder of the runs")
    top.add_argument("--threads", type=int, default=1)
    commands = top.add_subparsers(dest="command", required=True)
    prepare = commands.add_parser("prepare", help="align the learners' sentences with a bundle")
    prepare.add_argument("bundle", type=Path)
    prepare.add_argument("--learners", type=Path, required=True, help="speechocean762")
    prepare.add_argument("--program", type=Path, required=True, help="the built euphone program, which aligns")
    prepare.add_argument("--segments", type=Path, required=True, help="where euphone_train.score keeps its described sentences")
    prepare.set_defaults(run=_prepare)
    fit = commands.add_parser("fit", help="tune; goes on where it was stopped")
    fit.add_argument("name", help="folder of the run, below --work")
    fit.add_argument("--config", type=Path, default=_TRAINING / "configs" / "joint.toml")
    fit.add_argument("--seed", type=int, help="instead of the one of --config")
    fit.add_argument("--score", type=Path, help="folder of the runs of euphone_train.score whose members it starts with")
    fit.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    fit.set_defaults(run=_fit)
    large = commands.add_parser("bundle", help="put the model before tuning and its scorers beside those of a standard bundle")
    large.add_argument("base", type=Path, help="the standard bundle")
    large.add_argument("folder", type=Path)
    large.add_argument("--score", type=Path, required=True, help="folder of the runs of euphone_train.score")
    large.add_argument("--before-score", type=Path, required=True, help="the same for the model before tuning")
    large.add_argument("--members", type=int, default=6, help="of either scorer, without those that were tuned along")
    large.add_argument("--bundle-config", type=Path, default=_TRAINING / "configs" / "bundle-large.toml")
    large.set_defaults(run=_bundle)
    mean = commands.add_parser("average", help="write the mean of tuned acoustic models as a bundle, without a scorer")
    mean.add_argument("folder", type=Path)
    mean.add_argument("--before", type=float, default=0.0, help="share of the model before tuning in the mean")
    mean.add_argument("--blank-bias", type=float, default=0.0, help="added to the CTC logit of the blank")
    mean.add_argument("--bundle-config", type=Path, default=_TRAINING / "configs" / "bundle.toml")
    mean.set_defaults(run=_average)
    for command in (fit, mean, large):
        command.add_argument("--paths", type=Path, default=Path("paths.toml"), help="TOML file that says where the data lies")
        command.add_argument("--parent", required=True, help="run of euphone-train that tuning started from")
        command.add_argument("--blend", default="frames", help="run to blend in: the one that --parent started from")
        command.add_argument("--share", type=float, default=0.4, help="of --parent in the blend")
    for command in (mean, large):
        command.add_argument("--runs", nargs="+", required=True, help="tuned runs, without -all or -fold0 … at their ends")
        command.add_argument("--config", type=Path, default=_TRAINING / "configs" / "joint.toml")
        command.add_argument("--licences", type=Path, default=_TRAINING / "licences")
    for command in (fit, large):
        command.add_argument("--score-config", type=Path, default=_TRAINING / "configs" / "score.toml")
    for command in (prepare, large):
        command.add_argument("--ear", type=Path, help="folder of the runs of euphone_train.diagnose")
        command.add_argument("--ear-config", type=Path, default=_TRAINING / "configs" / "diagnose.toml")
    for command in (prepare, fit, mean, large):
        command.add_argument("--fold", type=int, choices=range(splits.FOLDS), help="leave these learners out")
    args = top.parse_args()
    torch.set_num_threads(args.threads)
    args.run(args)


if __name__ == "__main__":
    main()
