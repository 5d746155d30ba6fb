"""The error rate counts what it says."""

from __future__ import annotations

import numpy as np
import pytest

from euphone_train.evaluate.phone_error import edits, greedy, phone_error


def test_greedy_merges_repeats_and_drops_blanks() -> None:
    best = [0, 3, 3, 0, 3, 5, 5, 0]
    assert greedy(np.eye(6)[best]) == [3, 3, 5]


@pytest.mark.parametrize(
    ("heard", "count"), [([1, 2, 3], 0), ([1, 9, 3], 1), ([1, 3], 1), ([1, 2, 2, 3], 1), ([], 3), ([7, 1, 2, 3, 8], 2)]
)
def test_edits_are_levenshtein_with_one_variant(heard: list[int], count: int) -> None:
    assert edits([[(1, 2)], [(3,)]], heard) == (count, 3)


def test_the_nearest_variant_is_taken() -> None:
    words = [[(1, 2, 3), (1, 4)], [(5,), (6, 7)]]
    assert edits(words, [1, 4, 6, 7]) == (0, 4)


def test_rates_divide_by_the_reference() -> None:
    error = phone_error([[[(1, 2), (1, 3)]], [[(4, 5)]]], [[1, 3], [4]])
    assert error.first == pytest.approx(2 / 4)
    assert error.any == pytest.approx(1 / 4)
