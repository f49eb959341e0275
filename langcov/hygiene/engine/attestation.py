"""How often some words stand in a file: found by their hashes, without cutting the file into strings."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bools, Offsets
from langcov.hygiene.engine.protocol import Where, folding
from langcov.hygiene.engine.suspects import joining
from langcov.hygiene.reading.fields import Fields, weighted_uses
from langcov.text.hashing import GOLDEN, splitmix
from langcov.text.properties import CODE_POINTS, table

Hashes = NDArray[np.uint64]
FILTER_BITS = 16
_OF_NO_SCRIPT = "ʼˮʻ"  # letters of no one script that words are made of
NEAR = 3
"""Code points between two words that stand beside each other, at most."""
LOOKED_AT = 8
"""The letters of a neighbour that are looked at."""
_LIKE_PALOCHKA = [ord(letter) for letter in "IІӀӏl"]


class Attestation:
    """Counts a set of ``folded`` words in blocks of code points.

    A word of the file is a maximal run of letters, marks and apostrophe letters. It is known by its length
    and the 64-bit sum of splitmix64(folded code point) · B^place, so two words are mixed up about once in
    10^19 comparisons.

    Args:
        words: to be counted.
        apostrophes: further code points that are letters of the language.
        foreign: letters that no word of the language has, whatever is fixed in it.
    """

    def __init__(
        self, words: Iterable[str], apostrophes: Iterable[str] = (), foreign: Iterable[str] = ()
    ) -> None:
        self.words = sorted(set(words))
        self._joined, self._letters = (*_OF_NO_SCRIPT, *apostrophes), "".join(foreign)
        text = np.array([ord(character) for word in self.words for character in f"{word}\n"], np.uint32)
        ends = np.flatnonzero(text == 0x0A)
        starts = np.append(0, ends[:-1] + 1) if len(ends) else ends
        hashed = _hashes(text, starts, ends) if len(ends) else np.zeros(0, np.uint64)
        self._order = np.argsort(hashed)
        self._sorted = hashed[self._order]
        self._filter = np.zeros(1 << FILTER_BITS, bool)
        self._filter[_high(hashed)] = True
        self._counts = np.zeros(len(self.words), np.int64)
        self._where = np.zeros((len(self.words), len(Where._fields)), np.int64)
        self._capitals = self._smalls = 0

    # Not made before there is a word to be counted: clean files are many, and small.
    @cached_property
    def _joins(self) -> NDArray[np.bool_]:
        """What words are made of, bool [0x110000]."""
        joins = np.copy(joining())
        joins[[ord(character) for character in self._joined]] = True
        return joins

    @cached_property
    def _foreign(self) -> NDArray[np.bool_]:
        """Letters that no word of the language has, bool [0x110000]."""
        letters = np.zeros(CODE_POINTS, bool)
        letters[np.frombuffer(self._letters.encode("utf-32-le"), "<u4")] = True
        return letters

    def copy(self) -> Attestation:
        """The same counts, which go on by themselves; where words stand is of the file as it was."""
        other = copy(self)
        other._counts = self._counts.copy()
        return other

    def add(self, points: NDArray[np.uint32], times: Offsets | None = None) -> None:
        """Count the words of some texts.

        Args:
            points: code points of the texts, each with its LF, uint32 [k].
            times: how often each text stands in the file, int64 [n]; else once.
        """
        if not len(self.words):
            return
        joins = np.take(self._joins, points)
        edges = np.flatnonzero(joins[1:] != joins[:-1]) + 1
        edges = np.append(0, edges) if joins[0] else edges
        starts, ends = edges[::2], edges[1::2]
        hashed = _hashes(points, starts, ends)
        maybe = np.flatnonzero(self._filter[_high(hashed)])
        place = np.minimum(np.searchsorted(self._sorted, hashed[maybe]), len(self._sorted) - 1)
        hit = self._sorted[place] == hashed[maybe]
        if times is None:
            weights = np.ones(int(hit.sum()), np.int64)
            self._locate(points, starts, ends, maybe[hit], self._order[place[hit]])
        else:
            feeds = np.flatnonzero(points == 0x0A)
            weights = times[np.searchsorted(feeds, starts[maybe[hit]])]
        np.add.at(self._counts, self._order[place[hit]], weights)

    def _locate(
        self, points: NDArray[np.uint32], starts: Offsets, ends: Offsets, runs: Offsets, words: Offsets
    ) -> None:
        """Note where some runs of letters stand, each of which is a word."""
        beside, first = np.zeros((2, len(runs)), bool)
        for other, left in ((runs - 1, runs - 1), (runs + 1, runs)):
            other, left = np.clip(other, 0, len(starts) - 1), np.clip(left, 0, max(len(starts) - 2, 0))
            near = _is_near(points, ends[left], starts[np.minimum(left + 1, len(starts) - 1)])
            beside |= (other != runs) & near & self._is_foreign(points, starts[other], ends[other])
        within = np.ones(len(runs), bool)
        for back in range(1, NEAR + 2):
            character = points[np.maximum(starts[runs] - back, -1)]  # the last one is an LF
            first |= within & _ends_sentence()[character]
            within &= ~self._joins[character]
        alone, amid = self._standing(points, starts, ends, runs)
        found = np.ones(len(runs), np.int64), beside, first, alone, amid
        np.add.at(self._where, words, np.stack(found, axis=1))
        begins = points[np.append(0, np.flatnonzero(points == 0x0A)[:-1] + 1)]
        begins = begins[self._joins[begins] & ~np.isin(begins, _LIKE_PALOCHKA)]
        capitals = int(np.count_nonzero(folding()[begins] != begins))
        self._capitals, self._smalls = self._capitals + capitals, self._smalls + len(begins) - capitals

    def _standing(
        self, points: NDArray[np.uint32], starts: Offsets, ends: Offsets, runs: Offsets
    ) -> tuple[Bools, Bools]:
        """Whether some runs stand alone, and whether amid others, as in ``Where``."""
        before, after = (
            points[starts[runs] - 1],
            points[ends[runs]],
        )  # the first one has the last LF before it
        following = np.minimum(runs + 1, len(starts) - 1)
        amid = (before == ord(" ")) & (starts[following] == ends[runs] + 1) & (after == ord(" "))
        amid &= ~self._is_foreign(points, starts[following], ends[following])
        space, firsts = table("white_space"), points[starts[runs]]
        small = folding()[firsts] == firsts
        return small & (space[before] != 0) & (space[after] != 0), small & amid

    def _is_foreign(self, points: NDArray[np.uint32], starts: Offsets, ends: Offsets) -> NDArray[np.bool_]:
        """Whether some runs have, among their first letters, one that no word of the language has."""
        found = np.zeros(len(starts), bool)
        for place in range(LOOKED_AT):
            found |= self._foreign[points[np.minimum(starts + place, ends - 1)]]
        return found

    def where(self, word: str) -> Where:
        """Where a ``folded`` word stands."""
        place = bisect_left(self.words, word)
        there = place < len(self.words) and self.words[place] == word
        return Where(*self._where[place].tolist()) if there else Where()

    @property
    def capitalized(self) -> bool:
        """Whether more lines begin with a capital than with a small letter."""
        return self._capitals > self._smalls

    @property
    def counts(self) -> dict[str, int]:
        """Each word and how often it stands in the file."""
        return dict(zip(self.words, self._counts.tolist()))


def _is_near(points: NDArray[np.uint32], starts: Offsets, ends: Offsets) -> NDArray[np.bool_]:
    """Whether there are only a few code points between some places, none of them an LF."""
    near = ends - starts <= NEAR
    for place in range(NEAR):
        near &= points[np.maximum(np.minimum(starts + place, ends - 1), 0)] != 0x0A
    return near


@cache
def _ends_sentence() -> NDArray[np.bool_]:
    ends = np.zeros(CODE_POINTS, bool)
    ends[[ord(character) for character in ".!?…\n"]] = True
    return ends


@cache
def _mixed() -> Hashes:
    return splitmix(folding().astype(np.uint64) + GOLDEN)


@cache
def _powers(length: int) -> tuple[Hashes, Hashes]:
    """B^i and B^-i modulo 2^64, uint64 [length] each."""
    base = int(GOLDEN)
    inverse = pow(base, -1, 1 << 64)
    ones = np.ones(length, np.uint64)
    return tuple(np.cumprod(np.append(ones[:1], ones[1:] * np.uint64(b))) for b in (base, inverse))  # type: ignore[return-value]


def _hashes(points: NDArray[np.uint32], starts: Offsets, ends: Offsets) -> Hashes:
    length = 1 << max(16, len(points).bit_length())
    powers, inverses = _powers(length)
    sums = np.zeros(len(points) + 1, np.uint64)
    np.cumsum(_mixed()[points] * powers[: len(points)], out=sums[1:])
    lengths = (ends - starts).astype(np.uint64)
    return (sums[ends] - sums[starts]) * inverses[starts] + splitmix(lengths)


def _high(hashed: Hashes) -> NDArray[np.int64]:
    return (splitmix(hashed) >> np.uint64(64 - FILTER_BITS)).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Counts:
    """What checks may ask of a file."""

    attestation: Attestation  # has counted the words that they ask for
    letters: Mapping[str, int]  # how often each code point stands in the file; each text has an LF

    @cached_property
    def words(self) -> Mapping[str, int]:
        """How often each word that was asked for stands in the file."""
        return self.attestation.counts

    def exchanged(self, before: Sequence[str], after: Sequence[str], times: NDArray[np.int64]) -> Counts:
        """The counts once some words have become others.

        Args:
            before, after: the words.
            times: how often each stands in the file, int64 [n].
        """
        attestation, letters = self.attestation.copy(), Counter(self.letters)
        for words, weights in ((before, -times), (after, times)):
            points = Fields.of(words).points
            attestation.add(points, weights)
            uses = weighted_uses(points, weights)
            for point in np.flatnonzero(uses != 0).tolist():
                letters[chr(point)] += int(uses[point])
        return Counts(attestation, letters)
