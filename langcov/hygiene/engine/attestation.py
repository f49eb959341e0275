"""How often some words stand in a file: found by their hashes, without cutting the file into strings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Offsets
from langcov.hygiene.engine.protocol import folding
from langcov.hygiene.engine.suspects import joining
from langcov.hygiene.reading.fields import Fields, weighted_uses
from langcov.text.hashing import GOLDEN, splitmix

Hashes = NDArray[np.uint64]
FILTER_BITS = 16
_OF_NO_SCRIPT = "ʼˮʻ"  # letters of no one script that words are made of


class Attestation:
    """Counts a set of ``folded`` words in blocks of code points.

    A word of the file is a maximal run of letters, marks and apostrophe letters. It is known by its length
    and the 64-bit sum of splitmix64(folded code point) · B^place, so two words are mixed up about once in
    10^19 comparisons.

    Args:
        words: to be counted.
        apostrophes: further code points that are letters of the language.
    """

    def __init__(self, words: Iterable[str], apostrophes: Iterable[str] = ()) -> None:
        self.words = sorted(set(words))
        self._joins = np.copy(joining())
        self._joins[[ord(character) for character in (*_OF_NO_SCRIPT, *apostrophes)]] = True
        text = np.array([ord(character) for word in self.words for character in f"{word}\n"], np.uint32)
        ends = np.flatnonzero(text == 0x0A)
        starts = np.append(0, ends[:-1] + 1) if len(ends) else ends
        hashed = _hashes(text, starts, ends) if len(ends) else np.zeros(0, np.uint64)
        self._order = np.argsort(hashed)
        self._sorted = hashed[self._order]
        self._filter = np.zeros(1 << FILTER_BITS, bool)
        self._filter[_high(hashed)] = True
        self._counts = np.zeros(len(self.words), np.int64)

    def copy(self) -> Attestation:
        """The same counts, which go on by themselves."""
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
        else:
            feeds = np.flatnonzero(points == 0x0A)
            weights = times[np.searchsorted(feeds, starts[maybe[hit]])]
        np.add.at(self._counts, self._order[place[hit]], weights)

    @property
    def counts(self) -> dict[str, int]:
        """Each word and how often it stands in the file."""
        return dict(zip(self.words, self._counts.tolist()))


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
