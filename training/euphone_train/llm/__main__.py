"""python -m euphone_train.llm: a very small language model of the tutor's own words (docs/models/tutor-lm.md).

python -m euphone_train.llm all runs/llm          # all stages, a quarter of an hour on one core; a stopped one goes on
tensorboard --logdir runs/llm                     # meanwhile
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import torch

from euphone_train.llm import products
from euphone_train.llm.stages import Plan, Stages

_TRAINING = Path(__file__).resolve().parents[2]

_STAGES = (  # In order; what `all` runs.
    ("tokens", "learn the tokenizer from the project's text", Stages.tokens),
    ("pretrain", "train the teacher on the text", Stages.pretrain),
    ("distil", "train the student on the teacher's odds", Stages.distil),
    ("lora", "fine-tune the student to answer questions", Stages.lora),
    ("quantise", "write GGUF files with 32, 8 and 4 bits", products.quantise),
    ("export", "write the folder for transformers and FastChat", products.export),
)
_OTHERS = (
    ("alone", "train the student without a teacher, to compare", Stages.alone),
    ("steps", "write a GGUF file of every checkpoint of the fine-tuning, to try each", products.steps),
    ("evaluate", "measure every checkpoint: results/llm.json and the curves in results/", products.evaluate),
    ("measure", "size, perplexity and speed of the files that `quantise` wrote, with llama-cpp-python", products.measure),
    ("check", "compare with transformers and llama-cpp-python, number by number", products.check),
)


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


def _ask(stages: Stages, question: str) -> None:
    _say(products.answer(stages, question))


def main() -> int:
    parser = argparse.ArgumentParser(prog="euphone_train.llm", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    names = {name: stage for name, _, stage in (*_STAGES, *_OTHERS)}
    helps = [(name, about) for name, about, _ in (*_STAGES, *_OTHERS)]
    for name, about in [("all", "tokens to export, one after the other"), *helps, ("ask", "put a question to the model")]:
        command = commands.add_parser(name, help=about)
        command.add_argument("work", type=Path, help="folder of the runs, such as runs/llm")
        command.add_argument("--config", type=Path, default=_TRAINING / "configs" / "llm.toml")
        command.add_argument("--root", type=Path, default=_TRAINING.parent, help="the project, whose text is read")
        command.add_argument("--seed", type=int, default=1)
        command.add_argument("--threads", type=int, default=1)
    commands.choices["ask"].add_argument("question")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    try:
        stages = Stages(args.work, args.root, Plan.read(args.config), args.seed, _say)
        if args.command == "ask":
            _ask(stages, args.question)
        for name in [name for name, _, _ in _STAGES] if args.command == "all" else [args.command]:
            if name in names:
                _say(name)
                names[name](stages)
    except (ValueError, OSError) as error:
        raise SystemExit(f"error: {error}") from None
    return 0


if __name__ == "__main__":
    sys.exit(main())
