"""Special texts are found in the strings that hold them, and only there."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.counting import chunk
from langcov.counting.chunk import Finder, Spelled
from langcov.text.strings import Strings

PIECES = st.lists(st.sampled_from(["-", "--", "<s", ">", "<s>", "a", "б", " ", ""]), max_size=5).map("".join)


def test_a_match_over_the_end_of_a_line_neither_counts_nor_hides_one() -> None:
    strings = Strings.of(["a-", "--b", "c"])
    assert Finder(["--"]).within(strings).tolist() == [False, True, False]
    assert Finder(["-b", "bc"]).within(strings).tolist() == [False, True, False]
    assert Finder([]).within(strings).tolist() == [False] * 3


@given(st.lists(PIECES, max_size=8), st.lists(st.sampled_from(["--", "<s>", "a-", "б<", "s"]), max_size=4))
def test_it_is_in_of_each_string(lines: list[str], texts: list[str]) -> None:
    expected = [any(text in line for text in texts) for line in lines]
    assert Finder(texts).within(Strings.of(lines)).tolist() == expected
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunk, "MANY_BYTES", 8)  # a long line is looked through in parts
        alone = Strings.of(["".join(lines)])
        assert Finder(texts).within(alone).tolist() == [any(text in "".join(lines) for text in texts)]


@given(
    words=st.lists(st.text("аб", min_size=1, max_size=2), min_size=1, max_size=3),
    inside=st.lists(st.text("аб", min_size=1, max_size=2), max_size=3),
    text=st.lists(st.text("аб", max_size=2), min_size=2, max_size=3).map(" ".join),
)
def test_texts_that_words_can_spell_are_those_of_all_their_lines(
    words: list[str], inside: list[str], text: str
) -> None:
    """All lines of up to four words, the last three of them words that stand inside a line."""
    rest = [""] + [f" {word}" for word in inside]
    lines = {"".join(line) for line in product([*words, *rest], rest, rest, rest)}
    found = Spelled([text])
    for some in (words, rest[1:]):
        found.add(Strings.of(some))
    assert list(found) == [text] * any(text in line for line in lines)
