"""The TensorBoard events of a run say what its curve.csv says."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from euphone_train.curves.record import Record, read


def events(folder: Path) -> dict[str, list[tuple[int, float]]]:
    """(step, value) by tag, as TensorBoard reads them."""
    accumulator = EventAccumulator(str(folder), size_guidance={"scalars": 0})
    accumulator.Reload()
    return {tag: [(e.step, e.value) for e in accumulator.Scalars(tag)] for tag in accumulator.Tags()["scalars"]}


def record(folder: Path, epoch: int, step: int) -> Record:
    return Record(folder, ("epoch", "step"), ("train loss", "held-out phone error"), (epoch, step))


def agree(folder: Path) -> None:
    rows, told = read(folder / "curve.csv"), events(folder)
    for tag, column in (("train/loss", "train loss"), ("held-out/phone error", "held-out phone error")):
        want = [(row["step"], row[column]) for row in rows if row[column] is not None]
        assert told[tag] == [(step, pytest.approx(value)) for step, value in want]
        assert want


def test_events_and_csv_agree(tmp_path: Path) -> None:
    with record(tmp_path, 0, 0) as out:
        out.add({"epoch": 0, "step": 25, "train loss": 2.1})
        out.add({"epoch": 1, "step": 40, "held-out phone error": 0.31})
    agree(tmp_path)


def test_events_and_csv_agree_after_a_run_was_killed_and_taken_up(tmp_path: Path) -> None:
    killed = record(tmp_path, 0, 0)
    for step in (25, 50, 75):
        killed.add({"epoch": 0, "step": step, "train loss": 100 / step})
    killed.add({"epoch": 1, "step": 80, "held-out phone error": 0.4})
    with record(tmp_path, 0, 50) as out:
        out.add({"epoch": 0, "step": 75, "train loss": 1.3})
        out.add({"epoch": 1, "step": 80, "held-out phone error": 0.35})
    killed.close()
    assert [step for step, _ in events(tmp_path)["train/loss"]] == [25, 50, 75]
    agree(tmp_path)


def test_a_run_recorded_before_there_were_events_gets_them_when_it_is_taken_up(tmp_path: Path) -> None:
    (tmp_path / "curve.csv").write_text("epoch,step,train loss,held-out phone error\n0,25,2.0,\n1,40,,0.3\n")
    record(tmp_path, 1, 40).close()
    agree(tmp_path)


def test_a_tensorboard_that_is_open_shows_no_row_twice_when_a_run_is_taken_up(tmp_path: Path) -> None:
    with record(tmp_path, 0, 0) as out:
        for step in (25, 50):
            out.add({"epoch": 0, "step": step, "train loss": 100 / step})
    watching = EventAccumulator(str(tmp_path), size_guidance={"scalars": 0})
    watching.Reload()
    time.sleep(1.1)  # Files of events are ordered by the second in their name.
    record(tmp_path, 0, 25).close()
    watching.Reload()
    assert [(e.step, e.value) for e in watching.Scalars("train/loss")] == [(25, 4.0)]
