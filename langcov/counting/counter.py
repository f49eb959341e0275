"""What a counter is, and rows of counters addressed by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Ints
from langcov.corpora.base import WordCounts


@dataclass(frozen=True)
class Counter:
    """A whole number that each string of a text has, and that rows of text add up.

    Attributes:
        name: as in totals (``byte_tokens``).
        of: ``words``: a line's is the sum of its words', so that each distinct word is counted once and a
            word table has it too; ``lines``: it takes the line as a whole.
        count: gives it for many strings at once, whole numbers [n]; raises ``CannotMeasure`` where it can't.
    """

    name: str
    of: Literal["words", "lines"]
    count: Callable[[Any], NDArray[Any]]

    def counted(self, strings: Any, n: int) -> NDArray[Any]:
        """What is counted of ``n`` strings, whole numbers [n].

        Raises:
            CannotMeasure: it can't be had of these; says why.
            TypeError: ``count`` gave something else (of a plug-in).
        """
        if not n:
            return np.zeros(0, np.int64)
        found = np.asarray(self.count(strings))
        if found.shape != (n,) or found.dtype.kind not in "biu":
            raise TypeError(f"counter {self.name}: {found.dtype} {found.shape}, not whole numbers ({n},)")
        return found


@dataclass(frozen=True)
class TextCounter(Counter):
    """A counter of the text alone; ``count`` is given a ``Batch``, or ``corpora.base.Lines`` if of lines.

    Attributes:
        of_table: of one of lines: what a word table says of it, by row, int64 [rows]; None: nothing.
        figure: whether its sum means something; that of digests only tells whether lines are the same.
    """

    of_table: Callable[[WordCounts], Ints] | None = None
    figure: bool = True


@dataclass(frozen=True)
class TokenCounter(Counter):
    """A counter of a tokenizer's work; ``count`` is given ``Tokens``, or ``LineTokens`` if it is of lines.

    Attributes:
        perturbed: whether it is kept of text that was changed on purpose too.
    """

    perturbed: bool = False


Kind = TypeVar("Kind", bound=Counter)


class Columns(Mapping[str, Kind], Generic[Kind]):
    """Counters by name, and the column of each in arrays of them.

    Those of words stand side by side, so that they are a view of the rows. Nobody else knows a column.

    Attributes:
        words, lines: the counters of each, by name.
    """

    def __init__(self, counters: Iterable[Kind]) -> None:
        self._counters = {counter.name: counter for counter in counters}
        self.words = {name: one for name, one in self._counters.items() if one.of == "words"}
        self.lines = {name: one for name, one in self._counters.items() if one.of == "lines"}
        self._column = {name: column for column, name in enumerate((*self.words, *self.lines))}

    def __getitem__(self, name: str) -> Kind:
        return self._counters[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counters)

    def __len__(self) -> int:
        return len(self._counters)

    def rows(self, n: int = 0) -> Ints:
        """Rows of zeros, int64 [n, counters]."""
        return np.zeros((n, len(self)), np.int64)

    def by_name(self, rows: Ints) -> dict[str, Ints]:
        """The counters as views into rows, so that they can be added to."""
        return {name: rows[:, self._column[name]] for name in self}

    def of_words(self, rows: Ints) -> Ints:
        """The counters of words as a view into rows, int64 [rows, counters of words]."""
        return rows[:, : len(self.words)]

    def words_by_name(self, values: NDArray[np.int32]) -> dict[str, NDArray[np.int32]]:
        """The same of an array that holds counters of words alone."""
        return {name: values[:, self._column[name]] for name in self.words}

    def stacked(self, counted: Mapping[str, NDArray[Any]], n: int) -> NDArray[Any]:
        """Counters of ``n`` words as an array [n, counters of words]; those that are missing are 0."""
        zeros = np.zeros(n, np.int32)
        return np.stack([counted.get(name, zeros) for name in self.words], axis=1)
