"""What is known of a file after one reading: its suspicious words, its letters, its size."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Offsets
from langcov.hygiene.engine.suspects import Suspects
from langcov.hygiene.reading.fields import Fields
from langcov.text.distinct import Distinct
from langcov.text.growing import Growing
from langcov.text.properties import CODE_POINTS


class Survey:
    """Sums over the blocks of a file.

    Attributes:
        suspicious: the different suspicious words.
        lines, words, letters: how many there are in all.
        suspicious_lines: lines that a check of lines wants to see.
    """

    def __init__(self) -> None:
        self.suspicious = Distinct()
        self.lines = self.words = self.letters = self.suspicious_lines = 0
        self._counts = Growing(np.int64)
        self._points = np.zeros(CODE_POINTS, np.int64)

    def add(self, fields: Fields, found: Suspects) -> Offsets:
        """Count what was found in some texts; returns the number of each suspicious word, int64 [n].

        Args:
            fields: the texts.
            found: what is suspicious in them.
        """
        which = self.suspicious.add(found.words)
        self._counts.extend(np.zeros(len(self.suspicious) - len(self._counts), np.int64))
        np.add.at(self._counts.values, which, 1 if fields.times is None else fields.times[found.text])
        self.lines += len(fields)
        self.suspicious_lines += len(found.lines)
        self.words += found.total_words if fields.times is None else int(fields.times.sum())
        self.letters += found.total_letters
        self._points[: len(fields.uses)] += fields.uses
        return which

    @property
    def counts(self) -> NDArray[np.int64]:
        """How often each suspicious word stands in the file, int64 [n]."""
        return self._counts.values

    @property
    def characters(self) -> Mapping[str, int]:
        """How often each code point stands in the texts; each text has an LF."""
        there = np.flatnonzero(self._points != 0)
        return {chr(point): int(self._points[point]) for point in there.tolist()}
