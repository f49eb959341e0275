"""Types of numpy arrays, by what they hold, and an array that is appended to."""

from __future__ import annotations

import math
import sys
from mmap import mmap
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

if sys.platform != "win32":
    from mmap import MAP_PRIVATE

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Offsets = Ints  # whole numbers that are places in another array
Places = NDArray[np.int32] | Ints  # as narrow as they may be, of each token or byte
Words = NDArray[np.uint64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

PART = 1 << 20


def looked_up(table: NDArray[Any], index: NDArray[Any]) -> NDArray[Any]:
    """``table[index]``, a part at a time: numpy widens all indices to eight bytes each."""
    if len(index) <= PART:
        return table[index]
    found = np.empty(len(index), table.dtype)
    for start in range(0, len(index), PART):
        part = slice(start, start + PART)
        np.take(table, index[part], out=found[part])
    return found


def zeros(n: int, largest: int) -> Places:
    """Zeros of the type in which numbers up to ``largest`` fit, int32 or int64 [n]."""
    return np.zeros(n, np.int32) if largest <= np.iinfo(np.int32).max else np.zeros(n, np.int64)


def added_up(flags: Bools) -> Places:
    """How many of the flags before each are set, and of all, int64 [n + 1], or int32 where that is enough.

    >>> added_up(np.array([True, False, True])).tolist()
    [0, 1, 1, 2]
    """
    sums = zeros(len(flags) + 1, len(flags))
    np.cumsum(flags, out=sums[1:])
    return sums


def grown(values: Ints, rows: int) -> Ints:
    """Counters by row with so many rows of zeros more."""
    return np.concatenate([values, np.zeros((rows, *values.shape[1:]), np.int64)])


APART = 1 << 20
"""Bytes from which a buffer is one that the system gives and takes back itself: long-lived ones that grow
among those that come and go would leave holes, and what is not used yet would take memory as well."""


def _room(rows: int, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """An array of anything."""
    size = rows * math.prod(shape) * np.dtype(dtype).itemsize
    if size < APART:
        return np.empty((rows, *shape), dtype)
    return np.frombuffer(_mapped(size), dtype).reshape(rows, *shape)


def _mapped(size: int) -> mmap:
    try:
        if sys.platform == "win32":
            return mmap(-1, size)
        return mmap(-1, size, flags=MAP_PRIVATE)
    except OSError:  # numpy's own arrays fail so
        raise MemoryError from None


class Growing:
    """Rows of one dtype and shape, in a buffer that doubles when it is full.

    >>> numbers = Growing(np.int64)
    >>> numbers.extend(np.array([5, 6])), numbers.extend(np.array([7]))
    (None, None)
    >>> numbers.values.tolist()
    [5, 6, 7]
    """

    def __init__(self, dtype: DTypeLike, shape: tuple[int, ...] = ()) -> None:
        self._buffer: NDArray[Any] = np.empty((0, *shape), dtype)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> NDArray[Any]:
        """All rows so far: a view, good until the next ``extend``."""
        return self._buffer[: self._size]

    @property
    def nbytes(self) -> int:
        """Bytes of all rows so far, without the room for more, which takes no memory until it is used."""
        return self.values.nbytes

    def keep(self, which: Ints) -> None:
        """Forget all rows but some, by index."""
        self._buffer, self._size = self.values[which], len(which)

    def clear(self) -> None:
        """Forget all rows; their room stays."""
        self._size = 0

    def extend(self, rows: NDArray[Any]) -> None:
        """Append rows."""
        size = self._size + len(rows)
        if size > len(self._buffer):
            shape, dtype = self._buffer.shape[1:], self._buffer.dtype
            larger = _room(max(size, 2 * len(self._buffer)), shape, dtype)
            larger[: self._size] = self.values
            self._buffer = larger
        self._buffer[self._size : size] = rows
        self._size = size


NARROW = (np.uint8, np.uint16, np.int32, np.int64)


class Narrow(Growing):
    """Whole numbers of as few bytes each as the largest needs.

    >>> numbers = Narrow()
    >>> numbers.extend(np.array([5])), str(numbers.values.dtype)
    (None, 'uint8')
    >>> numbers.extend(np.array([1 << 16])), str(numbers.values.dtype), numbers.values.tolist()
    (None, 'int32', [5, 65536])
    """

    def __init__(self, shape: tuple[int, ...] = (), first: DTypeLike = np.uint8) -> None:
        """No rows yet.

        Args:
            first: the narrowest type, of those in ``NARROW``; where numbers are added to each other, one in
                which they don't wrap.
        """
        super().__init__(first, shape)

    def extend(self, rows: NDArray[Any]) -> None:
        """Append rows."""
        lowest, highest = int(rows.min(initial=0)), int(rows.max(initial=0))
        kinds = [np.iinfo(kind) for kind in NARROW if np.dtype(kind).itemsize >= self._buffer.itemsize]
        fitting = next(limit.dtype for limit in kinds if limit.min <= lowest and highest <= limit.max)
        if fitting != self._buffer.dtype:
            self._buffer = self.values.astype(fitting)
        super().extend(rows)
