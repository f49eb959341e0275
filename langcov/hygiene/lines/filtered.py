"""What filters of web corpora drop a text for: `capitals` and `end-marks`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import About, Context, LineCheck
from langcov.hygiene.reading.fields import Fields, Uses
from langcov.text.properties import table

FEWEST_LETTERS, CAPITALS = 200, 0.8
"""Letters with a case of a text, and the share of capitals from which on it is all in capitals."""

FEWEST_LINES, FEWEST_WORDS = 20, 5
"""Lines of so many words make a text; shorter ones are headings, or a list (C4 drops them)."""

ENDED = 0.12
"""Share of lines with an end mark up to which FineWeb drops a text."""

END_MARKS = ".!?…‽。！？؟۔।॥։።᠃"
_CLOSING = "\"'’”»›)]}"
SPACE, CLOSING, MARK = 1, 2, 4


class Filtered(LineCheck):
    """Says once for a file that it is all in capitals, and that its lines have no end marks."""

    checks = (
        About(
            "capitals",
            "A text all in capitals",
            "Filters of large corpora drop it, and every word of it is another one to a tokenizer.",
        ),
        About(
            "end-marks",
            "Lines without end marks",
            "Filters of large corpora take a text whose lines end without a mark for a menu or a list, "
            "and drop it.",
        ),
    )

    def __init__(self, context: Context) -> None:
        self._uses = Uses()
        self._lines = self._ended = 0

    def add(self, fields: Fields) -> None:
        """Count the letters of each case, the lines with words enough, and those that end."""
        self._uses.add(fields.uses)
        kinds = _kinds()[fields.points]
        starts = np.append(1, kinds[:-1]) == SPACE
        starts &= kinds != SPACE
        long = np.add.reduceat(starts, fields.first, dtype=np.int64) >= FEWEST_WORDS
        places = np.where((kinds == SPACE) | (kinds == CLOSING), 0, np.arange(len(kinds)))
        last = np.maximum.reduceat(places, fields.first)
        self._lines += int(long.sum())
        self._ended += int((long & (kinds[last] == MARK)).sum())

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        """One for the file, of each kind."""
        capitals, letters = _cases(self._uses)
        if letters >= FEWEST_LETTERS and capitals >= CAPITALS * letters:
            message = "{percent} % of the letters are capitals: filters drop such a text."
            values = {"percent": f"{100 * capitals / letters:.0f}"}
            yield None, Issue("capitals", "note", 0, 0, "", message, values)
        if self._lines >= FEWEST_LINES and self._ended <= ENDED * self._lines:
            message = (
                "Of {lines} lines of five words and more {ended} end with a mark: filters drop such a text."
            )
            values = {"lines": str(self._lines), "ended": str(self._ended)}
            yield None, Issue("end-marks", "note", 0, 0, "", message, values)


def _cases(uses: Uses) -> tuple[int, int]:
    """How many capitals there are, and how many letters with a case, by the uses of each code point."""
    times = {chr(point): int(uses.counts[point]) for point in uses.points.tolist()}
    capitals = sum(count for letter, count in times.items() if letter.isupper())
    small = sum(count for letter, count in times.items() if letter.islower() and letter != letter.upper())
    return capitals, capitals + small


@cache
def _kinds() -> NDArray[np.uint8]:
    """Whether each code point is white space, closes a quotation or a bracket, or ends a sentence."""
    kinds = table("white_space") * np.uint8(SPACE)
    kinds[[*map(ord, _CLOSING)]] = CLOSING
    kinds[[*map(ord, END_MARKS)]] = MARK
    return kinds


CHECKS = (Filtered,)
