"""Runs of five characters of lines, and their hashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np

from langcov.core.arrays import Ints, Words
from langcov.text.hashing import fx_hashes
from langcov.text.scan import is_lead
from langcov.text.strings import LF, Strings, ranges

SHINGLE = 5
LINES = 1 << 12  # that are hashed together
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
    parts = [*_parts(lines, library)]
    offsets = np.append(0, np.cumsum(np.concatenate([counts for _, counts in parts])))
    return np.concatenate([hashes for hashes, _ in parts]), offsets.astype(np.uint64)


def _parts(lines: Sequence[str], library: Any) -> Iterator[tuple[Words, Ints]]:
    """The hashes of some lines after others, and how many each line has."""
    for first in range(0, len(lines), LINES):
        part = lines[first : first + LINES]
        if _is_fx(library):
            yield _hashed(part)
        else:
            found = library.RMinHash.hash_token_sets([shingles(line) for line in part])
            counts = np.array([*map(len, found)], np.int64)
            yield np.array([one for hashes in found for one in hashes], np.uint64), counts


def _hashed(lines: Sequence[str]) -> tuple[Words, Ints]:
    data = np.frombuffer("".join(f"{line}\n" for line in lines).encode(), np.uint8)
    leads = np.flatnonzero(is_lead(data))
    ends = np.flatnonzero(data[leads] == LF)
    firsts = np.append(0, ends[:-1] + 1)
    counts = np.maximum(ends - firsts - SHINGLE + 1, 0)
    at = ranges(firsts, counts)
    return fx_hashes(Strings(data, leads[at], leads[at + SHINGLE])), counts


@cache
def _is_fx(library: Any) -> bool:
    """Whether a version of rensa makes the hashes that ``fx_hashes`` does, as 0.5 does."""
    probes = Strings.of(_PROBES)
    theirs: list[list[int]] = library.RMinHash.hash_token_sets([_PROBES])
    return theirs == [fx_hashes(probes).tolist()]
