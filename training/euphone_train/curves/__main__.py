"""Learning curves of the training.

`show`: draws those of runs, here and as files. `size`: trains the learned scorer on 12, 25, 50 and 100 % of the learners and records how
well it then agrees with the raters; `show` draws that record, too.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from euphone_train.curves import figure, size, terminal
from euphone_train.curves.lines import Panel, curves_in, panels_of, size_panels

_TRAINING = Path(__file__).resolve().parents[2]


def _pictures(args: argparse.Namespace) -> dict[str, list[Panel]]:
    """By name of the file. Raises ValueError on what has no curve."""
    records = [p for p in args.runs if p.suffix == ".json"]
    groups = {str(run): curves_in(run) for run in args.runs if run not in records}
    if args.together and groups:
        groups = {"all": [curve for curves in groups.values() for curve in curves]}
    pictures = {"learning-curves": panels_of(groups, tuple(args.columns))} if groups else {}
    return pictures | ({"data-size": [panel for file in records for panel in size_panels(file)]} if records else {})


def _show(args: argparse.Namespace) -> None:
    try:
        pictures = _pictures(args)
    except (ValueError, OSError) as error:
        raise SystemExit(f"error: {error}") from None
    columns, rows = shutil.get_terminal_size((80, 24))
    for name, panels in pictures.items():
        print(terminal.screen(panels, columns, rows))
        if args.out:
            print(*figure.write(panels, args.out / name, tuple(args.formats)), sep="\n")


def add_commands(top: argparse.ArgumentParser) -> None:
    """`show` and `size`, as sub-commands of `top`; each sets `run`."""
    commands = top.add_subparsers(dest="curves", required=True)
    show = commands.add_parser("show", help="draw the curves of runs")
    show.add_argument("runs", type=Path, nargs="+", metavar="RUN", help="folder of a run or of its members, or what `size` recorded")
    show.add_argument("--columns", nargs="+", default=[], metavar="COLUMN", help="of curve.csv, in one panel; else the usual ones")
    show.add_argument("--together", action="store_true", help="one mean and band over all runs and members")
    show.add_argument("--out", type=Path, help="folder for files of the same")
    show.add_argument("--formats", nargs="+", choices=figure.FORMATS, default=figure.FORMATS)
    show.set_defaults(run=_show)
    amount = commands.add_parser("size", help="measure the scorer by the number of speakers that it learned from")
    amount.add_argument("--config", type=Path, default=_TRAINING / "configs" / "score.toml")
    amount.add_argument("--work", type=Path, required=True, help="folder of the scorer's runs")
    amount.add_argument("--learners", type=Path, required=True, help="speechocean762")
    amount.add_argument("--program", type=Path, help="the built euphone program, which aligns what is not aligned yet")
    amount.add_argument("--folds", type=Path, required=True, help="folder with bundles fold0 … fold4")
    amount.add_argument("--same", choices=("passes", "steps"), default="passes", help="what all sizes have in common")
    amount.add_argument("--seed", type=int, default=1, help="of the draw of speakers")
    amount.add_argument("--threads", type=int, default=1)
    amount.add_argument("--out", type=Path, default=size.RESULTS)
    amount.set_defaults(run=size.run)


def main() -> None:
    top = argparse.ArgumentParser(prog="python -m euphone_train.curves", description=__doc__)
    add_commands(top)
    args = top.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
