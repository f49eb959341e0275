from __future__ import annotations

import numpy as np
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from langcov.text import count, scan, units
from langcov.text.strings import Strings
from langcov.text.words import uax29_words
from tests.text import unicode_references as reference

pieces = st.text(st.sampled_from("aяё١ \u0600\u0301\u200d🇦👩'.\u202f\u0915\u094d"), max_size=5)
spaced = st.lists(st.lists(pieces, max_size=4).map(" ".join), min_size=1, max_size=6)
REGULAR = regex.compile(r"\P{White_Space}+(?: \P{White_Space}+)*")


@settings(max_examples=200)
@given(spaced | reference.texts)
def test_counts_add_up_over_units(texts: list[str]) -> None:
    lines = Strings.of(texts)[np.arange(len(texts))[::-1]]
    made = units.cut(lines)
    assert made.regular.tolist() == [bool(REGULAR.fullmatch(text)) for text in lines]
    joined = [""] * len(lines)
    for line, unit in zip(made.line.tolist(), made.units):
        assert not joined[line] or unit.startswith(" ")
        joined[line] += unit
    assert joined == [text if regular else "" for text, regular in zip(lines, made.regular)]
    for measure in (count.code_points, count.graphemes, count.whitespace_words, uax29_count):
        total = np.bincount(made.line, measure(made.units), len(lines))
        assert total[made.regular].tolist() == measure(lines)[made.regular].tolist(), measure


def uax29_count(strings: Strings) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.bincount(uax29_words(strings).owner, minlength=len(strings))


def test_no_cut_after_prepend() -> None:
    assert units.cut(Strings.of(["a\u0600 b c"])).units.to_list() == ["a\u0600 b", " c"]


def test_cut_of_nothing() -> None:
    for texts in ([], [""], ["", " "]):
        made = units.cut(Strings.of(texts))
        assert (len(made.units), len(made.line), made.regular.sum()) == (0, 0, 0)


@settings(max_examples=200)
@given(spaced | reference.texts)
def test_collapse(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "BLOCK", 16)
        made, changed = units.collapse(Strings.of(texts))
    expected = [regex.sub(r"\p{White_Space}+", " ", text).strip(" ") for text in texts]
    assert made.to_list() == expected
    runs = sum(len(regex.findall(r"\p{White_Space}+", text)) for text in texts)
    untouched = sum(len(regex.findall(r"(?<=\P{White_Space}) (?=\P{White_Space})", text)) for text in texts)
    assert changed == runs - untouched
