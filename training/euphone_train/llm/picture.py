"""The learning curves in results/ as a picture for the documents."""

from __future__ import annotations

from pathlib import Path

from euphone_train.curves import figure
from euphone_train.curves.lines import Line, Panel, spanned

_TEXT = {"teacher": "teacher", "student": "student, distilled", "student-alone": "student, text alone"}
_FIRST = 50  # Before that the curves fall from 2,000 and hide all the rest.


def draw(curves: list[dict], stem: Path) -> list[Path]:
    """`curves`: rows of results/llm_curve.csv. Gives the files."""
    text = [_line(curves, run, "held-out perplexity", label) for run, label in _TEXT.items()]
    answers = [_line(curves, "tutor", "held-out perplexity", "held-out answers")]
    panels = [
        Panel(title="perplexity of held-out text", axis="step", lines=tuple(filter(None, text))),
        Panel(title="perplexity of held-out answers, LoRA", axis="step", lines=tuple(filter(None, answers))),
    ]
    return figure.write([panel for panel in panels if panel.lines], stem, ("svg",))


def _line(rows: list[dict], run: str, column: str, label: str) -> Line | None:
    points = [(row["step"], [row[column]]) for row in rows if row["run"] == run and row["step"] >= _FIRST]
    return spanned(label, [step for step, _ in points], [values for _, values in points]) if points else None
