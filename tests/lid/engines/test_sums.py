from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.lid.engines import sums


@given(st.lists(st.lists(st.integers(0, 4), max_size=9), max_size=12), st.integers(1, 40))
def test_sums_are_made_row_by_row(groups: list[list[int]], room: int) -> None:
    matrix = np.random.default_rng(0).standard_normal((5, 3)).astype(np.float32)
    rows = np.array([row for one in groups for row in one], np.int32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sums, "ROOM", room)
        found = sums.summed(matrix, rows, np.array([len(one) for one in groups], np.int64))
    expected = np.zeros((len(groups), 3), np.float32)
    for at, one in enumerate(groups):
        for row in one:
            expected[at] += matrix[row]
    assert np.array_equal(found, expected)
