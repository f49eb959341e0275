"""From a line's address to its row, the unit of resampling (MEASURES, Rows), and to 64-bit digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from langcov.text.hashing import GOLDEN, splitmix

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


def splitmix64(values: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A 64-bit digest of each number: the output function of SplitMix64 (Steele et al. 2014).

    >>> hex(int(splitmix64(np.array([0]))[0]))
    '0xe220a8397b1dcdaf'
    """
    return splitmix(values.astype(np.uint64) + GOLDEN)


def apart(position: int) -> np.uint64:
    """What keeps digests of the rows of a file apart from those of others: it is added to each, modulo 2**64.

    Args:
        position: of the file, in the order of content, where it is not known by its name or its partners.
    """
    return np.uint64(position * int(GOLDEN) % 2**64)


def name_digests(names: Iterable[bytes]) -> NDArray[np.uint64]:
    """A 64-bit digest of each name: the first 8 bytes of its BLAKE2b, little-endian, uint64 [n].

    >>> hex(int(name_digests([b""])[0])), hashlib.blake2b(b"").hexdigest()[:16]
    ('0x3590142f7026a78', '786a02f742015903')
    """
    return np.frombuffer(b"".join(hashlib.blake2b(name).digest()[:8] for name in names), "<u8")
