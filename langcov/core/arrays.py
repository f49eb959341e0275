"""Types of numpy arrays, by what they hold, and an array that is appended to."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

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
            larger = np.empty((max(size, 2 * len(self._buffer)), *self._buffer.shape[1:]), self._buffer.dtype)
            larger[: self._size] = self.values
            self._buffer = larger
        self._buffer[self._size : size] = rows
        self._size = size


class Narrow(Growing):
    """Whole numbers, two bytes each until one doesn't fit, then four.

    >>> numbers = Narrow()
    >>> numbers.extend(np.array([5])), str(numbers.values.dtype)
    (None, 'uint16')
    >>> numbers.extend(np.array([1 << 16])), str(numbers.values.dtype), numbers.values.tolist()
    (None, 'int32', [5, 65536])
    """

    def __init__(self, shape: tuple[int, ...] = ()) -> None:
        super().__init__(np.uint16, shape)

    def extend(self, rows: NDArray[Any]) -> None:
        """Append rows."""
        lowest, highest = int(rows.min(initial=0)), int(rows.max(initial=0))
        if lowest < 0 or highest > np.iinfo(self._buffer.dtype).max:
            self._buffer = self._buffer.astype(np.int32)
        super().extend(rows)
