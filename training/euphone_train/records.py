"""Figures that only a training's fold models can give, kept in a file with what they belong to."""

from __future__ import annotations

import json
from pathlib import Path

from euphone_train.calibrate.attach import scoring_digest


def write(file: Path, made_by: str, bundle: Path, values: dict, *, plain: bool = False) -> None:
    """`plain`: they belong to the bundle without its learned scorer."""
    record = {"made_by": made_by, "bundle": scoring_digest(bundle, plain=plain), "values": values}
    file.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def read(file: Path, bundle: Path, *, plain: bool = False) -> dict:
    """The values. Raises ValueError where there are none, or those of another bundle."""
    if not file.is_file():
        raise ValueError(f"{file.name} was not recorded; see training/README.md")
    record = json.loads(file.read_text(encoding="utf-8"))
    if record["bundle"] != scoring_digest(bundle, plain=plain):
        raise ValueError(f"{file.name} was recorded with another model or calibration than that of {bundle.name}")
    return record["values"]


def digests(bundle: Path) -> dict[bool, str]:
    """By whether they are those of the plain scorer: what records of a bundle, as it is now, are tied to."""
    return {plain: scoring_digest(bundle, plain=plain) for plain in (False, True)}


def carry_over(folder: Path, before: dict[bool, str], after: dict[bool, str]) -> list[str]:
    """Ties the records of one bundle to another, wherever they name it, which is only true of one that gives the same results to the
    last bit: whoever calls this has seen that it does. Gives the files' names.
    """
    carried = []
    for file in sorted(folder.glob("*.json")):
        text = file.read_text(encoding="utf-8")
        now = text
        for plain, digest in before.items():
            now = now.replace(f'"{digest}"', f'"{after[plain]}"')
        if now != text:
            file.write_text(now, encoding="utf-8")
            carried.append(file.name)
    return carried
