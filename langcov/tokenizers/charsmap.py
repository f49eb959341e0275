"""What can be read off a SentencePiece ``precompiled_charsmap`` without running it."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from langcov.text.strings import ranges


def rewrites_space(charsmap: bytes) -> bool:
    """Whether a rule of the map could join or part words otherwise than one U+0020 does.

    That is a rule with a U+0020 in what it replaces (only such a rule sees across a word's edge), or one
    that writes two spaces in a row or a literal U+2581. The map is a four-byte size, a Darts-clone double
    array of that size and the replacements: unit ``i`` is the child by byte ``label`` of the node whose
    base is ``i ^ label``; units with the top bit hold values. The walk goes level by level from the root,
    to each node once: in a damaged array nodes may be below one another.
    """
    if len(charsmap) < 8:
        return False
    (size,) = struct.unpack_from("<I", charsmap)
    replacements = charsmap[4 + size :]
    if b"  " in replacements or "\u2581".encode() in replacements:
        return True
    units = np.frombuffer(charsmap, "<u4", size // 4, 4).astype(np.int64)
    positions = np.arange(len(units))
    labels = units & 0xFF
    bases = np.where(units >> 31 == 0, positions ^ labels, -1)
    by_base = np.argsort(bases, kind="stable")
    sorted_bases = bases[by_base]

    nodes: NDArray[np.int64] = np.zeros(1, np.int64)
    new = positions != 0
    while len(nodes):
        below = np.unique(nodes ^ _offset(units[nodes]))
        first = np.searchsorted(sorted_bases, below, "left")
        last = np.searchsorted(sorted_bases, below, "right")
        nodes = by_base[ranges(first, last - first)]
        nodes = nodes[new[nodes]]
        new[nodes] = False
        if (labels[nodes] == 0x20).any():
            return True
    return False


def _offset(units: NDArray[np.int64]) -> NDArray[np.int64]:
    return (units >> 10) << ((units & 0x200) >> 6)
