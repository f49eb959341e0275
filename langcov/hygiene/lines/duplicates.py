"""Lines that stand in a file more than once: `duplicate-line`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from langcov.core.arrays import Ints, Words
from langcov.hygiene.engine.finding import Issue, Severity
from langcov.hygiene.engine.protocol import About, Context, LineCheck
from langcov.hygiene.lines.lengths import SENTENCE
from langcov.hygiene.reading.fields import Fields
from langcov.text.growing import Growing
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
        """Hash some lines."""
        trimmed = trim(fields.texts)
        filled = trimmed.lengths > 0
        kept = trimmed[filled]
        self._hashes.extend(hashes(kept, edges(kept)))
        self._numbers.extend(fields.numbers[filled])
        self._lengths.extend(fields.sizes[filled])

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        """Each line that repeats one, in the order of the file; the first of them is none."""
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


CHECKS = (Duplicates,)
