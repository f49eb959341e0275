"""Which letters a text is written with, marks included."""

from __future__ import annotations

import numpy as np

from langcov.text.properties import GraphemeBreak
from langcov.text.scan import blocks
from langcov.text.strings import Offsets, Strings

BASE_BITS = 21


def letters(strings: Strings) -> tuple[Offsets, Offsets]:
    """The code points of some strings but for white space and marks, each with the first mark after it.

    All of them, because letters of some alphabets are no letters to Unicode: ’ (Veps), ׳ (Juhuri).

    Returns:
        A key ``mark << 21 | base`` for each (mark 0 where none follows), and the string it stands in,
        int64 [k] each.

    >>> keys, owner = letters(Strings.of(["ка̄"]))
    >>> [(chr(key & 0x1FFFFF), key >> 21) for key in keys.tolist()], owner.tolist()
    ([('к', 0), ('а', 772)], [0, 0])
    """
    keys, owners = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for block in blocks(strings):
        marks = block.get("grapheme_break") == GraphemeBreak.Extend
        at = np.flatnonzero(~marks & ~block.get("white_space").view(bool))
        following = np.append(block.points[1:] * marks[1:], 0)
        following[block.first[1:] - 1] = 0
        keys.append(following[at].astype(np.int64) << BASE_BITS | block.points[at])
        owners.append(block.owners(at) + block.which.start)
    return np.concatenate(keys), np.concatenate(owners)
