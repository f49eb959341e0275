"""Runs of five characters of lines, and their hashes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from langcov.core.arrays import Words
from langcov.text.hashing import fx_hashes
from langcov.text.scan import is_lead
from langcov.text.strings import LF, Strings, ranges

SHINGLE = 5
TOGETHER = 1 << 15  # hashes that are made together: a bound on memory, however long lines are
_PROBES = ("азат ", "abcde", "aбвгд", "აბგდე", "𐓀𐓨𐓀𐓨𐓀", "абвгдежзиклмноп")


def shingles(line: str) -> list[str]:
    """The runs of five characters of a line.

    >>> shingles("азатлык")
    ['азатл', 'затлы', 'атлык']
    """
    return [line[at : at + SHINGLE] for at in range(len(line) - SHINGLE + 1)]


def hashed(lines: Sequence[str], library: Any) -> tuple[Words, Words]:
    """The hashes that rensa gives the ``shingles`` of lines.

    Args:
        lines: none of which holds an LF.
        library: rensa.

    Returns:
        The hashes of all lines, uint64 [m], and where those of each begin, and end, uint64 [n + 1].
    """
    counts = np.array([*map(len, lines)], np.int64) - SHINGLE + 1
    offsets = np.append(0, np.cumsum(np.maximum(counts, 0)))
    hashes = np.empty(offsets[-1], np.uint64)
    cuts = np.searchsorted(offsets, np.arange(0, offsets[-1], TOGETHER))
    for first, end in pairwise(np.unique(np.append(cuts, len(lines))).tolist()):
        part, found = lines[first:end], hashes[offsets[first] : offsets[end]]
        if _is_fx(library):
            found[:] = _hashed(part)
        else:
            sets = library.RMinHash.hash_token_sets([shingles(line) for line in part])
            found[:] = [one for some in sets for one in some]
    return hashes, offsets.astype(np.uint64)


def _hashed(lines: Sequence[str]) -> Words:
    data = np.frombuffer("".join(f"{line}\n" for line in lines).encode(), np.uint8)
    leads = np.flatnonzero(is_lead(data))
    ends = np.flatnonzero(data[leads] == LF)
    firsts = np.append(0, ends[:-1] + 1)
    at = ranges(firsts, np.maximum(ends - firsts - SHINGLE + 1, 0))
    return fx_hashes(Strings(data, leads[at], leads[at + SHINGLE]))


@cache
def _is_fx(library: Any) -> bool:
    """Whether a version of rensa makes the hashes that ``fx_hashes`` does, as 0.5 does."""
    probes = Strings.of(_PROBES)
    theirs: list[list[int]] = library.RMinHash.hash_token_sets([_PROBES])
    return theirs == [fx_hashes(probes).tolist()]
