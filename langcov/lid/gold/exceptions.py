"""Lines that are not what they are filed as, known by their content, so that they can be counted apart.

``langcov/data/gold_exceptions.tsv`` has a digest of each line and its bytes in NFKC, and no text, with the
address where it was found; ``gold_lists.tsv`` says of each list what its lines are, in which corpora, and how
that was verified. A line is on a list only where its letters, its equality with a line of another language,
or its every word leaves no doubt: so it is an exception in whatever file it stands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from langcov.corpora.rows import name_digests
from langcov.data import read_table
from langcov.text.scan import find_lines
from langcov.text.strings import Strings

FIRST_LEAD = 0xC0
CYRILLIC = np.uint8(0xD0), np.uint8(0xD3)
"""The first byte of a code point of several, and those of U+0400 to U+04FF in UTF-8."""


@dataclass(frozen=True)
class GoldList:
    """A named list of exceptions.

    Attributes:
        name: ``ntrex-french-quote``.
        corpora: names of the corpora that its lines are of.
        kind: ``other-language``; ``mixed`` (two languages in one line); ``shared`` (the same string is a line
            in two languages, right in each); ``other-script`` (most letters are of names in another script,
            or look-alikes); ``no-letters``.
    """

    name: str
    corpora: tuple[str, ...]
    kind: str
    what: str


@dataclass(frozen=True, eq=False)
class Excepted:
    """Which of some lines are exceptions."""

    lists: tuple[GoldList, ...]  # the lists that have lines of this language
    # for each line, the index of its list in ``lists``, -1 for a line that is good gold, int64 [n]
    which: NDArray[np.int64]

    @property
    def mask(self) -> NDArray[np.bool_]:
        """The lines to be counted apart, bool [n]."""
        return self.which >= 0


def excepted(language: str, lines: Strings) -> Excepted:
    """Find the known exceptions among lines.

    Args:
        language: that the lines are filed under, ``bak_Cyrl``; most languages have no lists.
        lines: any part of a text, in any normal form.
    """
    lists, digests, of_list, sizes = _listed(language)
    which = np.full(len(lines), -1, np.int64)
    if lists:
        normal = _normalized(lines)
        maybe = np.flatnonzero(np.isin(normal.lengths, sizes))
        found = name_digests(
            normal.data[start:end].tobytes()
            for start, end in zip(normal.starts[maybe].tolist(), normal.ends[maybe].tolist())
        )
        place = np.minimum(np.searchsorted(digests, found), len(digests) - 1)
        which[maybe] = np.where(digests[place] == found, of_list[place], -1)
    return Excepted(lists, which)


def line_digests(lines: Iterable[str]) -> NDArray[np.uint64]:
    """The digests by which lists know lines, of their NFKC form, so that ``--normalize`` changes nothing."""
    return name_digests(unicodedata.normalize("NFKC", line).encode() for line in lines)


def _normalized(lines: Strings) -> Strings:
    """Lines in NFKC."""
    rest = np.flatnonzero(~_plain(lines))
    if not len(rest):
        return lines
    made = _rewritten(lines[rest])
    starts, ends = lines.starts.copy(), lines.ends.copy()
    starts[rest], ends[rest] = made.starts + len(lines.data), made.ends + len(lines.data)
    return Strings(np.concatenate([lines.data, made.data]), starts, ends)


def _plain(lines: Strings) -> NDArray[np.bool_]:
    """Lines of ASCII and U+0400 to U+04FF alone, bool [n]: normal forms leave these as they are.

    The marks among them, U+0483 to U+0487, are of one class and compose with nothing.
    """
    first, past = (int(lines.starts[0]), int(lines.ends[-1])) if len(lines) else (0, 0)
    data = lines.data[first:past]
    others = np.flatnonzero((data >= FIRST_LEAD) & (data - CYRILLIC[0] > CYRILLIC[1] - CYRILLIC[0])) + first
    plain: NDArray[np.bool_] = np.searchsorted(others, lines.starts) == np.searchsorted(others, lines.ends)
    return plain


def _rewritten(lines: Strings) -> Strings:
    """Lines put into NFKC all at once, as no LF takes part in any normal form."""
    apart = lines.apart()
    text = unicodedata.normalize("NFKC", str(apart.data.data, "utf-8"))
    found, _ = find_lines(np.frombuffer(text.encode(), np.uint8))
    if len(found) == len(lines):
        return found
    return Strings.of(unicodedata.normalize("NFKC", line) for line in lines)  # there are LFs inside


def gold_lists() -> tuple[GoldList, ...]:
    """All lists there are."""
    return tuple(
        GoldList(row["list"], tuple(row["corpora"].split()), row["kind"], row["what"])
        for row in read_table("gold_lists.tsv")
    )


@cache
def _listed(
    language: str,
) -> tuple[tuple[GoldList, ...], NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """The lists of a language; the digests of its exceptions, sorted, the list of each, and their bytes."""
    rows = [row for row in read_table("gold_exceptions.tsv") if row["language"] == language]
    named = {row["list"] for row in rows}
    lists = tuple(one for one in gold_lists() if one.name in named)
    place = {one.name: at for at, one in enumerate(lists)}
    digests = np.array([int(row["digest"], 16) for row in rows], np.uint64)
    of_list = np.array([place[row["list"]] for row in rows], np.int64)
    order = np.argsort(digests)
    sizes = np.array([int(row["bytes"]) for row in rows], np.int64)
    return lists, digests[order], of_list[order], sizes
