"""Panels as text: lines in dots of braille, a letter at the end of each, so that they can be told apart without colours."""

from __future__ import annotations

import numpy as np

from euphone_train.curves.lines import Line, Panel

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # bits of a braille cell, 4 rows of 2
_MARGIN = 9  # columns left of the plot, for numbers; right of it stands the letter


class _Canvas:
    """`width` × `height` characters over the range of the lines."""

    def __init__(self, lines: tuple[Line, ...], width: int, height: int) -> None:
        self.cells = np.zeros((height, width), dtype=int)
        self.left, self.right = min(s.x[0] for s in lines), max(s.x[-1] for s in lines)
        self.bottom, self.top = min(min(s.low) for s in lines), max(max(s.high) for s in lines)

    def row(self, y: np.ndarray) -> np.ndarray:
        """Row of dots, counted from the top."""
        last = 4 * self.cells.shape[0] - 1
        return np.rint((self.top - y) / ((self.top - self.bottom) or 1.0) * last).astype(int)

    def trace(self, x: tuple[float, ...], y: tuple[float, ...], every: int) -> None:
        """Points and what lies between them, with a dot in every so many columns; without gaps where that is each."""
        places = np.linspace(self.left, self.right, 2 * self.cells.shape[1])
        if x[0] == x[-1]:
            places = np.full_like(places, x[0])
        rows = self.row(np.interp(places, x, y))
        inside = np.flatnonzero((places >= x[0]) & (places <= x[-1]))
        before = rows[inside[0]]
        for column in inside[::every]:
            low, high = sorted((before, rows[column])) if every == 1 else (rows[column], rows[column])
            for row in range(low, high + 1):
                self.cells[row // 4, column // 2] |= _DOTS[row % 4][column % 2]
            before = rows[column]


def _letters(canvas: _Canvas, lines: tuple[Line, ...]) -> dict[int, str]:
    """By row of characters: the letters of the lines that end there, in the next free row where they would meet."""
    taken: dict[int, str] = {}
    for number, drawn in enumerate(lines):
        wish = int(canvas.row(np.array(drawn.mean[-1]))) // 4
        by_distance = sorted(range(len(canvas.cells)), key=lambda row, wish=wish: abs(row - wish))
        taken[next((row for row in by_distance if row not in taken), wish)] = chr(ord("a") + number)
    return taken


def draw(panel: Panel, width: int, height: int) -> list[str]:
    """Lines of text, none longer than `width`: a title, `height` rows of the plot, its axis, and what the letters mean."""
    canvas = _Canvas(panel.lines, width - _MARGIN - 2, height)
    for drawn in panel.lines:
        canvas.trace(drawn.x, drawn.mean, 1)
        if drawn.count > 1:
            canvas.trace(drawn.x, drawn.low, 4)
            canvas.trace(drawn.x, drawn.high, 4)
    letters = _letters(canvas, panel.lines)
    numbers = {0: f"{canvas.top:.4g}", height - 1: f"{canvas.bottom:.4g}"}
    text = [panel.title[:width]]
    for i, cells in enumerate(canvas.cells):
        text.append(f"{numbers.get(i, ''):>{_MARGIN - 2}} │{''.join(chr(0x2800 + c) for c in cells)} {letters.get(i, '')}".rstrip())
    left, right = f"{canvas.left:g}", f"{canvas.right:g}"
    text.append(" " * _MARGIN + left + panel.axis.center(width - _MARGIN - 2 - len(left) - len(right)) + right)
    return text + [_meaning(number, drawn)[:width] for number, drawn in enumerate(panel.lines)]


def _meaning(number: int, drawn: Line) -> str:
    band = f", {drawn.low[-1]:.4g} to {drawn.high[-1]:.4g} over {drawn.count}" if drawn.count > 1 else ""
    return f"{chr(ord('a') + number)}  {drawn.label}: {drawn.mean[-1]:.4g} at the end{band}"


def screen(panels: list[Panel], width: int, height: int) -> str:
    """All panels, one below the other, in `height` lines where each can then have five rows at least."""
    besides = sum(2 + len(p.lines) for p in panels)
    rows = max(5, (height - 1 - besides) // len(panels))
    return "\n".join("\n".join(draw(p, max(40, width), rows)) for p in panels)
