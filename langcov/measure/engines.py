"""Which tokenizers get a faster engine: told from the tokenizer and the size of the corpora alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from langcov.corpora.base import Corpus, Source
from langcov.counting.jobs import Counted
from langcov.errors import UserError
from langcov.tokenizers import System
from langcov.tokenizers.engines import ALARM, with_engine

PAYS = 10_000_000  # bytes of text below which loading an engine takes longer than it saves


def choose(systems: Sequence[System], corpora: Iterable[Corpus], engine: str = "auto") -> list[System]:
    """The tokenizers, those that have a certified engine with it before them, if that pays.

    Args:
        engine: ``auto``; or ``reference``, which leaves them as they are.
    """
    if engine not in ("auto", "reference"):
        raise UserError(f"no engine is called {engine!r}: auto or reference")
    # A word table is one file with all its languages: it counts once.
    sources = {(one.path, one.lines): one for corpus in corpora for one in corpus.sources}
    if engine == "reference" or sum(map(_size, sources.values())) < PAYS:
        return list(systems)
    return [with_engine(system) for system in systems]


def _size(source: Source) -> int:
    """Bytes of a file as it is stored; one from elsewhere counts as a large one."""
    if source.format == "memory":
        return sum(map(len, source.lines))
    try:
        return Path(source.path).stat().st_size
    except OSError:
        return PAYS


def end_mistrusted(systems: Iterable[System], counted: Sequence[Counted]) -> None:
    """See that a tokenizer whose engine raised the alarm in one file is measured in none."""
    for system in systems:
        tallies = [tally for one in counted for tally in (one.tally, *one.tally.perturbed.values())]
        parts = [tally.systems[system.name] for tally in tallies]
        alarms = sorted(part.failed for part in parts if part.failed and ALARM in part.failed)
        if alarms:
            for part in parts:
                part.failed = alarms[0]
