"""Which systems get a faster engine: told from the system and the size of the corpora alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from langcov.corpora.base import Corpus, Source
from langcov.corpora.readers.formats import WORDS
from langcov.counting.jobs import Counted
from langcov.errors import ALARM, UserError
from langcov.lid.engines import with_engine as with_lid_engine
from langcov.lid.kinds import LidSystem
from langcov.tokenizers import System
from langcov.tokenizers.engines import with_engine

PAYS = 10_000_000  # bytes of text below which loading an engine takes longer than it saves
LID_PAYS = 1_000_000  # the same for models that name languages
DENSE = 2.5
"""What a byte of a word table counts for, as it has each word once: nine tokenizers took 0.6 of the CPU time
with engines from a table of 1.3 MB already. So the bundled ones, together too, stay with the libraries."""
ENGINES = ("auto", "reference")


def choose(systems: Sequence[System], corpora: Iterable[Corpus], engine: str = "auto") -> list[System]:
    """The tokenizers, those that have a certified engine with it before them, if that pays.

    Args:
        engine: ``auto``; or ``reference``, which leaves them as they are.
    """
    return [with_engine(system) for system in systems] if _pays(corpora, engine, PAYS) else list(systems)


def choose_models(
    systems: Sequence[LidSystem], corpora: Iterable[Corpus], engine: str = "auto"
) -> list[LidSystem]:
    """The same of models that name languages."""
    if not _pays(corpora, engine, LID_PAYS):
        return list(systems)
    return [with_lid_engine(system) for system in systems]


def engine_fact(systems: Iterable[System | LidSystem]) -> list[str] | str:
    """The engines of a measurement as its signature has them; nothing where all are the reference."""
    engines = list(dict.fromkeys(system.engine for system in systems))
    return engines if engines != ["reference"] else ""


def _pays(corpora: Iterable[Corpus], engine: str, least: int) -> bool:
    """Whether engines are wanted, and the text is large enough for them."""
    if engine not in ENGINES:
        raise UserError(f"no engine is called {engine!r}: auto or reference")
    # A word table is one file with all its languages: it counts once.
    sources = {(one.path, one.lines): one for corpus in corpora for one in corpus.sources}
    return engine == "auto" and sum(map(_size, sources.values())) >= least


def _size(source: Source) -> float:
    """Bytes of a file as it is stored, a word table's as more; one from elsewhere counts as a large one."""
    if source.format == "memory":
        return sum(map(len, source.lines))
    try:
        return Path(source.path).stat().st_size * (DENSE if source.format == WORDS else 1)
    except OSError:
        return PAYS


def end_mistrusted(systems: Iterable[System | LidSystem], counted: Sequence[Counted]) -> None:
    """See that a system whose engine raised the alarm in one file is measured in none."""
    for system in systems:
        tallies = [tally for one in counted for tally in (one.tally, *one.tally.perturbed.values())]
        parts = [tally.systems[system.name] for tally in tallies]
        alarms = sorted(part.failed for part in parts if part.failed and ALARM in part.failed)
        if alarms:
            for part in parts:
                part.failed = alarms[0]
