"""The texts of part of a file, each with its line in the file as an editor shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from langcov.text.scan import is_lead, points_of
from langcov.text.strings import LF, Bytes, Offsets, Strings


@dataclass(frozen=True, eq=False)
class Fields:
    """Some texts out of a file.

    Attributes:
        data: the texts, each followed by an LF, valid UTF-8, uint8 [n_bytes].
        starts: first byte of each text in ``data``, int64 [n].
        numbers: the line of the file each is in, from 0, int64 [n], ascending.
        prefixes: code points before each text in its line of the file, int64 [n].
        times: how often each text stands in the file, where it is a word of a word table, int64 [n].
        decoded: the code points of ``data``, where they are known already, uint32 [m].
    """

    data: Bytes
    starts: Offsets
    numbers: Offsets
    prefixes: Offsets
    times: Offsets | None = None
    decoded: NDArray[np.uint32] | None = None

    @classmethod
    def of(cls, lines: Iterable[str], first: int = 0) -> Fields:
        """Lines of a file, from number ``first`` on."""
        packed = Strings.of([f"{line}\n" for line in lines])
        numbers = first + np.arange(len(packed))
        return cls(packed.data, packed.starts, numbers, np.zeros_like(numbers))

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def texts(self) -> Strings:
        """The texts without their LFs (a CR before one stays)."""
        return Strings(self.data, self.starts, np.append(self.starts[1:], len(self.data)) - 1)

    @cached_property
    def points(self) -> NDArray[np.uint32]:
        """The code points of the texts and their LFs, uint32 [m]."""
        return points_of(self.data) if self.decoded is None else self.decoded

    @cached_property
    def leads(self) -> Offsets:
        """The byte at which each code point starts, int64 [m]."""
        return np.flatnonzero(is_lead(self.data))

    @cached_property
    def first(self) -> Offsets:
        """Index of the first code point of each text, int64 [n]."""
        return np.append(0, np.flatnonzero(self.points == LF)[:-1] + 1)

    @property
    def sizes(self) -> Offsets:
        """Code points of each text, int64 [n]."""
        return np.diff(self.first, append=len(self.points)) - 1

    @cached_property
    def uses(self) -> Offsets:
        """How often each code point stands in the file, as far as these texts go, int64 [largest]."""
        if self.times is None:
            return np.bincount(self.points)
        return weighted_uses(self.points, self.times)


def weighted_uses(points: NDArray[np.uint32], times: Offsets) -> Offsets:
    """How often each code point stands in texts that stand ``times`` in a file, int64 [largest].

    Args:
        points: of the texts, each with its LF.
        times: of each text, int64 [n]; negative ones take away.
    """
    ends = points == LF
    return np.bincount(points, times[np.cumsum(ends) - ends]).astype(np.int64)
