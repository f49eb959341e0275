"""Counts of words by row, sorted and added up on disk, in memory that does not grow with the text."""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from langcov.core.arrays import Ints, Offsets
from langcov.text.distinct import Distinct, distinct
from langcov.text.strings import Strings

MOST_WORDS, MOST_COUNTS = 500_000, 3_000_000
"""Different words, and counts of a word in a row, that are kept before they are written."""
BLOCK = 1 << 16
"""Words that are read at once from each file."""
_ROWS = 1 << 24


@dataclass(frozen=True, eq=False)
class Counts:
    """``words[word]`` stands ``count`` times in row ``row``.

    Attributes:
        words: different, in the order of their bytes.
        word, row, count: sorted by word, then row, int64 [n] each; each word has some.
    """

    words: Strings
    word: Ints
    row: Ints
    count: Ints

    def slice(self, start: int, end: int) -> Counts:
        """Those of the words [start, end)."""
        first, last = np.searchsorted(self.word, [start, end])
        some = slice(first, last)
        return Counts(self.words[start:end], self.word[some] - start, self.row[some], self.count[some])

    def in_rows(self, rows: Ints) -> Counts:
        """The same with row i called ``rows[i]``, int64, several of which may be one."""
        return summed(self.words, self.word, rows[self.row], self.count)


def summed(words: Strings, word: Ints, row: Ints, count: Ints) -> Counts:
    """Counts in any order, those of the same word and row added up."""
    key = word * _ROWS + row
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, np.int64)
    sums = np.add.reduceat(count[order], first) if len(first) else count
    return Counts(words, *np.divmod(key[first], _ROWS), sums)


class SortedCounts:
    """Counts that are added as they come and given out in the order of the words.

    >>> counts = SortedCounts(Path(tempfile.gettempdir()))
    >>> counts.add(Strings.of(["барс", "ак", "барс"]), np.array([0, 0, 1]))
    >>> [(one.words.to_list(), one.row.tolist(), one.count.tolist()) for one in counts.merged()]
    [(['ак', 'барс'], [0, 0, 1], [1, 1, 1])]
    """

    def __init__(self, folder: Path) -> None:
        """No counts.

        Args:
            folder: where files without a name lie that go when this goes.
        """
        self._folder, self._runs = folder, list[IO[bytes]]()
        self._clear()

    def _clear(self) -> None:
        self._words, self._held = Distinct(), list[Counts]()

    def add(self, words: Strings, row: Ints) -> None:
        """Count some words, each in its row, int64 [n]."""
        found = self._words.add(words)
        none = Strings.of([])  # ``_words`` has them: those of here would hold the text
        self._held.append(summed(none, found, row, np.ones(len(found), np.int64)))
        if len(self._words) > MOST_WORDS or self._size > MOST_COUNTS:
            self._held = [self._sum]
            if len(self._words) > MOST_WORDS or self._size > MOST_COUNTS // 2:
                self.write()

    @property
    def _size(self) -> int:
        return sum(len(one.count) for one in self._held)

    @property
    def _sum(self) -> Counts:
        parts = [
            np.concatenate([getattr(one, name) for one in self._held]) for name in ("word", "row", "count")
        ]
        return summed(self._words.strings, *parts)

    def write(self) -> None:
        """Write what is held to disk."""
        if self._held:
            file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 (it lives as long as this)
            self._runs.append(file)
            whole = _sorted(self._sum)
            for start in range(0, len(whole.words), BLOCK):
                _save(whole.slice(start, min(start + BLOCK, len(whole.words))), file)
            self._clear()

    def merged(self) -> Iterator[Counts]:
        """All counts, some words at a time."""
        self.write()
        return merge([_load(file) for file in self._runs])


def merge(runs: Sequence[Iterator[Counts]]) -> Iterator[Counts]:
    """Several sorted runs as one: of each what can't be followed by less, block by block."""
    heads = [head for run in runs if (head := _next(run))]
    while heads:
        bound = min(_bytes(block.words, len(block.words) - 1) for block, _ in heads)
        taken, left = list[Counts](), list[tuple[Counts, Iterator[Counts]]]()
        for block, run in heads:
            n = len(block.words)
            upto = bisect_right(range(n), bound, key=lambda i, words=block.words: _bytes(words, i))  # type: ignore[misc]
            if upto:
                taken.append(block.slice(0, upto))
            rest = (block.slice(upto, n), run) if upto < n else _next(run)
            left += [rest] if rest else []
        heads = left
        yield taken[0] if len(taken) == 1 else _together(taken)


def _next(run: Iterator[Counts]) -> tuple[Counts, Iterator[Counts]] | None:
    block = next(run, None)
    return None if block is None else (block, run)


def _together(blocks: Sequence[Counts]) -> Counts:
    shifts = np.cumsum([0, *(len(block.words.data) for block in blocks)])
    words, which = distinct(
        Strings(
            np.concatenate([block.words.data for block in blocks]),
            np.concatenate([block.words.starts + shift for block, shift in zip(blocks, shifts)]),
            np.concatenate([block.words.ends + shift for block, shift in zip(blocks, shifts)]),
        )
    )
    before = np.cumsum([0, *(len(block.words) for block in blocks)])
    word = np.concatenate([which[block.word + first] for block, first in zip(blocks, before)])
    row, count = (np.concatenate([getattr(block, name) for block in blocks]) for name in ("row", "count"))
    return _sorted(summed(words, word, row, count))


def _sorted(counts: Counts) -> Counts:
    """With the words in the order of their bytes, which is that of their code points."""
    order = by_bytes(counts.words)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return summed(counts.words[order].packed(), rank[counts.word], counts.row, counts.count)


def by_bytes(words: Strings) -> Offsets:
    """Which word comes first, which next …, int64 [n]."""
    data = words.data.tobytes()
    listed = [data[start:end] for start, end in zip(words.starts.tolist(), words.ends.tolist())]
    return np.array(sorted(range(len(listed)), key=listed.__getitem__), np.int64)


def _bytes(words: Strings, index: int) -> bytes:
    return words.data[words.starts[index] : words.ends[index]].tobytes()


def _save(counts: Counts, file: IO[bytes]) -> None:
    words = counts.words.packed()
    for array in (
        words.data,
        words.ends,
        counts.word.astype(np.int32),
        counts.row.astype(np.int32),
        counts.count,
    ):
        np.save(file, array)


def _load(file: IO[bytes]) -> Iterator[Counts]:
    end = file.tell()
    file.seek(0)
    at = 0
    while at < end:
        file.seek(at)
        data, ends, word, row, count = (np.load(file) for _ in range(5))
        at = file.tell()
        words = Strings(data, np.append(0, ends[:-1]), ends)
        yield Counts(words, word.astype(np.int64), row.astype(np.int64), count)
