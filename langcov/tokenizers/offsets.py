"""Offsets in characters, as libraries give them, turned into offsets in bytes."""

from __future__ import annotations

from itertools import chain

import numpy as np
from numpy.typing import NDArray

from langcov.text.properties import GraphemeBreak, table
from langcov.text.scan import decode, utf8_lengths
from langcov.text.strings import Strings
from langcov.tokenizers.protocol import Spans


def in_bytes(texts: list[str], spans: list[list[tuple[int, int]]]) -> Spans:
    """Character ranges within each text as byte ranges within its UTF-8.

    Args:
        texts: the strings.
        spans: the ranges [begin, end) of each string's tokens, in code points.

    Returns:
        begin and end of every token, int64 [n_tokens] each.

    >>> begin, end = in_bytes(["кот", "a"], [[(0, 1), (1, 3)], [(0, 1)]])
    >>> begin.tolist(), end.tolist()
    ([0, 2, 0], [2, 6, 1])
    """
    points = np.frombuffer("".join(texts).encode("utf-32-le"), "<u4")
    byte_of = np.zeros(len(points) + 1, np.int64)
    np.cumsum(utf8_lengths(points), out=byte_of[1:])
    first_point = np.cumsum([0, *map(len, texts)])[:-1]
    of_token = np.repeat(first_point, [len(of_text) for of_text in spans])
    flat = np.fromiter(chain.from_iterable(chain.from_iterable(spans)), np.int64).reshape(-1, 2)
    begin, end = (byte_of[flat.T + of_token] - byte_of[of_token]).astype(np.int64)
    return begin, end


def over_marks(texts: list[str], counts: NDArray[np.int64], spans: Spans) -> Spans:
    """Byte ranges that go on over the marks a normaliser put into the letter before them.

    The library gives й, made of и and U+0306 by NFC, the place of the и alone; a mark that no token covers
    belongs to the tokens that end before it.

    Args:
        texts: the strings.
        counts: tokens of each string, int64 [n].
        spans: begin and end of every token in its string, at whole code points.

    >>> begin, end = over_marks(["и\u0306!"], np.array([2]), (np.array([0, 4]), np.array([2, 5])))
    >>> begin.tolist(), end.tolist()
    ([0, 4], [4, 5])
    """
    strings = Strings.of(texts)
    begin, end = spans
    base = np.repeat(strings.starts, counts)
    size = len(strings.data)
    opened, closed = (np.bincount(place + base, minlength=size + 1) for place in spans)
    points, at = decode(strings.data)
    free = (np.cumsum(opened - closed)[at] == 0) & (table("grapheme_break")[points] == GraphemeBreak.Extend)
    held = np.append(at[~free], size)
    reach = np.minimum(held[np.searchsorted(held, end + base)] - base, np.repeat(strings.lengths, counts))
    return begin, np.where(begin < end, reach, end)
