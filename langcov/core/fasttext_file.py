"""What is in a fastText model file (``.bin``, ``.ftz``), told without loading it.

The library itself must not be asked first: of a file that is cut short it crashes, or it loads it and
predicts from the part of the matrix that it never read.

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


@dataclass(frozen=True)
class Contents:
    """The dictionary of a model."""

    supervised: bool  # trained on labels, so that it can predict them
    words: Sequence[bytes]  # as UTF-8, in the order of their ids
    labels: Sequence[bytes]  # as UTF-8, with the prefix they were trained with (``__label__``)


def contents(data: bytes | mmap) -> Contents:
    """Read the dictionary, and see that everything after it is there.

    Raises:
        ValueError: why it is no model that can be loaded, as the end of a sentence.
    """
    if data[:4] != MAGIC:
        raise ValueError("not a fastText model")
    try:
        return _contents(_Walk(data))
    except struct.error:
        raise ValueError("a fastText model that is cut short") from None


class _Walk:
    """A place in the file, moved on by what is read or passed over."""

    def __init__(self, data: bytes | mmap) -> None:
        self._data, self._place = data, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self._data, self._place)
        self._place += struct.calcsize("<" + layout)
        return values

    def skip(self, size: int) -> None:
        self._place += size
        if size < 0 or self._place > len(self._data):
            raise struct.error

    def entries(self, count: int) -> tuple[list[bytes], list[bytes]]:
        """Words and labels: a NUL-ended name each, an int64 count and an int8 type (0 a word, 1 a label)."""
        data, place = self._data, self._place
        found: tuple[list[bytes], list[bytes]] = ([], [])
        for _ in range(count):
            end = data.find(b"\0", place)
            if end < 0 or end + 9 >= len(data):
                raise struct.error
            found[data[end + 9] == 1].append(data[place:end])
            place = end + 10
        self._place = place
        return found


def _contents(walk: _Walk) -> Contents:
    (version,) = walk.take("4xi")
    if version not in _VERSIONS:
        raise ValueError(f"a fastText model of version {version}; known are {_VERSIONS}")
    model = walk.take("12id")[7]
    entries, _, _, _, pruned = walk.take("3i2q")
    words, labels = walk.entries(entries)
    walk.skip(8 * max(pruned, 0))
    (quantized,) = walk.take("?")
    _matrix(walk, quantized)
    (output,) = walk.take("?")
    _matrix(walk, quantized and output)
    return Contents(model == _SUPERVISED, words, labels)


def _matrix(walk: _Walk, quantized: bool) -> None:
    if not quantized:
        rows, columns = walk.take("2q")
        walk.skip(4 * rows * columns)
        return
    norms, rows, _, codes = walk.take("?2qi")
    walk.skip(codes)
    _centroids(walk)
    if norms:
        walk.skip(rows)
        _centroids(walk)


def _centroids(walk: _Walk) -> None:
    columns, _, _, _ = walk.take("4i")
    walk.skip(4 * 256 * columns)
