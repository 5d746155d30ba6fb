"""Command line: train the model, write the bundle, measure a bundle, pronounce words."""

import argparse
import logging
from pathlib import Path

import torch

from .bundle import test_accuracy, write_bundle
from .model import ModelSpec
from .runtime import OnnxG2p
from .symbols import output_classes
from .train import TrainSpec, train

_ROOT = Path(__file__).resolve().parents[3]
_PHONES = _ROOT / "contract" / "phones.en-us.json"
_BUNDLE = _ROOT / "models" / "en-us-g2p"


def _train(args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    classes = output_classes(_PHONES)
    spec = TrainSpec(epochs=args.epochs, seed=args.seed)
    train(args.dictionary, classes, args.run_folder, ModelSpec(classes=len(classes)), spec)


def _bundle(args: argparse.Namespace) -> None:
    write_bundle(args.run_folder, args.dictionary, output_classes(_PHONES), args.bundle, args.version)


def _evaluate(args: argparse.Namespace) -> None:
    for row in test_accuracy(OnnxG2p.from_bundle(args.bundle), args.dictionary):
        print(f"{row['measure']}: {row['value']:.2f} {row['unit']} ({row['data']})")


def _say(args: argparse.Namespace) -> None:
    model = OnnxG2p.from_bundle(args.bundle)
    for word in args.words:
        print(word, *model.pronounce(word.lower()))


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m euphone_train.g2p", description=__doc__)
    steps = top.add_subparsers(dest="step", required=True)
    dictionary = argparse.ArgumentParser(add_help=False)
    dictionary.add_argument("--dictionary", type=Path, required=True, help="cmudict.dict")
    run_folder = argparse.ArgumentParser(add_help=False)
    run_folder.add_argument("--run-folder", type=Path, required=True, help="folder of checkpoint and weights")
    bundle = argparse.ArgumentParser(add_help=False)
    bundle.add_argument("--bundle", type=Path, default=_BUNDLE, help="bundle folder")

    one = steps.add_parser("train", parents=[dictionary, run_folder], help="train, or go on from a checkpoint")
    one.add_argument("--epochs", type=int, default=TrainSpec.epochs)
    one.add_argument("--seed", type=int, default=TrainSpec.seed)
    one.add_argument("--threads", type=int, default=1)
    one.set_defaults(run=_train)
    one = steps.add_parser("bundle", parents=[dictionary, run_folder, bundle], help="export and measure")
    one.add_argument("--version", default="1.0.0")
    one.set_defaults(run=_bundle)
    one = steps.add_parser("evaluate", parents=[dictionary, bundle], help="measure a bundle on the test split")
    one.set_defaults(run=_evaluate)
    one = steps.add_parser("say", parents=[bundle], help="print the pronunciation of each word")
    one.add_argument("words", nargs="+")
    one.set_defaults(run=_say)
    return top


def main() -> None:
    args = _parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    args.run(args)


if __name__ == "__main__":
    main()
