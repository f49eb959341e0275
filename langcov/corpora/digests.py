"""64-bit digests of numbers and of names, by which lines and documents of several files are compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from langcov.text.hashing import GOLDEN, splitmix


def splitmix64(values: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A 64-bit digest of each number: the output function of SplitMix64 (Steele et al. 2014).

    >>> hex(int(splitmix64(np.array([0]))[0]))
    '0xe220a8397b1dcdaf'
    """
    return splitmix(values.astype(np.uint64) + GOLDEN)


def name_digests(names: Iterable[bytes]) -> NDArray[np.uint64]:
    """A 64-bit digest of each name: the first 8 bytes of its BLAKE2b, little-endian, uint64 [n].

    >>> hex(int(name_digests([b""])[0])), hashlib.blake2b(b"").hexdigest()[:16]
    ('0x3590142f7026a78', '786a02f742015903')
    """
    return np.frombuffer(b"".join(hashlib.blake2b(name).digest()[:8] for name in names), "<u8")
