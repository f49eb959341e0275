"""How the tokens of a word spell it around an UNK, so that they can be placed without asking the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bools
from langcov.text.properties import CODE_POINTS, GraphemeBreak, table
from langcov.text.strings import Strings

KNOWN, RUN, ALONE, CHANGED = 0, 1, 2, 3
"""Code points of which no UNK is made; of which neighbours make one together; of which each makes its own;
and those that aren't read as they stand, or whose neighbours decide how they are."""
_NOT_ASKED = 255


@dataclass(frozen=True, eq=False)
class Spelling:
    """The texts of the tokens of a tokenizer that has an UNK."""

    pieces: Strings  # what each id stands for in a text, the mark of a word as U+0020; of UNK empty
    unknown: int
    marked: bool  # whether a word begins with U+0020 to the tokenizer, even where it is the first of a line
    # whether an UNK is all of a run (of WordPiece); else only what no token is found for (of Unigram)
    whole: bool
    # ids of tokens that could begin inside of what an UNK stands for, bool [size]
    joins: Bools
    kind_of: Callable[[str], int]  # of a code point, of those above
    _kinds: NDArray[np.uint8] = field(default_factory=lambda: np.full(CODE_POINTS, _NOT_ASKED, np.uint8))

    def kinds(self, points: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """The kind of each code point, uint8 [n]; each different one is asked for once."""
        found = self._kinds[points]
        new = np.unique(points[found == _NOT_ASKED])
        if len(new):
            plain = table("grapheme_break")[new] == GraphemeBreak.Other
            asked = [self.kind_of(chr(point)) if one else CHANGED for point, one in zip(new.tolist(), plain)]
            self._kinds[new] = asked
            found = self._kinds[points]
        return found
