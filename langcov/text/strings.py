"""Many strings in one UTF-8 buffer: the only shape in which the counting core sees text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bytes, Offsets

LF = 0x0A
LONG = 48  # bytes a string, on average, above which each is summed by itself
RUN = 1 << 18  # items that are looked at together: a bound on memory, however long a string is


@dataclass(frozen=True, eq=False)
class Strings:
    """Strings as byte ranges of a buffer; ranges may share or skip bytes, so a selection copies nothing."""

    data: Bytes  # valid UTF-8, uint8 [n_bytes]
    starts: Offsets  # first byte of each string, int64 [n]
    ends: Offsets  # one past the last byte of each string, int64 [n]

    @classmethod
    def of(cls, texts: Iterable[str | bytes]) -> Strings:
        """Pack strings, or UTF-8 bytes, into a buffer.

        >>> Strings.of(["кот", "", "cat"]).lengths.tolist()
        [6, 0, 3]
        """
        parts = [text if type(text) is bytes else text.encode() for text in texts]  # type: ignore[union-attr]
        offsets = np.zeros(len(parts) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)), out=offsets[1:])
        return cls(np.frombuffer(b"".join(parts), np.uint8), offsets[:-1], offsets[1:])

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def lengths(self) -> Offsets:
        """Bytes of each string, int64 [n]."""
        return self.ends - self.starts

    def sum(self, flags: NDArray[np.bool_]) -> Offsets:
        """How many bytes of each string are flagged, int64 [n].

        Args:
            flags: of each byte of ``data``, bool [n_bytes].
        """
        size = np.int64 if len(flags) >> 31 else np.int32
        if len(flags) > LONG * len(self) and (self.starts[1:] >= self.ends[:-1]).all():
            edges = np.stack([self.starts, self.ends], axis=1).ravel()
            # A range for each string and one for what is behind it; of nothing numpy gives what follows.
            sums = np.add.reduceat(np.append(flags, False), edges, dtype=size)[::2].astype(np.int64)
            return np.where(self.lengths > 0, sums, 0)
        before: NDArray[np.int64 | np.int32] = np.zeros(len(flags) + 1, size)
        np.cumsum(flags, out=before[1:])
        return np.subtract(before[self.ends], before[self.starts], dtype=np.int64)

    def __getitem__(self, which: NDArray[np.int32] | Offsets | NDArray[np.bool_] | slice) -> Strings:
        """Some of the strings, by index, mask or slice; the buffer is shared."""
        return Strings(self.data, self.starts[which], self.ends[which])

    def __iter__(self) -> Iterator[str]:
        buffer = np.ascontiguousarray(self.data).data
        for start, end in zip(self.starts.tolist(), self.ends.tolist()):
            yield str(buffer[start:end], "utf-8")

    def to_list(self) -> list[str]:
        """The strings as Python objects, for a library that wants them."""
        joined = self._joined()
        return list(self) if joined is None else str(joined.data, "utf-8").split("\n")

    def to_bytes(self) -> list[bytes]:
        """The same as bytes, which need not be UTF-8 (pieces of a vocabulary may cut characters).

        >>> Strings.of([b"\\xd0", "a\\n"]).to_bytes()
        [b'\\xd0', b'a\\n']
        """
        joined = self._joined()
        if joined is not None:
            return joined.tobytes().split(b"\n")
        buffer = np.ascontiguousarray(self.data).data
        return [bytes(buffer[start:end]) for start, end in zip(self.starts.tolist(), self.ends.tolist())]

    def _joined(self) -> Bytes | None:
        """All with an LF between, cut many times as fast as one by one; None if one holds an LF itself."""
        if len(self) < 2:
            return None
        data = self.apart().data[:-1]
        return data if np.count_nonzero(data == LF) == len(self) - 1 else None

    def are_lines(self) -> bool:
        """Whether one byte stands between each and the next, as between the lines of a text."""
        return len(self) > 0 and bool((self.starts[1:] == self.ends[:-1] + 1).all())

    def apart(self) -> Strings:
        """The same strings in a buffer of their own, an LF after each.

        >>> Strings.of(["ак", "барс"]).apart().data.tobytes().decode()
        'ак\\nбарс\\n'
        """
        first, after = (int(self.starts[0]), int(self.ends[-1]) + 1) if len(self) else (0, 0)
        if self.are_lines() and after <= len(self.data) and (self.data[self.ends] == LF).all():
            return Strings(self.data[first:after], self.starts - first, self.ends - first)
        packed, each = self.packed(), np.arange(len(self))
        data = np.full(len(packed.data) + len(self), LF, np.uint8)
        inside = np.ones(len(data), bool)
        inside[packed.ends + each] = False
        data[inside] = packed.data
        return Strings(data, packed.starts + each, packed.ends + each)

    def packed(self) -> Strings:
        """The same strings back to back in a buffer without more; a copy only where there are gaps."""
        lengths = self.lengths
        offsets = np.zeros(len(self) + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        first = int(self.starts[0]) if len(self) else 0
        if np.array_equal(self.starts, offsets[:-1] + first):
            data = self.data[first : first + int(offsets[-1])]
        elif self.are_lines():  # several times as fast as picking their bytes
            kept = np.ones(int(self.ends[-1]) - first, bool)
            kept[self.ends[:-1] - first] = False
            data = self.data[first : first + len(kept)][kept]
        else:
            data = picked(self.data, self.starts, lengths)
        return Strings(data, offsets[:-1], offsets[1:])


def ranges(starts: Offsets, lengths: Offsets) -> Offsets:
    """The integers of many ranges one after another: ``start, start + 1, …`` for each.

    >>> ranges(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    total = np.cumsum(lengths)
    size = int(total[-1]) if len(total) else 0
    return np.arange(size, dtype=np.int64) + np.repeat(starts - (total - lengths), lengths)


class Run(NamedTuple):
    """Neighbouring items (bytes, tokens) of many strings.

    Attributes:
        items: which they are.
        strings: the strings that they are of; those at its ends may go on in the runs beside it.
        counts: how many of them each of these strings has, int64 [strings].
    """

    items: slice
    strings: slice
    counts: Offsets

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """For each of the items what belongs to its string, out of values of all strings."""
        return np.repeat(values[self.strings], self.counts)


def runs(offsets: Offsets) -> Iterator[Run]:
    """The items of many strings, a bounded number at a time.

    Args:
        offsets: string i has the items from ``offsets[i]`` to ``offsets[i + 1]``, int64 [n + 1].

    >>> [(run.items, run.counts.tolist()) for run in runs(np.array([0, 2, 2, 3]))]
    [(slice(0, 3, None), [2, 0, 1])]
    """
    size = int(offsets[-1])
    if 0 < size <= RUN:  # as nearly always
        yield Run(slice(0, size), slice(0, len(offsets) - 1), offsets[1:] - offsets[:-1])
        return
    for first in range(0, size, RUN):
        past = min(first + RUN, size)
        low = int(np.searchsorted(offsets, first, "right")) - 1
        high = int(np.searchsorted(offsets, past, "left"))
        edges = offsets[low : high + 1].clip(first, past)
        yield Run(slice(first, past), slice(low, high), edges[1:] - edges[:-1])


def picked(values: NDArray[Any], starts: Offsets, lengths: Offsets) -> NDArray[Any]:
    """Many ranges of an array one after another.

    >>> picked(np.array([5, 6, 7, 8]), np.array([2, 0]), np.array([2, 1])).tolist()
    [7, 8, 5]
    """
    offsets = np.zeros(len(starts) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    made = np.empty(int(offsets[-1]), values.dtype)
    shift = starts - offsets[:-1]
    for run in runs(offsets):
        made[run.items] = values[np.arange(run.items.start, run.items.stop) + run.spread(shift)]
    return made
