"""Lines read together, cut once for all tokenizers."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from langcov.counters import Batch
from langcov.text.strings import Strings
from langcov.text.units import cut

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def pattern_of(texts: Iterable[str]) -> re.Pattern[bytes] | None:
    """What finds any of these texts in UTF-8; None if there are none."""
    wanted = sorted({text.encode() for text in texts if text})
    return re.compile(b"|".join(re.escape(text) for text in wanted)) if wanted else None


def strings_with(pattern: re.Pattern[bytes] | None, strings: Strings) -> Bools:
    """Which strings, in the order of their buffer, the pattern is found in, bool [n].

    A match that reaches out of a string is none, and hides none: the search goes on a byte further.
    """
    found = np.zeros(len(strings), bool)
    at = 0
    while pattern is not None and (match := pattern.search(strings.data.data, at)):
        index = max(0, int(np.searchsorted(strings.starts, match.start(), "right")) - 1)
        within = strings.starts[index] <= match.start() and match.end() <= strings.ends[index]
        found[index] |= within
        at = int(strings.ends[index]) if within else match.start() + 1
    return found


class Chunk:
    """Some lines, and the words of those that can be counted word by word.

    Attributes:
        text: the lines, in the order of their buffer.
        row, numbers: of each line, int64 [lines].
        filled, regular: lines that are not empty, and those made of ``units``, bool [lines].
        units: their words; one inside a line begins with its U+0020.
        unit_line: the line of each unit, int64 [units].
    """

    def __init__(
        self, text: Strings, row: Ints, numbers: Ints, special: re.Pattern[bytes] | None = None
    ) -> None:
        self.text, self.row, self.numbers = text, row, numbers
        self.filled = self.text.lengths > 0
        made = cut(self.text)
        self.regular = made.regular & ~strings_with(special, self.text)
        self.units, self.unit_line = made.units, made.line
        kept = self.regular[self.unit_line]
        if not kept.all():
            self.units, self.unit_line = self.units[kept], self.unit_line[kept]

    def lines(self, which: Bools) -> Batch:
        """Some lines as strings to be encoded whole."""
        rows = self.row[which]
        each = np.arange(len(rows))
        return Batch(self.text[which].packed(), rows, each, np.ones_like(each), lines=True)
