"""Learning curves as a run writes them: `curve.csv` and TensorBoard events beside it, always with the same content.

The CSV is the record, the events a view of it: whenever a run is taken up, a new file of events begins with all rows of the CSV and tells
its readers to forget the older files. Both are in the run's folder; a run has one writer at a time.
"""

from __future__ import annotations

import csv
import os
import time
from pathlib import Path
from types import TracebackType

FILE = "curve.csv"
Value = float | int | None


class CurveFile:
    """`folder/curve.csv`: a header and one row a measurement.

    `keys` are the columns that tell where in the run a row stands, in order, such as epoch and step; the last of them is the axis of the
    curve. `at` are their values in the checkpoint that the run goes on from: rows beyond it belong to work that will be done again, and
    are dropped. Rows of other columns than `columns` keep what both have. Raises ValueError where the file lacks a key.
    """

    def __init__(self, folder: Path, keys: tuple[str, ...], columns: tuple[str, ...], at: tuple[int, ...]) -> None:
        self.file, self.keys, self.columns = folder / FILE, keys, (*keys, *columns)
        folder.mkdir(parents=True, exist_ok=True)
        self.rows = self._kept(at)
        part = self.file.with_suffix(".part")
        with part.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, self.columns)
            writer.writeheader()
            writer.writerows(self.rows)
        os.replace(part, self.file)

    def _kept(self, at: tuple[int, ...]) -> list[dict[str, Value]]:
        rows = read(self.file) if self.file.is_file() else []
        if rows and set(self.keys) - rows[0].keys():
            raise ValueError(
                f"{self.file}: no column {', '.join(sorted(set(self.keys) - rows[0].keys()))}; move it away to begin a new one"
            )
        return [{c: row.get(c) for c in self.columns} for row in rows if tuple(row[k] for k in self.keys) <= at]

    def add(self, row: dict[str, Value]) -> None:
        """Appends a row; a column that it lacks stays empty. Raises ValueError on one that the file does not have."""
        with self.file.open("a", encoding="utf-8", newline="") as out:
            csv.DictWriter(out, self.columns).writerow(row)
        self.rows.append(row)


class Record:
    """A CurveFile and its events: a scalar for each column that is no key, its step the last key. Close it, or use it in `with`."""

    def __init__(self, folder: Path, keys: tuple[str, ...], columns: tuple[str, ...], at: tuple[int, ...]) -> None:
        from torch.utils.tensorboard import SummaryWriter

        self._curve = CurveFile(folder, keys, columns, at)
        self._events = SummaryWriter(str(folder), purge_step=0)  # Whoever reads the events forgets those of older files.
        for row in self._curve.rows:
            self._show(row, time.time())

    def _show(self, row: dict[str, Value], at: float) -> None:
        for column in self._curve.columns[len(self._curve.keys) :]:
            if (value := row.get(column)) is not None:
                self._events.add_scalar(column.replace(" ", "/", 1), value, row[self._curve.keys[-1]], walltime=at)

    def add(self, row: dict[str, Value]) -> None:
        """As CurveFile.add, for the events too."""
        self._curve.add(row)
        self._show(row, time.time())
        self._events.flush()

    def close(self) -> None:
        self._events.close()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def read(file: Path) -> list[dict[str, Value]]:
    """Rows of a curve.csv; whole numbers as int, empty fields as None. Raises ValueError on a field that is no number."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [{k: _number(v, file) for k, v in row.items()} for row in csv.DictReader(lines)]


def _number(text: str | None, file: Path) -> Value:
    if not text:
        return None
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        raise ValueError(f"{file}: {text!r} is not a number") from None
