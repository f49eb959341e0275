"""What a check of all the lines of a file looks like to the one who runs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from langcov.hygiene.finding import Fault
from langcov.text.strings import Strings


class LineCheck(Protocol):
    """Sees each line of one file once, in bounded memory, and says in the end what it found.

    Attributes:
        ids: of the checks that it makes.
    """

    ids: tuple[str, ...]

    def add(self, texts: Strings, numbers: NDArray[np.int64]) -> None:
        """Look at some lines.

        Args:
            texts: the lines, in a buffer that holds them and the LF after each, nothing else.
            numbers: of each in the file, from 0, int64 [n], ascending.
        """

    def faults(self) -> Iterator[tuple[int | None, Fault]]:
        """The number of each faulty line, from 0 (None for the file as a whole), and its fault."""

    def unjudged(self) -> Mapping[str, str]:
        """Which of the checks could not judge this file, and why."""
