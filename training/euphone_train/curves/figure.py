"""Panels as SVG and PNG."""

from __future__ import annotations

import io
from pathlib import Path

from euphone_train.curves.lines import Panel

_INK = "#24292f"
_COLOURS = ("#2a7fc1", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#7a6fd0")  # told apart on white and on black, with most eyes
_STYLE = f"<style>svg{{color:{_INK}}}@media(prefers-color-scheme:dark){{svg{{color:#e6edf3}}}}</style>"


FORMATS = ("svg", "png")


def write(panels: list[Panel], stem: Path, formats: tuple[str, ...] = FORMATS) -> list[Path]:
    """`stem`.svg, whose writing is dark on a light page and light on a dark one, and `stem`.png on white; the same from the same panels.

    Only those of `formats`; the files written.
    """
    import matplotlib
    from matplotlib.figure import Figure

    settings = {"svg.fonttype": "none", "svg.hashsalt": "euphone", "font.size": 9, "path.simplify": True, "path.simplify_threshold": 0.5}
    ink = dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), _INK)
    stem.parent.mkdir(parents=True, exist_ok=True)
    files = [stem.with_suffix(f".{name}") for name in formats]
    with matplotlib.rc_context(settings | ink):
        figure = Figure(figsize=(4.2 * len(panels), 3.2), layout="constrained")
        alike = all(panel.doublings for panel in panels)
        for axes, panel in zip(figure.subplots(1, len(panels), squeeze=False, sharey=alike)[0], panels, strict=True):
            _panel(axes, panel)
        for file in files:
            if file.suffix == ".png":
                figure.savefig(file, dpi=150, metadata={"Software": None})
                continue
            drawn = io.StringIO()
            figure.savefig(drawn, format="svg", transparent=True, metadata={"Date": None})
            file.write_text(_themed(drawn.getvalue()), encoding="utf-8")
    return files


def _panel(axes, panel: Panel) -> None:
    for number, line in enumerate(panel.lines):
        colour = _COLOURS[number % len(_COLOURS)]
        axes.plot(line.x, line.mean, "o-" if panel.doublings else "-", color=colour, label=line.label, linewidth=1.5, markersize=4)
        if line.count > 1:
            axes.fill_between(line.x, line.low, line.high, color=colour, alpha=0.2, linewidth=0)
    if panel.doublings:
        axes.set_xscale("log", base=2)
        axes.set_xticks(panel.lines[0].x, labels=[f"{x:g}" for x in panel.lines[0].x])
    axes.set(title=panel.title, xlabel=panel.axis)
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)


def _themed(svg: str) -> str:
    """With the reader's own colour for what was drawn in ink."""
    head = svg.index(">", svg.index("<svg")) + 1
    return svg[:head] + "\n " + _STYLE + "\n".join(line.rstrip() for line in svg[head:].replace(_INK, "currentColor").split("\n"))
