"""Sums of rows of a matrix, group by group, in float32 and in the order of the rows."""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Ints
from langcov.lid.engines.weights import Floats32, Rows

ROOM = 1 << 17  # numbers of groups that are summed at once: what the nearest caches hold


def summed(matrix: Floats32, rows: Rows, counts: Ints) -> Floats32:
    """The sum of the rows of each group, float32 [groups, columns].

    The first rows of all groups are added, then the second ones, and so on: a loop over the length of the
    longest group, so that has to be known to be short.

    Args:
        matrix: float32 [n, columns].
        rows: of all groups, one group after another, int [m].
        counts: the rows of each group, int64 [groups].

    >>> summed(np.eye(3, dtype=np.float32), np.array([0, 2, 0]), np.array([1, 0, 2])).tolist()
    [[1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 1.0]]
    """
    columns = matrix.shape[1]
    total = np.zeros((len(counts), columns), np.float32)
    order = np.argsort(-counts, kind="stable")
    starts, sizes = (np.cumsum(counts) - counts)[order], counts[order]
    at_once = max(1, ROOM // columns)
    taken = np.empty((at_once, columns), np.float32)
    for begin in range(0, len(order), at_once):
        part = slice(begin, begin + at_once)
        first, size = starts[part], sizes[part]
        sums = np.zeros((len(first), columns), np.float32)
        # How many groups have an n-th row: the first so many, as they are sorted.
        having = np.searchsorted(-size, -np.arange(int(size[0]) if len(size) else 0))
        for place, many in enumerate(having.tolist()):
            np.take(matrix, rows[first[:many] + place], axis=0, out=taken[:many], mode="clip")
            sums[:many] += taken[:many]
        total[order[part]] = sums
    return total
