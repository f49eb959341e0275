"""Lines that are almost an earlier line: `near-duplicate-line`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from langcov.core.libraries import require
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import About, Context, LineCheck
from langcov.hygiene.lines.lengths import SENTENCE, TOO_LONG
from langcov.hygiene.reading.fields import Fields

ALIKE = 0.8
"""Jaccard similarity of the 5-grams of two lines, from which they are near duplicates."""

MOST_LINES = 200_000
"""Lines of a file that are compared: 5 s and 400 MB."""

MOST_CANDIDATES = 50
"""Earlier lines that a line is compared with at most: where thousands share a template, the first ones."""

SHINGLE = 5
BANDS, ROWS, SEED = 20, 6, 0
"""Lines alike by 0.8 become candidates with a probability of 0.998, lines alike by 0.5 with 0.27."""


class NearDuplicates(LineCheck):
    """Lines whose 5-grams of characters are at least 80 % those of an earlier line.

    Case, normalisation and white space make no difference. MinHash finds the candidates, always the same;
    the similarity of each is then computed exactly. Passed over are lines below 30 characters or beyond
    20,000, and exact repetitions, which are duplicates.

    Args:
        context: of the file, which makes no difference.
        most_lines: a file with more of these is not judged.

    Raises:
        MissingLibrary: rensa is not installed.
    """

    checks = (
        About(
            "near-duplicate-line",
            "Lines that are almost the same",
            "Versions of one text count as several, and one may stand in training and the other in a test.",
        ),
    )

    def __init__(self, context: Context, most_lines: int = MOST_LINES) -> None:
        self._library = require("rensa", "hygiene", "near-duplicate-line")
        self._index = self._library.RMinHashLSH(ALIKE, BANDS * ROWS, BANDS)
        self._most = most_lines
        self._seen: set[str] = set()
        self._kept: list[tuple[str, int]] = []
        self._found: list[tuple[int, int, int, float]] = []
        self._given_up = False

    def add(self, fields: Fields) -> None:
        """Compare some lines with all before them."""
        sizes = fields.sizes
        right = (sizes >= SENTENCE) & (sizes <= TOO_LONG)
        for text, number in zip(fields.texts[right], fields.numbers[right].tolist()):
            trimmed = text.strip()
            if self._given_up or trimmed in self._seen:
                continue
            self._seen.add(trimmed)
            if len(self._seen) > self._most:
                self._give_up()
            else:
                self._compare(text, number)

    def _compare(self, text: str, number: int) -> None:
        plain = " ".join(unicodedata.normalize("NFC", text).lower().split())
        grams = _shingles(plain)
        sketch = self._library.RMinHash(BANDS * ROWS, SEED)
        sketch.update(sorted(grams))
        likeness, earlier = self._nearest(grams, sorted(self._index.query(sketch))[:MOST_CANDIDATES])
        if likeness >= ALIKE:
            self._found.append((number, earlier, len(text), likeness))
        else:  # only lines unlike all before them are compared with, so that a thousand alike take no longer
            self._index.insert(len(self._kept), sketch)
            self._kept.append((plain, number))

    def _nearest(self, grams: set[str], candidates: list[int]) -> tuple[float, int]:
        """The similarity of the candidate that is most alike, and the number of its line."""
        best = (0.0, 0)
        for key in candidates:
            plain, number = self._kept[key]
            others = _shingles(plain)
            common = len(grams & others)
            best = max(best, (common / (len(grams) + len(others) - common), -number))
        return best[0], -best[1]

    def _give_up(self) -> None:
        self._given_up = True
        self._seen, self._kept, self._found = set(), [], []
        self._index = None

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        """Each line that is almost an earlier one, in the order of the file."""
        message = "This line is almost line {line}: they share {percent} % of their runs of five characters."
        for number, earlier, size, likeness in self._found:
            values = {"line": str(earlier + 1), "percent": f"{100 * likeness:.0f}"}
            yield number, Issue("near-duplicate-line", "note", 0, size, "", message, values)

    def unjudged(self) -> Mapping[str, str]:
        """Why this file was too large, if it was."""
        (check,) = self.ids()
        reason = f"the file has more than {self._most:,} different lines of 30 characters or more"
        return {check: reason} if self._given_up else {}


def _shingles(text: str) -> set[str]:
    return {text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)}


CHECKS = (NearDuplicates,)
