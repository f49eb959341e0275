import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from langcov.corpora.rows import fold, row_of, shift_for


@given(st.integers(0, 10**7), st.sampled_from([1, 256, 1 << 14]))
def test_shift_is_the_smallest_that_fits(n: int, limit: int) -> None:
    shift = shift_for(n, limit)
    assert n <= limit << shift
    assert shift == 0 or n > limit << (shift - 1)


@given(st.lists(st.integers(0, 99), max_size=40), st.integers(0, 4))
def test_folding_adds_what_shares_a_row(values: list[int], steps: int) -> None:
    column = np.array(values, np.int64).reshape(-1, 1)
    expected = [sum(values[i : i + 2**steps]) for i in range(0, len(values), 2**steps)]
    assert fold(column, steps)[:, 0].tolist() == expected


def test_a_row_is_a_run_of_lines() -> None:
    assert row_of(np.arange(10), 2).tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2]
