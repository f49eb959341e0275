"""Lines that are almost the same: `near-duplicate-line`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from langcov.core.libraries import require
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import About, Context, LineCheck
from langcov.hygiene.lines.shingles import SHINGLE, hashed, shingles
from langcov.hygiene.reading.fields import SENTENCE, TOO_LONG, Fields

ALIKE = 0.8  # Jaccard similarity of the 5-grams of two lines, from which they are near duplicates

MOST_LINES = 200_000  # lines that are compared: 3.5 s and 410 MB

MOST_CANDIDATES = 50
"""Earlier lines that a line is compared with at most: where thousands share a template, the first ones."""

BANDS, ROWS, SEED = 20, 6, 0
"""Lines alike by 0.8 become candidates with a probability of 0.998, lines alike by 0.5 with 0.27."""


Place = tuple[str, int, int]
"""Where a line is: its file, its number there; and how long it is."""


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
        self._texts: list[str] = []  # of the new lines that were not compared yet
        self._places: list[Place] = []
        self._found: list[tuple[Place, Place, float]] = []
        self._given_up = self._apart = False

    def add(self, fields: Fields) -> None:
        """Keep the lines that are new."""
        if self._given_up:
            return
        right = (fields.sizes >= SENTENCE) & (fields.sizes <= TOO_LONG)
        texts = map(str.strip, fields.texts[right].to_list())
        for text, number, size in zip(texts, fields.numbers[right].tolist(), fields.sizes[right].tolist()):
            if text in self._sketches.seen:
                continue
            self._sketches.seen[text] = self._file
            if len(self._sketches.seen) > self._most:
                self._make_room()
                if self._given_up:
                    return
            self._texts.append(text)
            self._places.append((self._file, number, size))

    def _compare(self) -> None:
        """Compare the new lines with those before."""
        plain = _plain(self._texts)
        places = self._sketches.places
        for line, earlier, likeness in self._sketches.add(plain, self._places):
            self._found.append((places[line], places[earlier], likeness))
        self._texts, self._places = [], []

    def _make_room(self) -> None:
        """Forget the files before; where there is none, this one is too large."""
        own = Sketches(self._library)
        own.seen = {text: file for text, file in self._sketches.seen.items() if file == self._file}
        self._apart = len(own.seen) < len(self._sketches.seen)
        self._given_up = not self._apart
        if self._given_up:
            own.seen, self._texts, self._places, self._found = {}, [], [], []
        else:
            self._compare()
            own.add(*self._sketches.of(self._file))
        self._sketches = self._earlier[NearDuplicates] = own

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        self._compare()
        for (_, number, size), (file, earlier, _), likeness in self._found:
            message = (
                "This line is almost line {line}: they share {percent} % of their runs of five characters."
            )
            values = {"line": str(earlier + 1), "percent": f"{100 * likeness:.0f}"}
            if file != self._file:
                message = ALMOST_ELSEWHERE
                values["file"] = file
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


def _plain(lines: Sequence[str]) -> list[str]:
    """Lines in small letters, composed, one space between words."""
    text = unicodedata.normalize("NFC", "\n".join(lines)).lower()
    return [" ".join(line.split()) for line in text.split("\n")] if lines else []


ALMOST_ELSEWHERE = (
    "This line is almost line {line} of {file}: they share {percent} % of their runs of five characters."
)


class Sketches:
    """Lines, and which of those that are unlike each other another is like.

    Attributes:
        seen: the different lines so far, and the file that each was in first.
        places: of the lines that were compared.
    """

    def __init__(self, library: Any) -> None:
        self._library = library
        self._index = library.RMinHashLSH(ALIKE, BANDS * ROWS, BANDS)
        self._keys: list[int] = []  # the lines in the index, by their keys there
        self._alone: list[int] = []  # the lines unlike all that aren't in it
        self._plain: list[str] = []
        self.places: list[Place] = []
        self.seen: dict[str, str] = {}

    def add(self, plain: Sequence[str], places: Iterable[Place]) -> list[tuple[int, int, float]]:
        """Which of some lines are like one before, the one that each is most like, and how much.

        Lines are compared with those alone that are like none, so that a thousand alike take no longer. Most
        share no band of their sketches with another: these go into the index only when more lines come.

        Args:
            plain: in small letters.
            places: of each line.

        Returns:
            Indices of ``places``, ascending, and shares.
        """
        first = len(self._plain)
        self._plain += plain
        self.places += places
        self._enter_alone()
        flags = self._index.query_duplicate_flags_matrix_one_shot(self._matrix(plain)) if plain else []
        self._alone = [first + at for at, is_like in enumerate(flags) if not is_like]
        like = [first + at for at, is_like in enumerate(flags) if is_like and len(plain[at]) >= SHINGLE]
        found = ((line, *self._most_like(line)) for line in like)
        return [(line, earlier, likeness) for line, earlier, likeness in found if earlier is not None]

    def of(self, file: str) -> tuple[list[str], list[Place]]:
        """The lines of a file that are unlike each other, as ``add`` wants them."""
        lines = [line for line in sorted(self._keys + self._alone) if self.places[line][0] == file]
        return [self._plain[line] for line in lines], [self.places[line] for line in lines]

    def _enter_alone(self) -> None:
        """Enter the lines that are not in the index."""
        if self._alone:
            matrix = self._matrix([self._plain[line] for line in self._alone])
            self._index.insert_matrix(matrix, len(self._keys))
            self._keys += self._alone

    def _matrix(self, plain: Sequence[str]) -> Any:
        """The sketches of some lines, as rensa wants them."""
        tokens = hashed(plain, self._library)
        return self._library.RMinHash.digest_matrix_from_flat_token_hashes(*tokens, BANDS * ROWS, SEED)

    def _most_like(self, line: int) -> tuple[int | None, float]:
        """The line that one is most like, if it is like any, and how much; else it is entered."""
        tokens = shingles(self._plain[line])
        sketch = self._library.RMinHash(BANDS * ROWS, SEED)
        sketch.update(tokens)
        grams, best = set(tokens), (0.0, 0)
        for other in sorted(self._keys[key] for key in self._index.query(sketch))[:MOST_CANDIDATES]:
            others = set(shingles(self._plain[other]))
            common = len(grams & others)
            best = max(best, (common / (len(grams) + len(others) - common), -other))
        if best[0] >= ALIKE:
            return -best[1], best[0]
        self._index.insert(len(self._keys), sketch)
        self._keys.append(line)
        return None, best[0]


CHECKS = (NearDuplicates,)
