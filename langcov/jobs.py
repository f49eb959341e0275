"""What a worker is given to count, and what comes back, whatever counts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langcov.corpora import Part
from langcov.corpora.base import Corpus, Provenance, ReadOptions, Source
from langcov.tally import FileTally


@dataclass
class Job:
    """A source to count, or a part of one, and how."""

    corpus: Corpus
    source: Source
    options: ReadOptions
    words_once: bool = True
    part: Part | None = None
    perturbations: Sequence[str] = ()


@dataclass(eq=False)
class Counted:
    """What came of a job."""

    tally: FileTally[Any]
    provenance: Provenance
