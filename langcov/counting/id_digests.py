"""Digests of ids that add: of the same rows they are the same by words and by lines, in any order.

The digest of a text is the sum of a 64-bit mix of each of its ids, modulo 2**64: blind only to order.
"""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Ints
from langcov.corpora.rows import splitmix64
from langcov.counting.batch import Batch
from langcov.tokenizers.protocol import Encoded


def digests(encoded: Encoded) -> Ints:
    """The digest of each string, as int64 that wraps [n].

    >>> one = digests(Encoded(np.array([7, 9], np.int32), np.array([0, 2])))
    >>> two = digests(Encoded(np.array([9, 7], np.int32), np.array([0, 1, 2])))
    >>> bool(one[0] == two.sum())
    True
    """
    mixed = encoded.sums(lambda some: splitmix64(encoded.ids[some].astype(np.int64)), np.uint64)
    return mixed.view(np.int64)


def add_digests(rows: Ints, batch: Batch, of_strings: Ints) -> None:
    """Add the digests of the strings of a batch to the rows in which they stand; ``rows`` is changed."""
    np.add.at(rows, batch.row, of_strings[batch.string] * batch.count)
