#!/usr/bin/env python3
"""Fails if a figure in tools/figures/figures.toml lacks something, is there twice, or names a script that is not there."""

import sys
import tomllib
from pathlib import Path

TABLE = "tools/figures/figures.toml"
TEXTS = ("id", "what", "unit", "command")
BARS = ("at_most", "at_least")


def problems(root: Path):
    table = root / TABLE
    try:
        figures = tomllib.loads(table.read_text(encoding="utf-8")).get("figure", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        yield f"{TABLE}: {error}"
        return
    if not figures:
        yield f"{TABLE}: holds no figure"
    seen = set()
    for number, figure in enumerate(figures, 1):
        name = figure.get("id", f"figure {number}")
        missing = [key for key in TEXTS if not isinstance(figure.get(key), str)]
        if missing:
            yield f"{TABLE}: {name} has no {', '.join(missing)}"
        if sum(key in figure for key in BARS) != 1:
            yield f"{TABLE}: {name} needs one of {' and '.join(BARS)}"
        if name in seen:
            yield f"{TABLE}: {name} is there twice"
        seen.add(name)
        script = str(figure.get("command", "")).split(" ")[0]
        if script and not (table.parent / script).is_file():
            yield f"{TABLE}: {name} is measured by {script}, which is not there"


if __name__ == "__main__":
    found = list(problems(Path(sys.argv[1])))
    print("\n".join(found) or "every figure has a bar and a script that measures it")
    sys.exit(bool(found))
