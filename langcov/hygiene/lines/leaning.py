"""How much likelier lines are in another language than in the declared one, told for many at a time."""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Ints
from langcov.hygiene.lines.likelihood import ORDER, Likelihood, Shares, joined
from langcov.hygiene.reading.fields import Fields
from langcov.text.properties import CODE_POINTS, scripts, table
from langcov.text.strings import picked

NEAR = 0.01
"""To what a line gains, by which sums of these numbers differ that are made in another order."""


class Leaning:
    """Looks at lines whose letters are all composed and without marks, as ``Likelihood.logs`` does at words.

    Args:
        likelihood: of words.
        script: of the letters that they are made of.
        columns: the declared language among those of the likelihood, and the other.
    """

    def __init__(self, likelihood: Likelihood, script: str, columns: tuple[int, int]) -> None:
        self._likelihood, self._columns = likelihood, columns
        places = {letter: at for at, letter in enumerate(likelihood.letters)}
        self._size = len(places) + 1
        self._codes = np.zeros(CODE_POINTS, np.int16)  # of a letter its place and of all that is none 0
        for point in np.flatnonzero(table("script") == scripts().index(script)).tolist():
            self._codes[point] = places.get(chr(point).lower(), len(places))
        self._gains = np.zeros(self._size**ORDER, np.float32)  # of each run; 0 where it wasn't asked for

    def of(self, fields: Fields, which: Ints) -> tuple[Shares, Shares]:
        """What some lines of a block gain in the other language, and their words that are likelier in it.

        Returns:
            natural logarithms, the sums of all words and of those, float32 [n] each.
        """
        lengths = fields.sizes[which] + 1
        codes = self._codes.take(picked(fields.points, fields.first[which], lengths))
        kept = np.append(False, codes[:-1] > 0) | (codes > 0)  # one space after each word
        runs, firsts = joined(codes[kept].astype(np.int64), self._size)
        words = np.append(np.add.reduceat(self._gains_of(runs), firsts) if len(runs) else [], 0)
        ends = np.flatnonzero(kept & (codes == 0))
        first = np.searchsorted(ends, np.append(0, np.cumsum(lengths)))
        return _sums(words, first), _sums(np.maximum(words, 0), first)

    def _gains_of(self, runs: Ints) -> Shares:
        gains = self._gains[runs]
        if len(new := np.unique(runs[gains == 0])):
            logs = self._likelihood.logs_of(new, self._columns)
            self._gains[new] = logs[:, 1] - logs[:, 0]
            gains = self._gains[runs]
        return gains


def _sums(values: Shares, first: Ints) -> Shares:
    """Of the values from each place up to the next."""
    sums = np.append(0, np.cumsum(values, dtype=np.float64))
    return (sums[first[1:]] - sums[first[:-1]]).astype(np.float32)
