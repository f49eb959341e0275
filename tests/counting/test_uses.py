"""Counters of words added up by row: by one product, and one by one, the same."""

from __future__ import annotations

import numpy as np
import pytest

from langcov.counting import uses as module
from langcov.counting.uses import Uses


@pytest.mark.parametrize("largest", [module.LARGEST, 0])
@pytest.mark.parametrize("dtype", [np.int32, np.int64])
def test_rows_are_the_sums_of_their_words(largest: int, dtype: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", largest)
    dice = np.random.default_rng(0)
    row = np.sort(dice.integers(3, 9, 500))
    row[-3:] = 4  # a row may come back
    word = dice.integers(0, 40, 500)
    limits = np.iinfo(dtype)
    values = dice.integers(0, 1000, (50, 3)).astype(dtype)
    if dtype is np.int64:  # digests wrap
        values = dice.integers(limits.min, limits.max, (50, 3))
    rows, expected = np.ones((2, 10, 3), np.int64)
    for at, which in zip(row.tolist(), word.tolist()):
        expected[at] += values[which]
    Uses(row, word, len(values)).add(rows, values)
    assert np.array_equal(rows, expected)


def test_units_of_some_words() -> None:
    uses = Uses(np.zeros(5, np.int64), np.array([7, 2, 7, 5, 2]), 9)
    assert uses.words.tolist() == [2, 5, 7]
    assert uses.of(np.array([True, False, True])).tolist() == [0, 1, 2, 4]
    assert uses.of(np.zeros(3, bool)).tolist() == []


def test_no_units() -> None:
    rows = np.ones((2, 1), np.int64)
    Uses(np.zeros(0, np.int64), np.zeros(0, np.int64), 4).add(rows, np.ones((4, 1), np.int32))
    assert rows.tolist() == [[1], [1]]
