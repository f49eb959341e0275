"""Lines of known corpora that are not what they are filed as, so that they can be counted apart.

``langcov/data/gold_exceptions.tsv`` has their addresses, each with a digest of the line and no text;
``gold_lists.tsv`` says of each list what its lines are and how that was verified. A line is on a list only
where its letters, its equality with a line of another language, or its every word leaves no doubt.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from langcov.corpora.base import Lines
from langcov.corpora.digests import name_digests
from langcov.data import read_table


@dataclass(frozen=True)
class GoldList:
    """A named list of exceptions.

    Attributes:
        name: ``ntrex-french-quote``.
        corpora: names under which the corpus may be given.
        kind: ``other-language``; ``mixed`` (two languages in one line); ``shared`` (the same string is a line
            in two languages, right in each); ``other-script`` (most letters are of names in another script,
            or look-alikes); ``no-letters``.
        what: what its lines are.
    """

    name: str
    corpora: tuple[str, ...]
    kind: str
    what: str


@dataclass(frozen=True, eq=False)
class Excepted:
    """Which of some lines are exceptions.

    Attributes:
        lists: the lists that have lines of this corpus and language.
        which: for each line, the index of its list in ``lists``, -1 for a line that is good gold, int64 [n];
            so is one that stands at an address of a list but is not the line that was listed: the corpus is
            another edition.
    """

    lists: tuple[GoldList, ...]
    which: NDArray[np.int64]

    @property
    def mask(self) -> NDArray[np.bool_]:
        """The lines to be counted apart, bool [n]."""
        return self.which >= 0


class _Address(NamedTuple):
    list: int
    digest: int


def excepted(corpus: str, language: str, lines: Lines) -> Excepted:
    """Find the known exceptions among lines of a corpus.

    Args:
        corpus: its name, ``ntrex``; any corpus may be asked for, most have no lists.
        language: ``bak_Cyrl``.
        lines: as a reader gives them, any part of the text, in any normal form.
    """
    lists, numbers, keys = _addresses(corpus, language)
    which = np.full(len(lines.text), -1, np.int64)
    for at, address in [*_hits(lines.numbers, numbers), *_hits(lines.digests, keys)]:
        if line_digest(lines.text[at : at + 1].to_list()[0]) == address.digest:
            which[at] = address.list
    return Excepted(lists, which)


def line_digest(line: str) -> int:
    """The digest by which a list knows a line, of its NFKC form, so that ``--normalize`` changes nothing."""
    return int(name_digests([unicodedata.normalize("NFKC", line).encode()])[0])


def gold_lists() -> tuple[GoldList, ...]:
    """All lists there are."""
    return tuple(
        GoldList(row["list"], tuple(row["corpora"].split()), row["kind"], row["what"])
        for row in read_table("gold_lists.tsv")
    )


def _hits(
    values: NDArray[np.int64] | NDArray[np.uint64], listed: Mapping[int, _Address]
) -> Iterator[tuple[int, _Address]]:
    """Index and address of the lines whose number, or digest of the key, is listed."""
    if listed:
        for at in np.flatnonzero(np.isin(values, np.array(list(listed), values.dtype))).tolist():
            yield at, listed[int(values[at])]


@cache
def _addresses(
    corpus: str, language: str
) -> tuple[tuple[GoldList, ...], dict[int, _Address], dict[int, _Address]]:
    """The lists of one language of a corpus; address by line number, and by digest of the key."""
    of_corpus = {one.name: one for one in gold_lists() if corpus in one.corpora}
    rows = [row for row in _exceptions() if row["language"] == language and row["list"] in of_corpus]
    lists = tuple(dict.fromkeys(of_corpus[row["list"]] for row in rows))
    numbers: dict[int, _Address] = {}
    keys: dict[int, _Address] = {}
    for row in rows:
        address = _Address(lists.index(of_corpus[row["list"]]), int(row["digest"], 16))
        if row["address"].isdigit():
            numbers[int(row["address"])] = address
        else:
            keys[int(name_digests([row["address"].encode()])[0])] = address
    return lists, numbers, keys


@cache
def _exceptions() -> list[dict[str, str]]:
    return read_table("gold_exceptions.tsv")
