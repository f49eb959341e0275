"""The one place where a line's address becomes a row, the unit of resampling (MEASURES, Rows)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LINE_ROWS = 256
DOCUMENT_ROWS = 1 << 14


def shift_for(n: int, limit: int = LINE_ROWS) -> int:
    """The smallest K with ``n <= limit * 2**K``: line i of a corpus of n lines is in row ``i >> K``.

    Documents are rows of their own up to ``DOCUMENT_ROWS`` of them; beyond that neighbours share a
    row by the same rule, so that the resampling matrix stays small (docs/decisions/0002-rows.md).

    >>> [shift_for(n) for n in (0, 1, 256, 257, 512, 513)]
    [0, 0, 0, 1, 1, 2]
    """
    return max(0, -(-n // limit) - 1).bit_length()


def row_of(address: NDArray[np.int64], shift: int) -> NDArray[np.int64]:
    """Rows of lines or documents with these addresses in their file, int64 [n]."""
    return address >> shift


def fold(values: NDArray[np.int64], steps: int) -> NDArray[np.int64]:
    """Join ``2**steps`` neighbouring rows by adding, the first axis being rows.

    >>> fold(np.array([[1], [2], [4]]), 1).tolist()
    [[3], [4]]
    """
    if steps == 0 or not len(values):
        return values
    return np.add.reduceat(values, np.arange(0, len(values), 1 << steps), axis=0)
