"""What is in a fastText model file (``.bin``, ``.ftz``), told without the library.

The library itself must not be asked first: of a file that is cut short, or whose parts contradict each
other, it crashes, or it loads it and predicts from memory that it never read.

The layout is that of fastText's own ``saveModel``, version 11 and 12, little-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from mmap import mmap
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

MAGIC = (793712314).to_bytes(4, "little")
_VERSIONS = (11, 12)
_SUPERVISED = 3
HIERARCHICAL, NEGATIVE, SOFTMAX, ONE_VERSUS_ALL = 1, 2, 3, 4
"""Losses; a prediction of ``NEGATIVE`` is made as one of ``ONE_VERSUS_ALL``."""
_HEADER, _DICTIONARY, _MATRIX = "its header can't be", "its dictionary can't be", "a matrix has another size"
_MOST_USES = 10**15  # where the library's tree of labels stops looking


class Header(NamedTuple):
    """What a model was trained with, as far as a prediction hangs on it."""

    version: int
    columns: int  # of both matrices
    word_grams: int  # the longest n-grams of words
    loss: int  # ``HIERARCHICAL`` …
    buckets: int  # that n-grams are hashed into
    shortest: int  # n-grams of letters
    longest: int


class Codes(NamedTuple):
    """A matrix of which each part of each row is one of 256 centroids: where in the file they are."""

    codes: int
    centroids: int
    width: int  # columns of a part; the last may have fewer
    norms: int  # of the codes of rows' norms, one each; 0 where there are none
    norm_centroids: int


class Matrix(NamedTuple):
    """A matrix of float32, row by row."""

    rows: int
    columns: int
    place: int  # the byte of the file at which it begins, where its numbers stand as they are
    codes: Codes | None


@dataclass(frozen=True, eq=False)
class Contents:
    """The dictionary of a model, and where its matrices are."""

    supervised: bool  # trained on labels, so that it can predict them
    words: Sequence[bytes]  # as UTF-8, in the order of their ids
    labels: Sequence[bytes]  # as UTF-8, with the prefix they were trained with (``__label__``)
    uses: NDArray[np.int64]  # of each label in training, int64 [labels]
    header: Header
    # buckets that are left and the row of each, counted after those of words, int32 [n, 2]; None: all are
    pruned: NDArray[np.int32] | None
    input: Matrix
    output: Matrix


def contents(data: bytes | mmap, strict: bool = False) -> Contents:
    """Read the dictionary, and see that everything after it is there.

    Args:
        data: the file.
        strict: see, before the library is asked, that header, dictionary and matrices say the same sizes.

    Raises:
        ValueError: why it is no model that can be loaded, as the end of a sentence.
    """
    if data[:4] != MAGIC:
        raise ValueError("not a fastText model")
    try:
        return _contents(_Walk(data, strict))
    except struct.error:
        raise ValueError("a fastText model that is cut short") from None


class _Walk:
    """A place in the file, moved on by what is read or passed over."""

    def __init__(self, data: bytes | mmap, strict: bool) -> None:
        self._data, self._place, self._strict = data, 0, strict

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self._data, self._place)
        self._place += struct.calcsize("<" + layout)
        return values

    def skip(self, size: int) -> int:
        """Pass over some bytes; returns where they begin."""
        place = self._place
        self._place += size
        if size < 0 or self._place > len(self._data):
            raise struct.error
        return place

    def entries(self, count: int, words: int, labels: int) -> tuple[list[bytes], list[bytes], list[int]]:
        """Words and then labels: a NUL-ended name each, an int64 count, an int8 type (0 word, 1 label).

        Returns:
            the words, the labels, and the count of each label.
        """
        data, place, uses = self._data, self._place, 0
        found: tuple[list[bytes], list[bytes]] = ([], [])
        counts = []
        for number in range(count):
            end = data.find(b"\0", place)
            if end < 0 or end + 9 >= len(data):
                raise struct.error
            times, kind = struct.unpack_from("<qb", data, end + 1)
            uses += times
            self.agrees(kind == (number >= words) and times >= 0 and uses < _MOST_USES, _DICTIONARY)
            found[kind == 1].append(data[place:end])
            if kind == 1:
                counts.append(times)
            place = end + 10
        self.agrees((len(found[0]), len(found[1])) == (words, labels), _DICTIONARY)
        self._place = place
        return *found, counts

    def pruned(self, count: int) -> NDArray[np.int32]:
        """Which of the hashed pieces of words are left, each with its row, int32 [count, 2]."""
        pairs = np.frombuffer(self.take(f"{8 * count}s")[0], "<i4").reshape(-1, 2)
        rows = pairs[:, 1]
        self.agrees(not len(rows) or bool(rows.min() >= 0 and rows.max() < count), _DICTIONARY)
        return pairs

    def agrees(self, right: bool, what: str) -> None:
        """Raise if one part contradicts another."""
        if self._strict and not right:
            raise ValueError(f"a fastText model that is cut short or edited: {what}")

    @property
    def ended(self) -> bool:
        return self._place == len(self._data)


def _contents(walk: _Walk) -> Contents:
    (version,) = walk.take("4xi")
    if version not in _VERSIONS:
        raise ValueError(f"a fastText model of version {version}; known are {_VERSIONS}")
    columns, *_, grams, loss, model, bucket, shortest, longest, _, _ = walk.take("12id")
    longest = 0 if version == 11 and model == _SUPERVISED else longest
    known = model in (1, 2, _SUPERVISED) and HIERARCHICAL <= loss <= ONE_VERSUS_ALL
    walk.agrees(known and columns > 0 and bucket >= (grams > 1 or longest > 0), _HEADER)
    header = Header(version, columns, grams, loss, bucket, shortest, longest)
    count, n_words, n_labels, _, left = walk.take("3i2q")
    walk.agrees(min(n_words, n_labels) >= 0 and count == n_words + n_labels > 0 and left >= -1, _DICTIONARY)
    words, labels, uses = walk.entries(count, n_words, n_labels)
    pruned = walk.pruned(max(left, 0))
    (quantized,) = walk.take("?")
    inner = _matrix(walk, quantized, n_words + (bucket if left < 0 else left), columns)
    (output,) = walk.take("?")
    outer = _matrix(walk, quantized and output, n_labels if model == _SUPERVISED else n_words, columns)
    walk.agrees(walk.ended, "it goes on after its matrices")
    supervised, counts = model == _SUPERVISED, np.array(uses, np.int64)
    return Contents(supervised, words, labels, counts, header, None if left < 0 else pruned, inner, outer)


def _matrix(walk: _Walk, quantized: bool, *expected: int) -> Matrix:
    """Pass over a matrix, which has to have so many rows and columns."""
    norms = quantized and walk.take("?")[0]
    rows, columns = shape = walk.take("2q")
    walk.agrees(shape == expected, _MATRIX)
    if not quantized:
        return Matrix(rows, columns, walk.skip(4 * rows * columns), None)
    (size,) = walk.take("i")
    codes = walk.skip(size)
    parts, width, centroids = _centroids(walk, columns)
    walk.agrees(size == rows * parts, _MATRIX)
    of_norms = norm_centroids = 0
    if norms:
        of_norms = walk.skip(rows)
        one, _, norm_centroids = _centroids(walk, 1)
        walk.agrees(one == 1, _MATRIX)
    return Matrix(rows, columns, 0, Codes(codes, centroids, width, of_norms, norm_centroids))


def _centroids(walk: _Walk, columns: int) -> tuple[int, int, int]:
    """Pass over the centroids of rows: the codes of a row, the columns of each, and where they are."""
    dimensions, parts, width, last = walk.take("4i")
    whole = 0 < last <= width and (parts - 1) * width + last == columns
    walk.agrees(dimensions == columns and whole, _MATRIX)
    return parts, width, walk.skip(4 * 256 * dimensions)
