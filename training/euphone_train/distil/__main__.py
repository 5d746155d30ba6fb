"""`python -m euphone_train.distil`: teach a small streaming model what a larger one knows."""

from __future__ import annotations

import argparse
import copy
from pathlib import Path

import torch

from euphone_train.data import splits
from euphone_train.distil import targets
from euphone_train.distil.run import Distillation, DistilSpec, averaged_student, pruned_student
from euphone_train.export.bundle import with_blank_bias, write_bundle
from euphone_train.models.acoustic import AcousticModel
from euphone_train.models.streaming import StreamingModel
from euphone_train.train.checkpoint import averaged_model, blended_model
from euphone_train.train.setup import Material, Paths

_TRAINING = Path(__file__).resolve().parents[2]


def _run(args: argparse.Namespace) -> None:
    material = Material(Paths.read(args.paths))
    work, spec = material.paths.work, DistilSpec.read(args.config)
    name, teacher, model = _teacher(args, work)

    def start() -> StreamingModel:
        if args.parent:
            return averaged_student(work / args.parent / "state.pt", spec.student)
        return pruned_student(spec.student, copy.deepcopy(model).cpu(), material)

    Distillation(work / args.name, spec, material, (name, teacher), splits.left_out(args.fold), start, args.device).run()


def _teacher(args: argparse.Namespace, work: Path) -> tuple[str, targets.Teacher, AcousticModel | None]:
    """Its name, its answers and, if it is a run, the model."""
    if (Path(args.teacher) / "manifest.json").is_file():
        return f"bundle-{Path(args.teacher).name}", targets.of_bundle(Path(args.teacher)), None
    state = work / args.teacher / "state.pt"
    model = blended_model(state, work / args.blend / "state.pt", args.share) if args.blend else averaged_model(state)
    return f"blend-{args.teacher}" if args.blend else args.teacher, targets.of_model(model, args.device), model


def _student(args: argparse.Namespace) -> StreamingModel:
    return averaged_student(Paths.read(args.paths).work / args.name / "state.pt", DistilSpec.read(args.config).student)


def _bundle(args: argparse.Namespace) -> None:
    write_bundle(with_blank_bias(_student(args), args.blank_bias), args.folder, args.bundle_config, args.licences, [])


def main() -> None:
    top = argparse.ArgumentParser(prog="python -m euphone_train.distil", description=__doc__)
    top.add_argument("--paths", type=Path, default=Path("paths.toml"), help="TOML file that says where the data lies")
    top.add_argument("--threads", type=int, default=2)
    commands = top.add_subparsers(dest="command", required=True)
    prune = commands.add_parser("prune", help="begin with a pruned teacher and teach it; goes on where it was stopped")
    adapt = commands.add_parser("adapt", help="go on from a student, with another teacher; goes on where it was stopped")
    for command, run in ((prune, "run of the large model"), (adapt, "its bundle folder or run")):
        command.add_argument("config", type=Path)
        command.add_argument("name", help="folder of the run, below the work folder")
        command.add_argument("--teacher", required=True, help=run)
        command.add_argument("--blend", help="run to blend into the teacher: the one that it started from")
        command.add_argument("--share", type=float, default=0.4, help="of the teacher's run in the blend")
        command.add_argument("--fold", type=int, choices=range(splits.FOLDS), help="leave these learners out")
        command.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
        command.set_defaults(run=_run, parent=None)
    adapt.add_argument("--parent", required=True, help="student run that it goes on from")
    bundle = commands.add_parser("bundle", help="write a student as an int8 bundle folder")
    bundle.add_argument("config", type=Path, help="that of its training")
    bundle.add_argument("name", help="its run")
    bundle.add_argument("folder", type=Path)
    bundle.add_argument("--blank-bias", type=float, default=0.0, help="added to the CTC logit of the blank")
    bundle.set_defaults(run=_bundle)
    bundle.add_argument("--bundle-config", type=Path, default=_TRAINING / "configs" / "bundle-tiny.toml")
    bundle.add_argument("--licences", type=Path, default=_TRAINING / "licences")
    args = top.parse_args()
    torch.set_num_threads(args.threads)
    args.run(args)


if __name__ == "__main__":
    main()
