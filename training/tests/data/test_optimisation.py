"""The table and the front of what optimisation costs."""

from pathlib import Path

import pytest

from euphone_train.optimise.show import page, table, undominated

ROW = {"variant": "float32", "model_bytes": 33_600_000, "median_ms": 90.0, "audio_seconds": 4.5, "peak_mb": 140.2}
ROW |= {"phone_pcc": 0.7312, "word_pcc": 0.76, "sentence_pcc": 0.86}


def test_times_are_those_of_five_seconds() -> None:
    assert table([ROW]).splitlines()[-1] == "| float32 | 33.6 | 100.0 | 140 | .731 | .760 | .860 |"


def test_the_front_holds_what_nothing_beats_in_both() -> None:
    assert undominated([(3.0, 0.7), (1.0, 0.5), (2.0, 0.4), (4.0, 0.7), (2.0, 0.6)]) == [1, 4, 0]


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "optimisation.md").write_text("by hand\n")
    with pytest.raises(ValueError, match="marks"):
        page([ROW], tmp_path)
    assert (tmp_path / "optimisation.md").read_text() == "by hand\n"
