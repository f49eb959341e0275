"""What a worker is given to count, and what comes back, whatever counts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from langcov.corpora.base import Corpus, Provenance, ReadOptions, Source
from langcov.corpora.readers.parts import Part
from langcov.counting.tally import FileTally

Place = tuple[str, Source]
"""A source and the name of the corpus that it is counted in; one file may be in several."""


@dataclass
class Job:
    """A source to count, or a part of one, and how."""

    corpus: Corpus
    source: Source
    options: ReadOptions
    words_once: bool = True
    part: Part | None = None
    perturbations: Sequence[str] = ()
    keep_words: bool = False  # count each distinct word too, which takes memory for all of them
    memory: int | None = None  # bytes that a process may take, of which a table of words has what is left

    @property
    def place(self) -> Place:
        """The key of what is counted."""
        return self.corpus.name, self.source


@dataclass(eq=False)
class Counted:
    """What came of a job."""

    tally: FileTally[Any]
    provenance: Provenance


Count = Callable[[Job], Counted]
