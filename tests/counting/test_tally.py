from __future__ import annotations

import random
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.corpora.rows import LINE_ROWS
from langcov.counting import token_tally
from langcov.counting.sums import sum_by
from langcov.counting.tally import FileTally, final_shift
from langcov.counting.token_tally import SystemTally, combine


def part(start: int, values: list[int], documents: bool = False) -> FileTally[SystemTally]:
    """Lines ``start``, ``start + 1`` … of one file, each with so many tokens of the id of its value."""
    made = FileTally("aa", documents, systems={"s": SystemTally()})
    address = np.arange(start, start + len(values))
    rows = made.rows(address)
    counts = np.array(values, np.int64)
    np.add.at(made.columns["lines"], rows, 1)
    np.add.at(made.columns["words"], rows, counts)
    system = made.systems["s"]
    np.add.at(system.columns["tokens"], rows, counts)
    system.ids.add(counts, counts)
    assert system.row_ids is not None
    system.row_ids.add(rows << 32 | counts, counts)
    return made


def merged(parts: list[FileTally[SystemTally]]) -> token_tally.Tally:
    first, *rest = parts
    for other in rest:
        first.merge(other)
    return combine([first], final_shift([first]))


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=400), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_parts_add_up_to_the_same_in_any_order(pieces: list[list[int]], order: random.Random) -> None:
    starts = [0, *accumulate(len(piece) for piece in pieces)]
    whole = merged([part(0, [value for piece in pieces for value in piece])])
    parts = [part(start, piece) for start, piece in zip(starts, pieces)]
    order.shuffle(parts)
    again = merged(parts)
    assert whole.n_rows <= LINE_ROWS
    assert {key: values.tolist() for key, values in whole.text.items()} == {
        key: values.tolist() for key, values in again.text.items()
    }
    assert whole.tokens["s"]["tokens"].tolist() == again.tokens["s"]["tokens"].tolist()
    assert whole.ids["s"].counts.tolist() == again.ids["s"].counts.tolist()
    by_row, by_row_again = whole.row_ids["s"], again.row_ids["s"]
    assert by_row is not None
    assert by_row_again is not None
    assert sorted(zip(*map(np.ndarray.tolist, by_row))) == sorted(zip(*map(np.ndarray.tolist, by_row_again)))


def test_rows_follow_the_rule_at_its_edge() -> None:
    assert merged([part(0, [1] * 256)]).n_rows == 256
    assert merged([part(0, [1] * 257)]).n_rows == 129
    assert merged([part(0, [1] * 300, documents=True)]).n_rows == 300


def test_files_are_ordered_by_content_and_empty_rows_left_out() -> None:
    first, second = part(0, [1, 2]), part(3, [7])
    first.sha256, second.sha256 = "bb", "aa"
    second.columns["empty_lines"][:] = [1, 1, 1, 0]
    both = combine([first, second], final_shift([first, second]))
    assert both.text["words"].tolist() == [7, 1, 2]
    assert both.text["empty_lines"].sum() == 3
    assert both.labels.tolist() == [3, 0, 1]


def test_ids_by_row_are_given_up_beyond_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_tally, "CELLS", 8)
    assert merged([part(0, [1, 2, 3])]).row_ids["s"] is None
    assert merged([part(0, [1, 2])]).row_ids["s"] is not None


def test_a_sum_that_is_not_exact_is_refused() -> None:
    with pytest.raises(OverflowError):
        sum_by(np.zeros(2, np.int64), np.array([2**52, 2**52]), 1)
