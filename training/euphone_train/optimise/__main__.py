"""`euphone-train optimise`: what makes the model smaller or faster, and what that costs.

`make` writes variants of one fold's bundle, `student` that of a student; `measure` lets `euphone bench models` judge them (and any other
bundle of that fold) on the fold's learners, and writes results/optimisation.json; `show` makes the table and the plot of
docs/models/optimisation.md from it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

import torch

from euphone_train.data import splits
from euphone_train.distil.prune import Importance
from euphone_train.distil.run import DistilSpec, averaged_student, pruned_student
from euphone_train.optimise.show import page
from euphone_train.optimise.variants import variants, write_student, write_variant
from euphone_train.train.checkpoint import blended_model
from euphone_train.train.setup import Material, Paths

_TRAINING = Path(__file__).resolve().parents[2]
_SURVEYED = 40  # Clips that say what is important.
_CALIBRATED = 30  # Clips that fix the scales of static quantisation.


def folder_of(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-")


def _make(args: argparse.Namespace) -> None:
    material = Material(Paths.read(args.paths))
    work = material.paths.work
    model = blended_model(work / f"fold{args.fold}" / "state.pt", work / args.blend / "state.pt", args.share)
    native = [material.caches["native"].pcm(u.name) for u in material.native_train()]
    importance = Importance(model, native[:: len(native) // _SURVEYED])
    clips = native[5 :: len(native) // _CALIBRATED]
    names = {}
    for name, write in variants(model, importance, clips).items():
        write_variant(args.base, args.out / folder_of(name), write)
        names[folder_of(name)] = name
        print(name, flush=True)
    (args.out / "names.json").write_text(json.dumps(names, indent=1, ensure_ascii=False) + "\n")


def _student(args: argparse.Namespace) -> None:
    """As it was taught or, without a run, as it begins: pruned from the fold's model, before any recovery."""
    material = Material(Paths.read(args.paths))
    work, spec = material.paths.work, DistilSpec.read(args.config)
    if args.run_name:
        model = averaged_student(work / args.run_name / "state.pt", spec.student)
    else:
        teacher = blended_model(work / f"fold{args.fold}" / "state.pt", work / args.blend / "state.pt", args.share)
        model = pruned_student(spec.student, teacher, material)
    write_student(args.base, args.out / folder_of(args.name), model)


def _bench(args: argparse.Namespace, bundle: Path, *options: str | Path) -> dict:
    """Nothing where the model is so damaged that it takes the reading for one of another text."""
    command = [args.program, "bench", "models", bundle, "--recording", args.recording, "--text", args.text, "--json", *options]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode == 1 and "is not scored" in result.stderr:
        return {}
    result.check_returncode()
    return json.loads(result.stdout)


def _measure(args: argparse.Namespace) -> None:
    """Agreement that has been measured before is kept: delete the file to measure it again. Times are taken anew, one variant after the
    other, so that all of them saw the same machine."""
    file = _TRAINING / "results" / "optimisation.json"
    rows = {row["variant"]: row for row in (json.loads(file.read_text()) if file.is_file() else [])}
    speakers = args.out / "speakers.txt"
    speakers.write_text("".join(f"{s}\n" for s in sorted(splits.learner_folds()[args.fold])))
    names = json.loads((args.out / "names.json").read_text())
    wanted = {names[f]: args.out / f for f in names} | {b.partition("=")[0]: Path(b.partition("=")[2]) for b in args.also}
    for name, bundle in wanted.items():
        if name not in rows:
            told = _bench(args, bundle, "--rounds", "1", "--corpus", args.learners, "--speakers", speakers)
            rows[name] = {"variant": name, "fold": args.fold, "model_bytes": (bundle / "model.onnx").stat().st_size} | told
            file.write_text(_text(rows))
            print(f"{name}: phone {told.get('phone_pcc')}", flush=True)
    for name, bundle in wanted.items():
        rows[name] |= {k: v for k, v in _bench(args, bundle).items() if v is not None}
        print(f"{name}: {rows[name].get('median_ms')} ms", flush=True)
    file.write_text(_text(rows))


def _text(rows: dict[str, dict]) -> str:
    return json.dumps(list(rows.values()), indent=1, ensure_ascii=False) + "\n"


def _show(args: argparse.Namespace) -> None:
    page(json.loads((_TRAINING / "results" / "optimisation.json").read_text()), args.out)


def main() -> None:
    top = argparse.ArgumentParser(prog="euphone-train optimise", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = top.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="write the variants")
    make.set_defaults(run=_make)
    student = commands.add_parser("student", help="write a student's, with the fold's scorer; `measure --also` takes it")
    student.add_argument("config", type=Path, help="that of its training")
    student.add_argument("name", help="of the variant")
    student.add_argument("--run", dest="run_name", help="its run; without, it is pruned and not taught")
    student.set_defaults(run=_student)
    for command in (make, student):
        command.add_argument("--paths", type=Path, default=Path("paths.toml"), help="TOML file that says where the data lies")
        command.add_argument("--base", type=Path, required=True, help="the fold's finished bundle, with scorer and calibration")
        command.add_argument("--blend", default="frames", help="run to blend in, as for the bundle")
        command.add_argument("--share", type=float, default=0.4)
    measure = commands.add_parser("measure", help="measure them and others")
    measure.add_argument("--program", type=Path, required=True, help="the built euphone program")
    measure.add_argument("--learners", type=Path, required=True, help="speechocean762")
    measure.add_argument("--recording", type=Path, required=True, help="about 5 s, to time")
    measure.add_argument("--text", required=True)
    measure.add_argument(
        "--also", metavar="NAME=BUNDLE", action="append", default=[], help="another bundle of this fold, such as a student"
    )
    measure.set_defaults(run=_measure)
    for command in (make, student, measure):
        command.add_argument("--fold", type=int, choices=range(splits.FOLDS), required=True)
        command.add_argument("--out", type=Path, required=True, help="folder of the variants")
    show = commands.add_parser("show", help="table and plot from what was measured")
    show.add_argument("--out", type=Path, default=_TRAINING.parent / "docs" / "models")
    show.set_defaults(run=_show)
    args = top.parse_args()
    torch.set_num_threads(1)
    args.run(args)


if __name__ == "__main__":
    main()
