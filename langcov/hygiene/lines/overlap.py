"""Lines that stand in a benchmark: `benchmark-overlap`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Growing, Ints, Words
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import About, Context, LineCheck
from langcov.hygiene.reading.fields import Fields
from langcov.text.hashing import GOLDEN, splitmix
from langcov.text.properties import CODE_POINTS, table

FILTER_BITS = 20


class Overlap(LineCheck):
    """Lines whose letters and digits are those of a line of a benchmark (``benchmark_hashes.npz``).

    Case, punctuation, white space, the form of normalisation and marks over letters make no difference, nor
    does the order of the words, which two texts hardly ever share by chance. Of the bundled hashes' 64 bits
    another line hits one with a probability of 4 in 10¹⁵.
    """

    checks = (
        About(
            "benchmark-overlap",
            "Lines of a benchmark",
            "A model that has seen a benchmark in training is no longer measured by it.",
        ),
    )

    def __init__(self, context: Context) -> None:
        self._found = Growing(np.int64, (3,))

    def add(self, fields: Fields) -> None:
        known, source, _ = benchmark()
        hashed = sums(fields.points, fields.first)
        maybe = np.flatnonzero(_filter()[_top(hashed)])
        place = np.minimum(np.searchsorted(known, hashed[maybe]), len(known) - 1)
        same = known[place] == hashed[maybe]
        hits = maybe[same]
        found = [fields.numbers[hits], fields.sizes[hits], source[place[same]].astype(np.int64)]
        self._found.extend(np.stack(found, axis=1))

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        _, _, names = benchmark()
        for number, size, source in self._found.values.tolist():
            name, language = names[source]
            message = "This line stands in {benchmark}, {language}: training on it would spoil the benchmark."
            values = {"benchmark": name, "language": language}
            yield number, Issue("benchmark-overlap", "warning", 0, size, "", message, values)


def sums(points: NDArray[np.uint32], first: Ints) -> Words:
    """The sums of the hashes of code points from each ``first`` to the next."""
    return np.add.reduceat(letter_hashes(points), first)


@cache
def benchmark() -> tuple[Words, NDArray[np.uint16], list[tuple[str, str]]]:
    """The hashes of benchmark lines, ascending; the source of each; name and language of each source."""
    with (files("langcov.data") / "benchmark_hashes.npz").open("rb") as file, np.load(file) as arrays:
        names = [(name, language) for name, language in arrays["names"].tolist()]
        return arrays["hashes"], arrays["sources"], names


@cache
def _filter() -> NDArray[np.bool_]:
    """Which top bits the known hashes have: passes one other hash in fifteen."""
    passes = np.zeros(1 << FILTER_BITS, bool)
    passes[_top(benchmark()[0])] = True
    return passes


def _top(hashed: Words) -> Ints:
    return (hashed >> np.uint64(64 - FILTER_BITS)).astype(np.int64)


def letter_hashes(points: NDArray[np.uint32]) -> Words:
    """A hash of the small base letter that each code point is a form of, 0 for marks and all else, uint64."""
    hashed = _known()[points]
    others = points[hashed == 0]
    new = np.unique(others[np.take(table("alphanumeric"), others) > 0])
    if not len(new):
        return hashed
    _known()[new] = splitmix(np.array([*map(_base, new.tolist())], np.uint64) * GOLDEN)
    return _known()[points]


@cache
def _known() -> Words:
    """The hashes of the letters that texts had so far, uint64 [0x110000]."""
    return np.zeros(CODE_POINTS, np.uint64)


def _base(point: int) -> int:
    if 0x3400 <= point < 0xE000:  # Han and Hangul have no forms
        return point
    letter = unicodedata.normalize("NFD", chr(point))[0].casefold()
    return ord(unicodedata.normalize("NFD", letter)[0])


CHECKS = (Overlap,)
