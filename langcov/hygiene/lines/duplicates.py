"""Lines that stand in a file more than once, or almost: `duplicate-line` and `near-duplicate-line`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

import numpy as np

from langcov.core.arrays import Growing, Ints, Words
from langcov.core.libraries import require
from langcov.hygiene.engine.finding import Issue, Severity
from langcov.hygiene.engine.protocol import About, Context, LineCheck
from langcov.hygiene.reading.fields import SENTENCE, TOO_LONG, Fields
from langcov.text.hashing import edges, hashes
from langcov.text.strings import Strings

_WHITE = np.zeros(256, bool)
_WHITE[[*b" \t\n\v\f\r"]] = True


class Duplicates(LineCheck):
    """Lines that repeat an earlier one but for white space of ASCII at their ends; empty ones don't count.

    Lines are the same if a 64-bit hash of their bytes is: of a million different lines two share one with a
    probability of 3 in 10⁸. Memory is about 50 bytes a line, whatever its length.
    """

    checks = (
        About(
            "duplicate-line",
            "Lines that stand twice",
            "What stands twice counts twice: menus, headings and copied articles distort every figure.",
        ),
    )

    def __init__(self, context: Context) -> None:
        self._hashes, self._numbers, self._lengths = map(Growing, (np.uint64, np.int64, np.uint32))

    def add(self, fields: Fields) -> None:
        trimmed = trim(fields.texts)
        filled = trimmed.lengths > 0
        kept = trimmed[filled]
        self._hashes.extend(hashes(kept, edges(kept)))
        self._numbers.extend(fields.numbers[filled])
        self._lengths.extend(fields.sizes[filled])

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        which, first = repeats(self._hashes.values)
        numbers, lengths = self._numbers.values, self._lengths.values
        for at, before in zip(which, first):  # no lists: there may be millions
            severity: Severity = "warning" if lengths[at] >= SENTENCE else "note"
            values = {"line": str(numbers[before] + 1)}
            message = "This line repeats line {line}."
            yield (
                int(numbers[at]),
                Issue("duplicate-line", severity, 0, int(lengths[at]), "", message, values),
            )


def repeats(hashed: Words) -> tuple[Ints, Ints]:
    """Which hashes have occurred before, int64 [k] ascending, and the first place of each of these.

    >>> which, first = repeats(np.array([7, 5, 7, 7], np.uint64))
    >>> which.tolist(), first.tolist()
    ([2, 3], [0, 0])
    """
    order = np.argsort(hashed, kind="stable")
    ranked = hashed[order]
    again = np.append(False, ranked[1:] == ranked[:-1])[: len(hashed)]
    del ranked
    later, earliest = np.flatnonzero(again), np.flatnonzero(~again)
    which, first = order[later], order[earliest[np.searchsorted(earliest, later) - 1]]
    in_order = np.argsort(which)
    return which[in_order], first[in_order]


def trim(texts: Strings) -> Strings:
    """Strings without the white space of ASCII at their ends; nothing is copied.

    >>> trim(Strings.of([" ак\\r", "  "])).to_list()
    ['ак', '']
    """
    starts, ends = texts.starts.copy(), texts.ends.copy()
    for edge, inner, step in ((ends, -1, -1), (starts, 0, 1)):
        left = np.flatnonzero(starts < ends)
        while len(left := left[_WHITE[texts.data[edge[left] + inner]]]):
            edge[left] += step
            left = left[starts[left] < ends[left]]
    return Strings(texts.data, starts, ends)


ALIKE = 0.8  # Jaccard similarity of the 5-grams of two lines, from which they are near duplicates

MOST_LINES = 200_000  # lines of a file that are compared: 5 s and 400 MB

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
        sketch = self._library.RMinHash(BANDS * ROWS, SEED)
        sketch.update(_shingles(plain))
        likeness, earlier = self._nearest(plain, sorted(self._index.query(sketch))[:MOST_CANDIDATES])
        if likeness >= ALIKE:
            self._found.append((number, earlier, len(text), likeness))
        else:  # only lines unlike all before them are compared with, so that a thousand alike take no longer
            self._index.insert(len(self._kept), sketch)
            self._kept.append((plain, number))

    def _nearest(self, plain: str, candidates: list[int]) -> tuple[float, int]:
        """The similarity of the candidate that is most alike, and the number of its line."""
        best = (0.0, 0)
        grams = set(_shingles(plain)) if candidates else set()
        for key in candidates:
            other, number = self._kept[key]
            others = set(_shingles(other))
            common = len(grams & others)
            best = max(best, (common / (len(grams) + len(others) - common), -number))
        return best[0], -best[1]

    def _give_up(self) -> None:
        self._given_up = True
        self._seen, self._kept, self._found = set(), [], []
        self._index = None

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        message = "This line is almost line {line}: they share {percent} % of their runs of five characters."
        for number, earlier, size, likeness in self._found:
            values = {"line": str(earlier + 1), "percent": f"{100 * likeness:.0f}"}
            yield number, Issue("near-duplicate-line", "note", 0, size, "", message, values)

    def unjudged(self) -> Mapping[str, str]:
        """Why this file was too large, if it was."""
        (check,) = self.ids()
        reason = f"the file has more than {self._most:,} different lines of 30 characters or more"
        return {check: reason} if self._given_up else {}


def _shingles(text: str) -> list[str]:
    return [text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)]


CHECKS = (Duplicates, NearDuplicates)
