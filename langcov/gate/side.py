"""One of two results that are compared: its records, and the counters by row behind them, if there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from langcov.counting.sums import Histogram
from langcov.counting.token_tally import Tally
from langcov.errors import UserError
from langcov.results.result import Record, Result
from langcov.results.rows import Part
from langcov.results.saved import load, with_rows
from langcov.results.signature import settings

Cell = tuple[str, str, str | None, str, str | None]
"""Of a record: system, corpus, language, metric, reference."""
OF_CLASS = ("recall", "precision", "f1")
"""Metrics of LID that a class of several languages has, too."""


@dataclass(frozen=True, eq=False)
class Side:
    """A result, as a comparison needs it."""

    name: str  # what it is called in messages
    result: Result

    @cached_property
    def settings(self) -> dict[str, str]:
        """What the signature says of how it was made, by key."""
        return settings(self.result.signature)

    @cached_property
    def corpora(self) -> dict[str, Mapping[str, Any]]:
        """What it says of each corpus, by name."""
        return {row["name"]: row for row in self.result.corpora}

    @cached_property
    def records(self) -> dict[Cell, Record]:
        """Its records by what they are of."""
        return {
            (one.system, one.corpus, _of_what(one), one.metric, one.reference): one
            for one in self.result.records
        }

    @cached_property
    def parts(self) -> dict[tuple[str, str, str | None], Part]:
        """Its counters by row, by corpus, language and system; empty without rows."""
        return {part.place: part for part in self.result.rows or ()}

    @cached_property
    def systems(self) -> dict[str, Mapping[str, Any]]:
        """Those that were measured, by name."""
        return {row["name"]: row for row in self.result.systems if not row["skipped"]}

    @cached_property
    def totals(self) -> dict[tuple[str, str, str], Mapping[str, Any]]:
        """By corpus, language and system."""
        return {(row["corpus"], row["language"], row["system"]): row for row in self.result.totals}

    def languages(self, corpus: str) -> list[str]:
        """Those of a corpus that there are rows of."""
        return [
            part.language for part in self.parts.values() if part.corpus == corpus and part.system is None
        ]

    def shift(self, corpus: str, language: str) -> int:
        """A row holds ``2**shift`` lines or documents."""
        return int(self.parts[corpus, language, None].facts["shift"])

    @cached_property
    def tallies(self) -> dict[tuple[str, str], Tally]:
        """The counters of text and tokens, by corpus and language."""
        return {
            (part.corpus, part.language): self._tally(part)
            for part in self.parts.values()
            if part.system is None
        }

    def _tally(self, text: Part) -> Tally:
        of = {
            name: self.parts[text.corpus, text.language, name]
            for name in self.systems
            if (text.corpus, text.language, name) in self.parts
        }
        figures = {name: one.view(np.int64) for name, one in text.arrays.items() if name != "labels"}
        tokens = {name: dict(part.arrays) for name, part in of.items()}
        digests = {name: found.pop("id_digest", np.zeros(0, np.uint64)) for name, found in tokens.items()}
        return Tally(
            text=figures,
            labels=text.arrays["labels"],
            tokens=tokens,
            digests={name: digest.view(np.int64) for name, digest in digests.items()},
            ids={},
            row_ids={},
            letters=Histogram(),
            changed={},
            missing={name: part.facts["missing"] for name, part in of.items()},
            failed={name: part.facts["failed"] for name, part in of.items()},
            perturbed={},
        )


def class_of(languages: Sequence[str]) -> str:
    """What a gold class of several languages is called, of which a result may have more than one."""
    return f"class of {', '.join(sorted(languages))}"


def _of_what(record: Record) -> str | None:
    """The language of a record, or the class; None of all languages."""
    if record.language is None and record.languages and record.metric in OF_CLASS:
        return class_of(record.languages)
    return record.language


def read(path: str | Path) -> Side:
    """A result and, where they lie beside it, its rows.

    Raises:
        UserError: it can't be read, or two of its systems have one name.
    """
    side = Side(str(path), with_rows(load(path), path))
    names = [row["name"] for row in side.result.systems]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UserError(f"{path}: two systems are called {twice!r}: measure with NAME=SPEC")
    for problem in _misfits(side):
        raise UserError(f"{path}: {problem}: the result or the rows beside it were changed; measure again")
    return side


def _misfits(side: Side) -> Iterator[str]:
    """Where totals or the confusion are not the sums of the rows."""
    for (corpus, language, system), part in side.parts.items():
        if system is None or part.facts.get("failed"):
            continue
        totals = side.totals.get((corpus, language, system), {})
        for name, values in part.arrays.items():
            wanted = totals.get(name)
            found: int | str = int(values.sum())
            if name == "id_digest":
                found = f"{int(found) % 2**64:016x}"
            if name in totals and wanted is not None and wanted != found:
                yield f"{name} of {system} on {language} of {corpus} is {wanted}, its rows add up to {found}"
        if "predicted" in part.arrays and totals.get("predictions") != int(part.arrays["lines"].sum()):
            yield f"the predictions of {system} on {language} of {corpus} are not the sum of its rows"
