from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.text import scan
from langcov.text.strings import Strings
from tests.text.unicode_references import hostile, texts


def as_bytes(data: bytes) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer(data, np.uint8)


@pytest.mark.parametrize(
    ("data", "lines", "dropped"),
    [
        (b"", [], 0),
        (b"\n", [""], 0),
        (b"a", ["a"], 0),
        (b"a\nb\n", ["a", "b"], 0),
        (b"a\r\n\r\nb\r", ["a", "", "b\r"], 2),
        (b"a\r\r\n\n\r", ["a\r", "", "\r"], 1),
        ("a\u2028b\x85\v\n".encode(), ["a\u2028b\x85\v"], 0),
    ],
)
def test_lines(data: bytes, lines: list[str], dropped: int) -> None:
    found, crs = scan.find_lines(as_bytes(data))
    assert (found.to_list(), crs) == (lines, dropped)


@given(st.lists(st.sampled_from([b"a", b"\r", b"\n", "я".encode()])).map(b"".join))
def test_lines_give_the_text_back(data: bytes) -> None:
    found, dropped = scan.find_lines(as_bytes(data))
    ends = data.count(b"\n")
    assert found.lengths.sum() + dropped + ends == len(data)
    expected = data.decode().replace("\r\n", "\n").split("\n")
    assert found.to_list() == (expected[:-1] if expected[-1] == "" else expected)


@given(hostile)
def test_decode(text: str) -> None:
    points, starts = scan.decode(as_bytes(text.encode()))
    assert points.tolist() == [ord(char) for char in text]
    assert starts.tolist() == [len(text[:i].encode()) for i in range(len(text))]


def test_decode_refuses_what_is_not_utf8() -> None:
    with pytest.raises(UnicodeDecodeError):
        scan.decode(as_bytes(b"a\xff"))


@given(texts)
def test_blocks_cover_every_string_once(list_of_texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "BLOCK", 8)
        made = list(scan.blocks(Strings.of(list_of_texts)))
    assert [text for block in made for text in block.strings] == list_of_texts
    assert [i for block in made for i in range(block.which.start, block.which.stop)] == list(
        range(len(list_of_texts))
    )
