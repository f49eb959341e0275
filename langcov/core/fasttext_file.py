"""What is in a fastText model file (``.bin``, ``.ftz``), told without loading it.

The library itself must not be asked first: of a file that is cut short, or whose parts contradict each
other, it crashes, or it loads it and predicts from memory that it never read.

The layout is that of fastText's own ``saveModel``, version 11 and 12, little-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from mmap import mmap
from typing import Any

MAGIC = (793712314).to_bytes(4, "little")
_VERSIONS = (11, 12)
_SUPERVISED = 3
_HEADER, _DICTIONARY, _MATRIX = "its header can't be", "its dictionary can't be", "a matrix has another size"
_MOST_USES = 10**15  # where the library's tree of labels stops looking


@dataclass(frozen=True)
class Contents:
    """The dictionary of a model."""

    supervised: bool  # trained on labels, so that it can predict them
    words: Sequence[bytes]  # as UTF-8, in the order of their ids
    labels: Sequence[bytes]  # as UTF-8, with the prefix they were trained with (``__label__``)


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

    def skip(self, size: int) -> None:
        self._place += size
        if size < 0 or self._place > len(self._data):
            raise struct.error

    def entries(self, count: int, words: int, labels: int) -> tuple[list[bytes], list[bytes]]:
        """Words and then labels: a NUL-ended name each, an int64 count, an int8 type (0 word, 1 label)."""
        data, place, uses = self._data, self._place, 0
        found: tuple[list[bytes], list[bytes]] = ([], [])
        for number in range(count):
            end = data.find(b"\0", place)
            if end < 0 or end + 9 >= len(data):
                raise struct.error
            times, kind = struct.unpack_from("<qb", data, end + 1)
            uses += times
            self.agrees(kind == (number >= words) and times >= 0 and uses < _MOST_USES, _DICTIONARY)
            found[kind == 1].append(data[place:end])
            place = end + 10
        self.agrees((len(found[0]), len(found[1])) == (words, labels), _DICTIONARY)
        self._place = place
        return found

    def pruned(self, count: int) -> None:
        """Which of the hashed pieces of words are left, each with its row, int32 both."""
        rows = [row for _, row in struct.iter_unpack("<2i", self.take(f"{8 * count}s")[0])]
        self.agrees(not rows or (min(rows) >= 0 and max(rows) < count), _DICTIONARY)

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
    columns, *_, grams, loss, model, bucket, _, longest, _, _ = walk.take("12id")
    hashes = grams > 1 or (longest > 0 and not (version == 11 and model == _SUPERVISED))
    known = model in (1, 2, _SUPERVISED) and loss in (1, 2, 3, 4)
    walk.agrees(known and columns > 0 and bucket >= hashes, _HEADER)
    count, n_words, n_labels, _, pruned = walk.take("3i2q")
    walk.agrees(min(n_words, n_labels) >= 0 and count == n_words + n_labels > 0 and pruned >= -1, _DICTIONARY)
    words, labels = walk.entries(count, n_words, n_labels)
    walk.pruned(max(pruned, 0))
    (quantized,) = walk.take("?")
    _matrix(walk, quantized, n_words + (bucket if pruned < 0 else pruned), columns)
    (output,) = walk.take("?")
    _matrix(walk, quantized and output, n_labels if model == _SUPERVISED else n_words, columns)
    walk.agrees(walk.ended, "it goes on after its matrices")
    return Contents(model == _SUPERVISED, words, labels)


def _matrix(walk: _Walk, quantized: bool, *expected: int) -> None:
    """Pass over a matrix, which has to have so many rows and columns."""
    norms = quantized and walk.take("?")[0]
    rows, columns = shape = walk.take("2q")
    walk.agrees(shape == expected, _MATRIX)
    if not quantized:
        walk.skip(4 * rows * columns)
        return
    (codes,) = walk.take("i")
    walk.skip(codes)
    walk.agrees(codes == rows * _centroids(walk, columns), _MATRIX)
    if norms:
        walk.skip(rows)
        walk.agrees(_centroids(walk, 1) == 1, _MATRIX)


def _centroids(walk: _Walk, columns: int) -> int:
    """Pass over the centroids by which rows are coded; returns the codes of a row."""
    dimensions, parts, width, last = walk.take("4i")
    whole = 0 < last <= width and (parts - 1) * width + last == columns
    walk.agrees(dimensions == columns and whole, _MATRIX)
    walk.skip(4 * 256 * dimensions)
    return int(parts)
