"""Lines cut for the eyes: the pieces make up the line, and their tokens are those of the library."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langcov.measure.cut import cut
from langcov.tokenizers import load

LETTERS = st.text(st.sampled_from("аәңӏй\u0306 \u00a0ы中é😀▁.-<>\n\t"), max_size=12)


@pytest.mark.parametrize("spec", ["bytes", "chars", "langcov-rus-32k"])
@settings(max_examples=30)
@given(lines=st.lists(LETTERS | st.text(max_size=5), max_size=3))
def test_pieces_make_up_the_line(spec: str, lines: list[str]) -> None:
    tokenizer = load(spec).tokenizer
    lines = [line.encode("utf-8", "ignore").decode() for line in lines]
    found = cut(tokenizer, lines)
    assert [one.tokens for one in found] == [len(ids) for ids in map(_ids(tokenizer), lines)]
    for line, one in zip(lines, found):
        if one.tokens and one.pieces is not None:
            assert "".join(piece.text for piece in one.pieces) == line
            assert sum(piece.tokens for piece in one.pieces) == one.tokens


def _ids(tokenizer):  # type: ignore[no-untyped-def]
    return lambda line: tokenizer.encode([line]).ids


def test_a_letter_that_is_cut_is_one_piece() -> None:
    [one] = cut(load("langcov-rus-32k").tokenizer, ["әй"])
    assert one.pieces is not None
    assert [(piece.text, piece.tokens) for piece in one.pieces] == [("ә", 3), ("й", 1)]
