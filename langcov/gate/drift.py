"""Id drift: a tokenizer that gives other ids for the same text than it did, even where counts are equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from langcov.core.arrays import Ints
from langcov.gate.shared import shared
from langcov.gate.side import Side

SHOWN = 3  # rows that are named


@dataclass(frozen=True, kw_only=True)
class Drift:
    """One tokenizer on one language."""

    system: str
    corpus: str
    language: str
    rows: int | None  # rows with other ids; None: not known, as there are no rows to pair
    of_rows: int | None
    same_counts: bool  # whether there are as many tokens as before
    # the first lines of the first such rows, from 1, and how many lines a row holds; empty of documents
    first_lines: tuple[int, ...] = ()
    row_lines: int = 1


def drifts(base: Side, new: Side) -> list[Drift]:
    """All tokenizers of one name in both results whose ids of the same text differ."""
    found: list[Drift] = []
    for corpus in new.corpora:
        there = shared(base, new, corpus)
        for place in new.totals:
            if place[0] == corpus and place in base.totals:
                found += _of_language(base, new, place, place[1] in there)
    return found


def _of_language(base: Side, new: Side, place: tuple[str, str, str], paired: bool) -> Iterator[Drift]:
    corpus, language, system = place
    totals = [side.totals[place] for side in (base, new)]
    same = totals[0].get("tokens") == totals[1].get("tokens")
    if not paired:
        digests = [one.get("id_digest") for one in totals]
        if None not in digests and digests[0] != digests[1] and same_text(base, new, corpus):
            yield Drift(
                system=system, corpus=corpus, language=language, rows=None, of_rows=None, same_counts=same
            )
        return
    if any(_failed(side, place) for side in (base, new)):
        return
    old = base.tallies[corpus, language].digests[system]
    ids = new.tallies[corpus, language].digests[system]
    other = np.flatnonzero(old != ids)
    if len(other):
        yield Drift(
            system=system,
            corpus=corpus,
            language=language,
            rows=len(other),
            of_rows=len(ids),
            same_counts=same,
            first_lines=_first_lines(new, corpus, language, other[:SHOWN]),
            row_lines=1 << new.shift(corpus, language),
        )


def _failed(side: Side, place: tuple[str, str, str]) -> bool:
    corpus, language, system = place
    tally = side.tallies[corpus, language]
    return system not in tally.failed or tally.failed[system] is not None or not len(tally.digests[system])


def _first_lines(side: Side, corpus: str, language: str, rows: Ints) -> tuple[int, ...]:
    """The first line of each row, from 1; nothing where rows are documents, which have names."""
    if side.corpora[corpus]["rows"] != "lines":
        return ()
    labels = side.tallies[corpus, language].labels[rows]
    return tuple(int(label) * (1 << side.shift(corpus, language)) + 1 for label in labels)


def same_text(base: Side, new: Side, corpus: str) -> bool:
    """Whether a corpus has the same content in both."""
    old, now = (side.corpora.get(corpus, {}).get("sha256") for side in (base, new))
    return old is not None and old == now


def other_files(base: Side, new: Side, found: Sequence[Drift]) -> list[str]:
    """Tokenizers whose file is another one though their ids are the same: a notice, no fault."""
    drifted = {one.system for one in found}
    known = {system for _corpus, _language, system in base.totals.keys() & new.totals.keys()}
    return [
        name
        for name, row in new.systems.items()
        if name in known - drifted and row.get("sha256") != base.systems.get(name, row).get("sha256")
    ]
