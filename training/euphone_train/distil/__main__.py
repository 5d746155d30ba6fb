"""`python -m euphone_train.distil`: teach a small streaming model what a larger one knows."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from euphone_train.data import splits
from euphone_train.distil import targets
from euphone_train.distil.run import Distillation, DistilSpec, averaged_student, pruned_student
from euphone_train.export.bundle import add_live, write_bundle
from euphone_train.models.streaming import StreamingModel
from euphone_train.train.checkpoint import averaged_model
from euphone_train.train.setup import Material, Paths

_TRAINING = Path(__file__).resolve().parents[2]


def _prune(args: argparse.Namespace) -> None:
    material = Material(Paths.read(args.paths))
    spec, teacher = DistilSpec.read(args.config), averaged_model(material.paths.work / args.teacher / "state.pt")
    Distillation(
        material.paths.work / args.name,
        spec,
        material,
        (args.teacher, targets.of_model(teacher)),
        frozenset(),
        lambda: pruned_student(spec.student, teacher, material),
    ).run()


def _adapt(args: argparse.Namespace) -> None:
    material = Material(Paths.read(args.paths))
    spec = DistilSpec.read(args.config)
    Distillation(
        material.paths.work / args.name,
        spec,
        material,
        (f"bundle-{args.teacher.name}", targets.of_bundle(args.teacher)),
        frozenset() if args.fold is None else splits.learner_folds()[args.fold],
        lambda: averaged_student(material.paths.work / args.parent / "state.pt", spec.student),
    ).run()


def _student(args: argparse.Namespace) -> StreamingModel:
    return averaged_student(Paths.read(args.paths).work / args.name / "state.pt", DistilSpec.read(args.config).student)


def _bundle(args: argparse.Namespace) -> None:
    write_bundle(_student(args), args.folder, args.bundle_config, args.licences, [])


def _live(args: argparse.Namespace) -> None:
    add_live(_student(args), args.folder)


def main() -> None:
    top = argparse.ArgumentParser(prog="python -m euphone_train.distil", description=__doc__)
    top.add_argument("--paths", type=Path, default=Path("paths.toml"), help="TOML file that says where the data lies")
    top.add_argument("--threads", type=int, default=2)
    commands = top.add_subparsers(dest="command", required=True)
    prune = commands.add_parser("prune", help="begin with a pruned teacher and teach it on native speech; goes on where it was stopped")
    adapt = commands.add_parser("adapt", help="teach a student what a bundle's model says; goes on where it was stopped")
    for command, run in ((prune, _prune), (adapt, _adapt)):
        command.add_argument("config", type=Path)
        command.add_argument("name", help="folder of the run, below the work folder")
        command.set_defaults(run=run)
    prune.add_argument("--teacher", required=True, help="run of the large model")
    adapt.add_argument("--parent", required=True, help="student run that it goes on from")
    adapt.add_argument("--teacher", type=Path, required=True, help="bundle folder of the large model")
    adapt.add_argument("--fold", type=int, choices=range(splits.FOLDS), help="leave these learners out")
    bundle = commands.add_parser("bundle", help="write a student as an int8 bundle folder")
    live = commands.add_parser("live", help="put a student into a bundle as what it hears live speech with")
    for command, run in ((bundle, _bundle), (live, _live)):
        command.add_argument("config", type=Path, help="that of its training")
        command.add_argument("name", help="its run")
        command.add_argument("folder", type=Path)
        command.set_defaults(run=run)
    bundle.add_argument("--bundle-config", type=Path, default=_TRAINING / "configs" / "bundle-tiny.toml")
    bundle.add_argument("--licences", type=Path, default=_TRAINING / "licences")
    args = top.parse_args()
    torch.set_num_threads(args.threads)
    args.run(args)


if __name__ == "__main__":
    main()
