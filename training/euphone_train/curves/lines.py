"""What is drawn: panels of lines, each the mean of one or several curves with the band that they span."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from euphone_train.curves.record import FILE, Value, read

PANELS = (  # What belongs together, for every kind of run; a panel shows those columns that the runs have.
    ("squared error of phones", ("train phone loss", "held-out phone mse")),
    ("correlation with the raters", ("held-out phone", "held-out word accuracy", "held-out sentence total")),
    ("loss", ("train loss", "held-out loss")),
    ("perplexity", ("held-out perplexity",)),
    ("words right, %", ("held-out words right", "held-out words right with stress")),
    ("phone error", ("held-out phone error", "held-out phone error any variant", "held-out phone error with stress")),
)
_SAME = {"passes": "every size with the same passes", "steps": "every size with the same steps"}

Rows = list[dict[str, Value]]


@dataclass(frozen=True, kw_only=True)
class Line:
    """`x` rises; `low` ≤ `mean` ≤ `high`, all as long as `x` and not empty. `count` curves were averaged; with one there is no band."""

    label: str
    x: tuple[float, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class Panel:
    """`axis` names `x`. With `doublings`, files have it on a logarithmic scale with a mark at each point."""

    title: str
    axis: str
    lines: tuple[Line, ...]
    doublings: bool = False


def curves_in(run: Path) -> list[Rows]:
    """Of a run's folder, or of the members in it. Raises ValueError where there is none."""
    files = [run / FILE] if (run / FILE).is_file() else sorted(run.glob(f"member*/{FILE}"))
    if not files:
        raise ValueError(f"{run}: neither {FILE} nor members with one; is this the folder of a run?")
    return [read(file) for file in files]


def axis_of(rows: Rows) -> str:
    return "step" if rows and "step" in rows[0] else "epoch"


def line(label: str, curves: list[Rows], column: str) -> Line | None:
    """Over the points that all curves have; None where there is no such point."""
    tables = [{r[axis_of(rows)]: r[column] for r in rows if r.get(column) is not None} for rows in curves]
    x = sorted(set.intersection(*map(set, tables)))
    points = [[table[at] for table in tables] for at in x]
    return spanned(label, x, points) if x else None


def spanned(label: str, x: list[float], points: list[list[float]]) -> Line:
    """`points`: the values at every `x`."""
    mean = tuple(sum(p) / len(p) for p in points)
    return Line(label=label, x=tuple(x), mean=mean, low=tuple(map(min, points)), high=tuple(map(max, points)), count=len(points[0]))


def panels_of(groups: dict[str, list[Rows]], columns: tuple[str, ...] = ()) -> list[Panel]:
    """`groups`: curves to be averaged, by name; `columns`: what to draw, in one panel, instead of PANELS.

    Raises ValueError where the groups have nothing of that.
    """
    axis = axis_of(next(iter(groups.values()))[0])
    found = []
    for title, wanted in ((", ".join(columns), columns),) if columns else PANELS:
        named = [(f"{name}: {c}" if len(groups) > 1 else c, curves, c) for name, curves in groups.items() for c in wanted]
        if lines := tuple(drawn for parts in named if (drawn := line(*parts))):
            found.append(Panel(title=title, axis=axis, lines=lines))
    if not found:
        raise ValueError(f"{', '.join(groups)}: no column {', '.join(columns) or 'that is usually drawn'}")
    return found


def size_panels(file: Path) -> list[Panel]:
    """Of a record that `curves size` wrote; the band spans the folds."""
    values = json.loads(file.read_text(encoding="utf-8"))["values"]
    panels = []
    for same, title in _SAME.items():
        if table := values.get(same):
            x = [row["speakers"] for row in table]
            levels = [level for level, value in table[0].items() if isinstance(value, dict)]
            lines = tuple(spanned(f"held-out {level}", x, [row[level]["folds"] for row in table]) for level in levels)
            panels.append(Panel(title=f"correlation, {title}", axis="speakers learned from", lines=lines, doublings=True))
    return panels
