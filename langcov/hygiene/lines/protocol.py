"""What a check of all the lines of a file looks like to the one who runs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from langcov.hygiene.engine.finding import Fault
from langcov.hygiene.reading.fields import Fields


class LineCheck(Protocol):
    """Sees each line of one file once, in bounded memory, and says in the end what it found.

    Attributes:
        ids: of the checks that it makes.
    """

    ids: tuple[str, ...]

    def add(self, fields: Fields) -> None:
        """Look at some lines, each of another number than those before."""

    def faults(self) -> Iterator[tuple[int | None, Fault]]:
        """The number of each faulty line, from 0, and its fault, in the order of the file.

        None, which comes first, is the file as a whole.
        """

    def unjudged(self) -> Mapping[str, str]:
        """Which of the checks could not judge this file, and why."""
