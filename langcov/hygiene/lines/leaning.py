"""How much likelier lines are in another language than in the declared one, told for many at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Ints
from langcov.hygiene.lines.likelihood import Likelihood, Shares, joined
from langcov.hygiene.reading.fields import Fields
from langcov.text.strings import picked

NEAR = 0.01
"""To what a line gains, by which sums of these numbers differ that are made in another order."""

UNKNOWN = -1


class Leaning:
    """Looks at lines whose letters are all composed and without marks, as ``Likelihood.logs`` does at words.

    Args:
        likelihood: of words.
        columns: the declared language among those of the likelihood, and the other.
    """

    def __init__(self, likelihood: Likelihood, columns: tuple[int, int]) -> None:
        self._likelihood, self._columns = likelihood, columns
        self._places = {letter: at for at, letter in enumerate(likelihood.letters)}
        self._codes = np.full(0x110000, UNKNOWN, np.int16)
        self._gains = np.full((len(self._places) + 1) ** 3, np.nan, np.float32)

    def of(self, fields: Fields, which: Ints, letters: NDArray[np.bool_]) -> tuple[Shares, Shares]:
        """What some lines gain in the other language, and their words that are likelier in it.

        Args:
            fields: a block of lines.
            which: some of them, int64 [n].
            letters: the code points of the block that words are made of, bool [m].

        Returns:
            natural logarithms, the sums of all words and of those, float32 [n] each.
        """
        lengths = fields.sizes[which] + 1
        points, inside = (picked(values, fields.first[which], lengths) for values in (fields.points, letters))
        codes = np.where(inside, self._codes_of(points), 0)
        kept = (codes > 0) | np.append(False, codes[:-1] > 0)  # one space after each word
        runs, firsts = joined(codes[kept].astype(np.int64), len(self._places) + 1)
        words = np.append(np.add.reduceat(self._gains_of(runs), firsts) if len(runs) else [], 0)
        first = np.append(0, np.cumsum((codes == 0) & kept))[np.append(0, np.cumsum(lengths))]
        return _sums(words, first), _sums(np.maximum(words, 0), first)

    def _codes_of(self, points: NDArray[np.uint32]) -> NDArray[np.int16]:
        codes = self._codes[points]
        if (codes == UNKNOWN).any():
            for point in np.unique(points[codes == UNKNOWN]).tolist():
                self._codes[point] = self._places.get(chr(point).lower(), len(self._places))
            codes = self._codes[points]
        return codes

    def _gains_of(self, runs: Ints) -> Shares:
        gains = self._gains[runs]
        if np.isnan(gains).any():
            new = np.unique(runs[np.isnan(gains)])
            logs = self._likelihood.logs_of(new, self._columns)
            self._gains[new] = logs[:, 1] - logs[:, 0]
            gains = self._gains[runs]
        return gains


def _sums(values: Shares, first: Ints) -> Shares:
    """Of the values from each place up to the next."""
    sums = np.append(0, np.cumsum(values, dtype=np.float64))
    return (sums[first[1:]] - sums[first[:-1]]).astype(np.float32)
