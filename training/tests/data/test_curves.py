"""Learning curves: what a resumed run keeps of them, and what is drawn where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from euphone_train.curves import size
from euphone_train.curves.lines import Line, Panel, curves_in, line, panels_of, size_panels
from euphone_train.curves.record import CurveFile, read
from euphone_train.curves.terminal import draw, screen


def curve(folder: Path, epoch: int = 0, step: int = 0, columns: tuple[str, ...] = ("train loss", "held-out phone error")) -> CurveFile:
    return CurveFile(folder, ("epoch", "step"), columns, (epoch, step))


def filled(folder: Path) -> CurveFile:
    """Rows of steps 25, 50 and 60, the last of which ends the first epoch, then 75."""
    file = curve(folder)
    for epoch, step, loss in ((0, 25, 2.0), (0, 50, 1.5), (1, 60, None), (1, 75, 1.25)):
        file.add({"epoch": epoch, "step": step, "train loss": loss, "held-out phone error": 0.25 if loss is None else None})
    return file


def steps(folder: Path) -> list[int]:
    return [row["step"] for row in read(folder / "curve.csv")]


def test_a_row_is_read_as_it_was_written(tmp_path: Path) -> None:
    filled(tmp_path)
    assert read(tmp_path / "curve.csv")[1:3] == [
        {"epoch": 0, "step": 50, "train loss": 1.5, "held-out phone error": None},
        {"epoch": 1, "step": 60, "train loss": None, "held-out phone error": 0.25},
    ]


def test_a_resumed_run_drops_the_rows_that_it_will_write_again(tmp_path: Path) -> None:
    filled(tmp_path)
    resumed = curve(tmp_path, epoch=0, step=60)  # Its checkpoint was written before the epoch was judged.
    assert steps(tmp_path) == [25, 50]
    resumed.add({"epoch": 1, "step": 60, "held-out phone error": 0.25})
    assert steps(tmp_path) == [25, 50, 60]


def test_a_run_taken_up_at_its_end_keeps_every_row(tmp_path: Path) -> None:
    filled(tmp_path)
    before = (tmp_path / "curve.csv").read_bytes()
    curve(tmp_path, epoch=1, step=75)
    assert (tmp_path / "curve.csv").read_bytes() == before


def test_a_run_begun_anew_starts_an_empty_curve(tmp_path: Path) -> None:
    filled(tmp_path)
    curve(tmp_path)
    assert steps(tmp_path) == []


def test_a_curve_takes_up_rows_of_other_columns(tmp_path: Path) -> None:
    filled(tmp_path)
    curve(tmp_path, 1, 75, columns=("train loss", "seconds"))
    assert read(tmp_path / "curve.csv")[0] == {"epoch": 0, "step": 25, "train loss": 2.0, "seconds": None}


def test_a_column_that_was_not_announced_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="weather"):
        curve(tmp_path).add({"epoch": 1, "step": 1, "weather": 3})


def test_a_curve_without_its_key_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "curve.csv").write_text("epoch,train loss\n1,0.5\n")
    with pytest.raises(ValueError, match="no column step"):
        curve(tmp_path, 1, 1)


def test_a_field_that_is_no_number_is_refused_by_file_and_text(tmp_path: Path) -> None:
    (tmp_path / "curve.csv").write_text("epoch,train loss\n1,high\n")
    with pytest.raises(ValueError, match=r"curve\.csv: 'high' is not a number"):
        read(tmp_path / "curve.csv")


def test_the_members_of_a_run_are_drawn_as_mean_and_band_over_the_epochs_that_all_have() -> None:
    long = [{"epoch": e, "train loss": 4.0 - e} for e in (1, 2, 3)]
    short = [{"epoch": e, "train loss": 2.0} for e in (1, 2)]
    drawn = line("loss", [long, short], "train loss")
    assert drawn == Line(label="loss", x=(1, 2), mean=(2.5, 2.0), low=(2.0, 2.0), high=(3.0, 2.0), count=2)


def test_a_folder_of_members_gives_the_curve_of_each(tmp_path: Path) -> None:
    for name, step in (("member1", 5), ("member2", 7)):
        curve(tmp_path / name).add({"epoch": 0, "step": step, "train loss": 1.0})
    assert [rows[0]["step"] for rows in curves_in(tmp_path)] == [5, 7]


def test_a_folder_without_curves_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"{tmp_path.name}: neither curve.csv nor members"):
        curves_in(tmp_path)


def test_panels_show_what_a_run_has_along_its_steps(tmp_path: Path) -> None:
    filled(tmp_path)
    panels = panels_of({"run": curves_in(tmp_path)})
    assert [(p.title, p.axis, [s.label for s in p.lines]) for p in panels] == [
        ("loss", "step", ["train loss"]),
        ("phone error", "step", ["held-out phone error"]),
    ]
    assert panels[0].lines[0].x == (25, 50, 75)


def test_runs_beside_each_other_are_told_by_name(tmp_path: Path) -> None:
    rows = [{"epoch": 1, "train loss": 1.0}]
    (panel,) = panels_of({"one": [rows], "two": [rows]}, ("train loss",))
    assert [s.label for s in panel.lines] == ["one: train loss", "two: train loss"]
    with pytest.raises(ValueError, match="one, two: no column weather"):
        panels_of({"one": [rows], "two": [rows]}, ("weather",))


def single(label: str, y: tuple[float, ...]) -> Line:
    return Line(label=label, x=tuple(range(len(y))), mean=y, low=y, high=y, count=1)


def plot(panel: Panel, width: int, height: int) -> list[str]:
    """The rows of the plot alone, without numbers and letters."""
    return [row[9:-2] if row[-1].isalpha() else row[9:] for row in draw(panel, width, height)[1 : 1 + height]]


def test_a_curve_has_its_maximum_where_it_should() -> None:
    hill = Panel(title="hill", axis="epoch", lines=(single("hill", (0.0, 2.0, 5.0, 9.0, 5.0, 0.0)),))
    rows = plot(hill, 80, 12)
    top = [i for i, cell in enumerate(rows[0]) if cell != "\u2800"]
    bottom = [i for i, cell in enumerate(rows[-1]) if cell != "\u2800"]
    width = 80 - 11
    assert top and all(abs(i / (width - 1) - 3 / 5) < 0.05 for i in top)
    assert bottom[0] == 0 and bottom[-1] == width - 1


def test_a_curve_has_no_gap() -> None:
    rows = plot(Panel(title="fall", axis="epoch", lines=(single("fall", (100.0, 1.0, 0.0)),)), 50, 20)
    assert all(any(row[i] != "\u2800" for row in rows) for i in range(50 - 11))
    assert all(any(cell != "\u2800" for cell in row) for row in rows)


def test_letters_stand_where_their_curves_end() -> None:
    panel = Panel(title="both", axis="epoch", lines=(single("down", (5.0, 1.0)), single("up", (1.0, 5.0))))
    text = draw(panel, 60, 6)
    assert text[1].endswith(" b") and text[6].endswith(" a")
    assert text[-2:] == ["a  down: 1 at the end", "b  up: 5 at the end"]


def test_curves_that_end_together_have_letters_below_each_other() -> None:
    text = draw(Panel(title="same", axis="epoch", lines=tuple(single(n, (0.0, 1.0)) for n in "xyz")), 60, 6)
    assert [row[-1] for row in text[1:4]] == ["a", "b", "c"]


@pytest.mark.parametrize("y", [(3.0,), (3.0, 3.0, 3.0)])
def test_a_curve_of_one_value_is_drawn(y: tuple[float, ...]) -> None:
    rows = plot(Panel(title="flat", axis="epoch", lines=(single("flat", y),)), 60, 5)
    assert sum(any(cell != "\u2800" for cell in row) for row in rows) == 1


def test_two_panels_fit_a_terminal_of_80_by_24() -> None:
    band = Line(label="held-out word accuracy", x=(1, 2), mean=(1, 2), low=(0, 1), high=(2, 3), count=30)
    text = screen([Panel(title="one", axis="epoch", lines=(band,) * 2), Panel(title="two", axis="epoch", lines=(band,) * 3)], 80, 24)
    assert len(text.splitlines()) <= 23
    assert max(map(len, text.splitlines())) <= 80


def fold(base: float) -> list[dict]:
    agreement = {level: base for level in size.LEVELS}
    return [{"speakers": n, "sentences": 20 * n, "epochs": 12} | {k: v + n / 1000 for k, v in agreement.items()} for n in (12, 25, 50, 100)]


def test_sizes_are_recorded_as_the_mean_of_the_folds_and_drawn_over_speakers(tmp_path: Path) -> None:
    table = size.together([fold(0.5), fold(0.6)])
    assert table[3]["phone"] == {"mean": 0.65, "standard_deviation": 0.0707, "folds": [0.6, 0.7]}
    (tmp_path / "sizes.json").write_text(json.dumps({"values": {"passes": table}}))
    (panel,) = size_panels(tmp_path / "sizes.json")
    assert [s.label for s in panel.lines] == ["held-out phone", "held-out word accuracy", "held-out sentence total"]
    assert panel.lines[0].x == (12, 25, 50, 100)
    assert (panel.lines[0].low[-1], panel.lines[0].high[-1]) == (0.6, 0.7)


def test_what_was_recorded_of_other_segments_is_not_kept(tmp_path: Path) -> None:
    made_of = {"segments": {"fold0": "ab"}, "seed": 1}
    (tmp_path / "sizes.json").write_text(json.dumps(made_of | {"values": {"steps": [1]}}))
    assert size.recorded(tmp_path / "sizes.json", made_of) == {"steps": [1]}
    assert size.recorded(tmp_path / "sizes.json", made_of | {"seed": 2}) == {}
    assert size.recorded(tmp_path / "none.json", made_of) == {}
