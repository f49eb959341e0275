"""Rare words made up for ``surrogate``: which ranks are drawn, and how the word of a rank is spelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Ints
from langcov.text.strings import Strings, ranges

FREQUENT = 20
"""A word seen so often keeps its own letters and frequency; rarer ones make the tail."""
_STEPS = np.arange(1, 65, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, eq=False)
class Tail:
    """Ranks of rare words: P(rank >= k) = (1 + k / scale) ** -shape, Zipf-Mandelbrot of exponent 1 + shape.

    Attributes:
        mass: the share of all words that are rare.
    """

    mass: float
    shape: float
    scale: float

    def draw(self, uniform: NDArray[np.float64]) -> Ints:
        """Ranks from 0 up for numbers in (0, 1], int64 [n]."""
        found = np.expm1(-np.log(uniform) / self.shape) * self.scale
        return np.minimum(found, 2.0**60).astype(np.int64)

    def distinct(self, words: NDArray[np.float64]) -> NDArray[np.float64]:
        """How many different rare words so many words of text are expected to hold, float64 [n]."""
        rank = np.concatenate([[0], np.geomspace(0.01, 1e15, 4000)])
        density = self.mass * self.shape / self.scale * (1 + rank / self.scale) ** -(1 + self.shape)
        seen = -np.expm1(-np.multiply.outer(words, density))
        return np.sum((seen[:, 1:] + seen[:, :-1]) / 2 * np.diff(rank), axis=1)

    @classmethod
    def fit(cls, counts: Ints) -> Tail:
        """The tail that makes the vocabulary grow as it does in the corpus, its words taken in any order.

        Args:
            counts: how often each word occurs, int64 [n].
        """
        from scipy.optimize import least_squares

        total = counts.sum()
        often = counts[counts >= FREQUENT]
        mass = 1 - float(often.sum() / total)
        words = np.geomspace(total / 300, total, 24)
        head = -np.expm1(np.multiply.outer(words, np.log1p(-often / total))).sum(axis=1)
        real = (1 - np.power.outer(1 - words / total, counts)).sum(axis=1)

        def misfit(logs: NDArray[np.float64]) -> NDArray[np.float64]:
            tail = cls(mass, *np.exp(logs))
            return np.log(head + tail.distinct(words)) - np.log(real)

        bounds = ([np.log(0.05), 0], [np.log(5), np.log(1e9)])
        shape, scale = np.exp(least_squares(misfit, [np.log(0.6), np.log(1e4)], bounds=bounds).x)
        return cls(mass, float(shape), float(scale))


class Speller:
    """Makes up the letters of a word from its rank: each letter follows from the three before it.

    An event is a letter (or the end) of a word of the corpus. Drawing one of the events that
    have the same three letters before them draws a next letter with exactly its own frequency.
    """

    LONGEST = 40
    TRIES = 16
    SPARE_BITS = 2
    """A word of probability p is given to ranks below 1 / (4 p) only: few ranks share a spelling, and rarer
    words are longer, as in a language."""

    def __init__(self, words: Iterable[str]) -> None:
        words = list(words)
        text = "".join(f"\0\0\0{word}\0" for word in words)
        alphabet = sorted({"\0", *text, *(letter.upper() for letter in text if len(letter.upper()) == 1)})
        code = {letter: index for index, letter in enumerate(alphabet)}
        self.alphabet = Strings.of(["", *alphabet[1:]])
        self.capital = np.array([code.get(letter.upper(), code[letter]) for letter in alphabet])
        letters = np.array([code[letter] for letter in text])
        lengths = np.array([len(word) for word in words])
        place = ranges(np.cumsum(lengths + 4) - lengths - 1, lengths + 1)
        size = len(alphabet)
        context = (letters[place - 3] * size + letters[place - 2]) * size + letters[place - 1]
        place = place[np.argsort(context, kind="stable")]
        context.sort()
        known, self.first, counts = np.unique(context, return_index=True, return_counts=True)
        self.count = counts.astype(np.uint64)
        self.letter = letters[place].astype(np.int16)
        follows = (letters[place - 2] * size + letters[place - 1]) * size + self.letter
        self.follow = np.minimum(np.searchsorted(known, follows), len(known) - 1)
        _, same, times = np.unique(context * size + self.letter, return_inverse=True, return_counts=True)
        self.bits = np.log2(np.repeat(counts, counts) / times[same])

    def spell(self, ranks: Ints, capitals: NDArray[np.bool_]) -> Strings:
        """The words of some ranks, the same each time.

        Args:
            ranks: from 0 up, int64 [n].
            capitals: which are wanted with a capital letter, bool [n].
        """
        letters = np.zeros((len(ranks), self.LONGEST), np.int16)
        wanted = np.log2(ranks + 1.0) + self.SPARE_BITS
        waiting = np.arange(len(ranks))
        best = np.full(len(ranks), -1.0)
        for attempt in range(self.TRIES):
            seeds = _mixed(ranks[waiting].astype(np.uint64) * np.uint64(self.TRIES) + np.uint64(attempt))
            made, bits = self._walk(seeds)
            better = bits > best[waiting]
            letters[waiting[better]], best[waiting[better]] = made[better], bits[better]
            waiting = waiting[bits < wanted[waiting]]
        letters[capitals, 0] = self.capital[letters[capitals, 0]]
        lengths = np.zeros(len(ranks) + 1, np.int64)
        np.cumsum(self.alphabet.lengths[letters].sum(axis=1), out=lengths[1:])
        return Strings(
            self.alphabet[letters[letters > 0].astype(np.int64)].packed().data, lengths[:-1], lengths[1:]
        )

    def _walk(self, seeds: NDArray[np.uint64]) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
        """A word for each seed: letters, int16 [n, 40], 0 after its end, and its improbability in bits."""
        letters = np.zeros((len(seeds), self.LONGEST), np.int16)
        bits = np.zeros(len(seeds))
        going = np.arange(len(seeds))
        context = np.zeros(len(seeds), np.int64)
        for position in range(self.LONGEST):
            chance = _mixed(seeds[going] + _STEPS[position]) >> np.uint64(32)
            event = self.first[context] + (chance * self.count[context] >> np.uint64(32)).astype(np.int64)
            letters[going, position] = letter = self.letter[event]
            bits[going] += self.bits[event]
            more = letter > 0
            going, context = going[more], self.follow[event[more]]
        return letters, bits


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scattered over all 64 bits, one to one (the finaliser of SplitMix64)."""
    values = (values ^ values >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ values >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return values ^ values >> np.uint64(31)
