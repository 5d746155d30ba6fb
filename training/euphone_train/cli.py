"""`euphone-train`: one command per stage; each can be stopped and started again.

all --config FILE runs every stage; score, calibrate, joint, distil, llm, optimise and g2p have commands of their own, such as
`euphone-train score --help`.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

import torch

from euphone_train.align.hybrid import HybridSpec
from euphone_train.align.labels import make_labels
from euphone_train.curves.__main__ import add_commands as add_curves
from euphone_train.data import splits
from euphone_train.evaluate.measure import boundary_figures, learner_figures, native_figures, scorer_figures, speed
from euphone_train.export.bundle import write_accuracy, write_bundle
from euphone_train.train.checkpoint import averaged_model, blended_model
from euphone_train.train.run import Run
from euphone_train.train.setup import Material, Paths, RunSpec

# What has a command line of its own, by the module that holds it.
_PROGRAMS = {
    "all": "euphone_train.pipeline",
    "calibrate": "euphone_train.calibrate.__main__",
    "distil": "euphone_train.distil.__main__",
    "g2p": "euphone_train.g2p.__main__",
    "joint": "euphone_train.joint.__main__",
    "llm": "euphone_train.llm.__main__",
    "optimise": "euphone_train.optimise.__main__",
    "score": "euphone_train.score.__main__",
}
_TRAINING = Path(__file__).resolve().parents[1]


def _train(args: argparse.Namespace) -> None:
    material = Material(Paths.read(args.paths))
    without = splits.left_out(args.fold)
    Run(material.paths.work / args.name, RunSpec.read(args.config), material, without).run()


def _labels(args: argparse.Namespace) -> None:
    material = Material(Paths.read(args.paths))
    work = material.paths.work
    make_labels(material, work / args.run_name, HybridSpec(sentences=args.sentences), work / "labels.npz")


def _bundle(args: argparse.Namespace) -> None:
    paths = Paths.read(args.paths)
    state = paths.work / args.run_name / "state.pt"
    base = args.blend and paths.work / args.blend / "state.pt"
    model = blended_model(state, base, args.share) if base else averaged_model(state)
    write_bundle(model, args.folder, args.config, args.licences, [])


def _measure(args: argparse.Namespace) -> None:
    file = args.folder / "model.onnx"
    figures = native_figures(file, Material(Paths.read(args.paths))) + boundary_figures(file)
    figures += learner_figures(args.folder, args.folds) if args.plain else []
    figures += scorer_figures(args.folder, args.scorer_folds)
    write_accuracy(args.folder, figures)
    for figure in figures:
        print(f"{figure['measure']}: {figure['value']} {figure['unit']} ({figure['data']})")
    print(f"{speed(file):.4f} s of one thread per second of audio")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="euphone-train", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--paths", type=Path, default=Path("paths.toml"), help="TOML file that says where the data lies")
    top.add_argument("--threads", type=int, default=2)
    commands = top.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train encoder and CTC head")
    train.add_argument("config", type=Path)
    train.add_argument("name", help="folder of the run, below the work folder")
    train.add_argument("--fold", type=int, choices=range(splits.FOLDS), help="leave these learners out")
    train.set_defaults(run=_train)
    labels = commands.add_parser("labels", help="make framewise labels with the phones and weights of a run")
    labels.add_argument("run_name")
    labels.add_argument("--sentences", type=int, default=500, help="how many teach the local classifier")
    labels.set_defaults(run=_labels)
    bundle = commands.add_parser("bundle", help="write a run as an int8 bundle folder")
    bundle.add_argument("run_name")
    bundle.add_argument("folder", type=Path)
    bundle.add_argument("--config", type=Path, default=_TRAINING / "configs" / "bundle.toml")
    bundle.add_argument("--licences", type=Path, default=_TRAINING / "licences")
    bundle.add_argument("--blend", help="run to blend in: the one that this run started from")
    bundle.add_argument("--share", type=float, default=0.4, help="of this run in the blend")
    bundle.set_defaults(run=_bundle)
    measure = commands.add_parser("measure", help="measure a bundle and write the figures into its manifest")
    measure.add_argument("folder", type=Path)
    measure.add_argument("--folds", type=Path, default=_TRAINING / "results" / "gop_folds.json", help="what `calibrate run` recorded")
    measure.add_argument(
        "--scorer-folds", type=Path, default=_TRAINING / "results" / "score_folds.json", help="what `score judge` recorded"
    )
    measure.add_argument("--plain", action=argparse.BooleanOptionalAction, default=True, help="the plain scorer's, too")
    measure.set_defaults(run=_measure)
    add_curves(commands.add_parser("curves", help="draw and measure learning curves"))
    return top


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] in _PROGRAMS:
        importlib.import_module(_PROGRAMS[sys.argv.pop(1)]).main()
        return
    args = parser().parse_args()
    torch.set_num_threads(args.threads)
    args.run(args)


if __name__ == "__main__":
    main()
