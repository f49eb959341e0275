"""Strings as Python objects are the same however they stand in their buffer."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from langcov.text.scan import find_lines
from langcov.text.strings import Strings

TEXTS = st.lists(st.text(st.sampled_from("aя\n\r€"), max_size=4), max_size=6)


@given(TEXTS, st.lists(st.integers(0, 5)))
def test_to_list(texts: list[str], chosen: list[int]) -> None:
    packed = Strings.of(texts)
    assert packed.to_list() == list(packed) == texts
    joined = Strings.of(["\n".join([*texts, ""])])
    lines, _ = find_lines(joined.data)
    assert lines.to_list() == list(lines)
    some = [place for place in chosen if place < len(lines)]
    assert lines[np.array(some, np.int64)].to_list() == [lines.to_list()[place] for place in some]


@given(st.lists(st.text(st.sampled_from("ab\n"), min_size=1, max_size=3), min_size=1))
def test_a_gap_of_another_byte_is_no_line_end(texts: list[str]) -> None:
    packed = Strings.of(texts)
    shorter = Strings(packed.data, packed.starts, packed.ends - 1)
    assert shorter.to_list() == [text[:-1] for text in texts]


def test_flags_of_long_strings_are_added_up_as_of_short_ones() -> None:
    dice = np.random.default_rng(0)
    flags = dice.random(5_000) < 0.3
    edges = np.sort(dice.integers(0, 5_001, 60))
    edges[10:14], edges[-2:] = edges[10], 5_000  # some are empty, and one ends with the buffer
    for starts, ends in (
        (edges[::2], edges[1::2]),
        (edges[:-1], edges[1:]),
        (edges[::-2][1:], edges[::-2][:-1]),
    ):
        strings = Strings(np.zeros(5_000, np.uint8), starts, ends)
        expected = [int(flags[start:end].sum()) for start, end in zip(starts, ends)]
        assert strings.sum(flags).tolist() == expected
