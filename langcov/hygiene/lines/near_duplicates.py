"""Lines that are almost the same: `near-duplicate-line`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from langcov.core.libraries import require
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import About, Context, LineCheck
from langcov.hygiene.reading.fields import SENTENCE, TOO_LONG, Fields

ALIKE = 0.8  # Jaccard similarity of the 5-grams of two lines, from which they are near duplicates

MOST_LINES = 200_000  # lines that are compared: 5 s and 400 MB

MOST_CANDIDATES = 50
"""Earlier lines that a line is compared with at most: where thousands share a template, the first ones."""

SHINGLE = 5
BANDS, ROWS, SEED = 20, 6, 0
"""Lines alike by 0.8 become candidates with a probability of 0.998, lines alike by 0.5 with 0.27."""


class NearDuplicates(LineCheck):
    """Lines whose 5-grams of characters are at least 80 % those of an earlier line.

    Files of the same language are compared with those before. Case, normalisation and white space make no
    difference. MinHash finds the candidates, always the same;
    the similarity of each is then computed exactly. Passed over are lines below 30 characters or beyond
    20,000, and exact repetitions, which are duplicates.

    Args:
        context: of the file.
        most_lines: where the files so far have more of these, the file is compared with itself alone; where
            it has more itself, it is not judged.

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
        self._file, self._most, self._earlier = context.file, most_lines, context.earlier
        self._sketches: Sketches = context.earlier.setdefault(NearDuplicates, Sketches(self._library))
        self._found: list[tuple[int, Line, int, float]] = []
        self._given_up = self._apart = False

    def add(self, fields: Fields) -> None:
        sizes = fields.sizes
        right = (sizes >= SENTENCE) & (sizes <= TOO_LONG)
        for text, number in zip(fields.texts[right], fields.numbers[right].tolist()):
            trimmed = text.strip()
            if self._given_up or trimmed in self._sketches.seen:
                continue
            self._sketches.seen[trimmed] = self._file
            if len(self._sketches.seen) > self._most:
                self._make_room()
            if not self._given_up:
                self._compare(text, number)

    def _compare(self, text: str, number: int) -> None:
        line = Line(" ".join(unicodedata.normalize("NFC", text).lower().split()), self._file, number)
        likeness, earlier = self._sketches.nearest(line)
        if earlier and likeness >= ALIKE:
            self._found.append((number, earlier, len(text), likeness))
        else:  # only lines unlike all before them are compared with, so that a thousand alike take no longer
            self._sketches.add(line)

    def _make_room(self) -> None:
        """Forget the files before; where there is none, this one is too large."""
        own = Sketches(self._library)
        own.seen = {text: file for text, file in self._sketches.seen.items() if file == self._file}
        self._apart = len(own.seen) < len(self._sketches.seen)
        self._given_up = not self._apart
        if self._given_up:
            own.seen, self._found = {}, []
        else:
            for line in self._sketches.kept:
                if line.file == self._file:
                    own.add(line)
        self._sketches = self._earlier[NearDuplicates] = own

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        for number, earlier, size, likeness in self._found:
            message = (
                "This line is almost line {line}: they share {percent} % of their runs of five characters."
            )
            values = {"line": str(earlier.number + 1), "percent": f"{100 * likeness:.0f}"}
            if earlier.file != self._file:
                message = ALMOST_ELSEWHERE
                values["file"] = earlier.file
            yield number, Issue("near-duplicate-line", "note", 0, size, "", message, values)

    def unjudged(self) -> Mapping[str, str]:
        """Why this file was too large, if it was, or too many came before it."""
        (check,) = self.ids()
        if self._apart:
            return {
                check: "there are too many lines to compare all files: only those of one file were compared"
            }
        reason = f"the file has more than {self._most:,} different lines of 30 characters or more"
        return {check: reason} if self._given_up else {}


ALMOST_ELSEWHERE = (
    "This line is almost line {line} of {file}: they share {percent} % of their runs of five characters."
)


class Line(NamedTuple):
    """A line that others are compared with: in small letters, its file and its number there."""

    plain: str
    file: str
    number: int


class Sketches:
    """Lines unlike each other, and which of them another may be like.

    Attributes:
        seen: the different lines so far, and the file that each was in first.
        kept: those that others are compared with.
    """

    def __init__(self, library: Any) -> None:
        self._library = library
        self._index = library.RMinHashLSH(ALIKE, BANDS * ROWS, BANDS)
        self.seen: dict[str, str] = {}
        self.kept: list[Line] = []
        self._last: tuple[str | None, Any] = None, None

    def _sketch(self, plain: str) -> Any:
        """That of a line; the last one is known still where it is kept after it was compared."""
        if self._last[0] != plain:
            sketch = self._library.RMinHash(BANDS * ROWS, SEED)
            sketch.update(_shingles(plain))
            self._last = plain, sketch
        return self._last[1]

    def add(self, line: Line) -> None:
        """Keep a line, for others to be compared with."""
        self._index.insert(len(self.kept), self._sketch(line.plain))
        self.kept.append(line)

    def nearest(self, line: Line) -> tuple[float, Line | None]:
        """The similarity of the line that is most alike, and that line."""
        found, best = sorted(self._index.query(self._sketch(line.plain))), (0.0, 0)
        grams = set(_shingles(line.plain)) if found else set()
        for key in found[:MOST_CANDIDATES]:
            others = set(_shingles(self.kept[key].plain))
            common = len(grams & others)
            best = max(best, (common / (len(grams) + len(others) - common), -key))
        return best[0], self.kept[-best[1]] if best[0] else None


def _shingles(text: str) -> list[str]:
    return [text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)]


CHECKS = (NearDuplicates,)
