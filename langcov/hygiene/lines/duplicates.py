"""Lines that stand more than once: `duplicate-line`, and in two parts of a corpus, `split-leak`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from langcov.core.arrays import Growing, Ints, Words
from langcov.hygiene.engine.finding import Issue, Severity
from langcov.hygiene.engine.protocol import About, Context, LineCheck
from langcov.hygiene.reading.fields import SENTENCE, Fields
from langcov.text.hashing import edges, hashes
from langcov.text.strings import Strings

_WHITE = np.zeros(256, bool)
_WHITE[[*b" \t\n\v\f\r"]] = True


NOWHERE = -1
FILE = 1 << 40
"""The place of a line in several files is its number, from 0, and so much for each file before its own."""
LEAKS = ("", "train", "dev", "test")
LEAKED = {
    ("dev", "train"): "This line of the development set stands in training: line {line} of {file}.",
    ("test", "train"): "This line of the test set stands in training: line {line} of {file}.",
    ("test", "dev"): "This line of the test set stands in the development set: line {line} of {file}.",
}
LEAKS_OF = {
    (
        "dev",
        "train",
    ): "{n} of {lines} lines of this development set ({percent} %) stand in training: the first, "
    "line {at}, is line {line} of {file}.",
    (
        "test",
        "train",
    ): "{n} of {lines} lines of this test set ({percent} %) stand in training: the first, line {at}, "
    "is line {line} of {file}.",
    (
        "test",
        "dev",
    ): "{n} of {lines} lines of this test set ({percent} %) stand in the development set: the first, "
    "line {at}, is line {line} of {file}.",
}
"""What is said of a line, and of a file, by its own part of a corpus and the other."""


class Known:
    """The different lines of some files, by the part of the corpus and their hashes: where each first stood.

    Attributes:
        files: what each is called.
    """

    def __init__(self) -> None:
        self.files: list[str] = []
        self._fresh: dict[str, list[tuple[Words, Ints]]] = defaultdict(list)
        self._runs: dict[str, list[tuple[Words, Ints]]] = defaultdict(list)

    def add(self, file: str, part: str, hashed: Words, numbers: Ints) -> None:
        """Add the lines of a file."""
        self._fresh[part].append((hashed, numbers + len(self.files) * FILE))
        self.files.append(file)

    def find(self, parts: Iterable[str], hashed: Words) -> Ints:
        """The first place of each line in the files of some parts, int64 [n], or ``NOWHERE``."""
        found = np.full(len(hashed), NOWHERE)
        for known, places in (run for part in parts for run in self._sorted(part) if len(run[0])):
            at = np.minimum(np.searchsorted(known, hashed), len(known) - 1)
            better = (known[at] == hashed) & ((found == NOWHERE) | (places[at] < found))
            found[better] = places[at[better]]
        return found

    def _sorted(self, part: str) -> list[tuple[Words, Ints]]:
        """The lines in runs, each sorted and longer than those after it, so that they are few."""
        runs = self._runs[part]
        for run in self._fresh.pop(part, []):
            while runs and len(runs[-1][0]) <= 2 * len(run[0]):
                before = runs.pop()
                run = (np.append(before[0], run[0]), np.append(before[1], run[1]))
            different, first = np.unique(run[0], return_index=True)
            runs.append((different, run[1][first]))
        return runs


class Duplicates(LineCheck):
    """Lines that repeat an earlier one, of their file or of one before it in the same language.

    White space of ASCII at their ends makes no difference; empty lines don't count. Lines are the same if a
    64-bit hash of their bytes is: of a million different lines two share one with a probability of 3 in 10⁸.
    Memory is about 50 bytes a line of the file, whatever its length, and 16 a different line of those before.
    """

    checks = (
        About(
            "duplicate-line",
            "Lines that stand twice",
            "What stands twice counts twice: menus, headings and copied articles distort every figure.",
        ),
        About(
            "split-leak",
            "Lines of a test in training",
            "What a model has seen in training, or was tuned on, tells nothing about what it can do.",
        ),
    )

    def __init__(self, context: Context) -> None:
        self._hashes, self._numbers, self._lengths = map(Growing, (np.uint64, np.int64, np.uint32))
        self._file, self._part = context.file, context.part
        self._known: Known = context.earlier.setdefault(Duplicates, Known())

    def add(self, fields: Fields) -> None:
        trimmed = trim(fields.texts)
        filled = trimmed.lengths > 0
        kept = trimmed[filled]
        self._hashes.extend(hashes(kept, edges(kept)))
        self._numbers.extend(fields.numbers[filled])
        self._lengths.extend(fields.sizes[filled])

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        hashed, numbers = self._hashes.values, self._numbers.values
        which, first = repeats(hashed)
        before = np.full(len(hashed), NOWHERE)
        before[which] = numbers[first]
        others = [part for part in LEAKS if self._part and part not in ("", self._part)]
        leaks = {part: self._known.find([part], hashed) for part in others}
        parts = ["", self._part] if self._part else LEAKS
        elsewhere = {"": self._known.find(parts, hashed)}
        self._known.add(self._file, self._part, hashed, numbers)
        yield from ((None, self._leak(part, found)) for part, found in leaks.items() if (found >= 0).any())
        found = {"own": before, **elsewhere, **dict(reversed(leaks.items()))}  # the last found is said
        for at in np.flatnonzero(np.max([*found.values()], axis=0) >= 0):  # no lists: there may be millions
            where = next(part for part in reversed(found) if found[part][at] >= 0)
            yield int(numbers[at]), self._issue(where, int(found[where][at]), int(self._lengths.values[at]))

    def _issue(self, where: str, place: int, length: int) -> Issue:
        """What to say of a line, by the place of the one that it repeats."""
        severity: Severity = "warning" if length >= SENTENCE else "note"
        message, values = "This line repeats line {line}.", {"line": str(place + 1)}
        if where != "own":
            file, line = divmod(place, FILE)
            message = LEAKED[self._part, where] if where else "This line repeats line {line} of {file}."
            values = {"line": str(line + 1), "file": self._known.files[file]}
        return Issue("duplicate-line", severity, 0, length, "", message, values)

    def _leak(self, part: str, found: Ints) -> Issue:
        """What to say of a file whose lines stand in another part: how many, and the first."""
        leaked = np.flatnonzero(found >= 0)
        file, line = divmod(int(found[leaked[0]]), FILE)
        percent = 100 * len(leaked) / len(found)
        values = {
            "n": str(len(leaked)),
            "lines": str(len(found)),
            "percent": f"{percent:.0f}" if percent >= 0.5 else "<1",
            "at": str(self._numbers.values[leaked[0]] + 1),
            "line": str(line + 1),
            "file": self._known.files[file],
        }
        severity: Severity = "warning" if (self._lengths.values[leaked] >= SENTENCE).any() else "note"
        return Issue("split-leak", severity, 0, 0, "", LEAKS_OF[self._part, part], values)


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


CHECKS = (Duplicates,)
