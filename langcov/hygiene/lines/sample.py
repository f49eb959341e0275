"""Some lines of a file, drawn evenly from all of it while it is read once."""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Words
from langcov.hygiene.reading.fields import Fields
from langcov.text.hashing import GOLDEN, splitmix
from langcov.text.strings import Strings


class Sample:
    """The lines with letters or digits whose numbers have the smallest hashes: the same ones each time.

    Args:
        size: of the sample, at most.
        longest: bytes of a line that are kept, at most, and perhaps a letter less.
    """

    def __init__(self, size: int, longest: int) -> None:
        self._size, self._longest = size, longest
        self._lines: list[str] = []
        self._ranks: Words = np.zeros(0, np.uint64)

    def add(self, fields: Fields) -> None:
        """Draw from some lines."""
        ranks = splitmix((fields.numbers.astype(np.uint64) + np.uint64(1)) * GOLDEN)
        bound = self._ranks[-1] if len(self._ranks) == self._size else np.uint64(0xFFFFFFFFFFFFFFFF)
        drawn = np.flatnonzero((ranks <= bound) & (fields.sizes > 0))
        drawn = drawn[np.argsort(ranks[drawn])][: self._size]
        texts = fields.texts[drawn]
        short = Strings(texts.data, texts.starts, np.minimum(texts.ends, texts.starts + self._longest))
        lines = [
            bytes(short.data[start:end]).decode("utf-8", "ignore")
            for start, end in zip(short.starts, short.ends)
        ]
        ranks = np.append(self._ranks, ranks[drawn])
        order = np.argsort(ranks, kind="stable")[: self._size]
        every = self._lines + lines
        self._lines, self._ranks = [every[at] for at in order], ranks[order]

    @property
    def lines(self) -> list[str]:
        """What was drawn, in no order of the file."""
        return self._lines
