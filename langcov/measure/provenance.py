"""What results of every kind share: finished corpora, systems, the signature, where they were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from types import MappingProxyType
from typing import Any

import langcov
from langcov.core.installed import environment
from langcov.corpora import content_hash
from langcov.corpora.base import Corpus
from langcov.counting.jobs import Counted, Place
from langcov.counting.tally import FileTally, final_shift
from langcov.errors import UserError
from langcov.measure.plan import MeasureSettings
from langcov.results.result import Record, Result, Rows
from langcov.results.rows import Part
from langcov.results.signature import Facts
from langcov.results.signature import build as build_signature

UNSAID = "its word table doesn't say; make it anew with condense"
"""Why it is not known how many runs of white space a corpus has otherwise than its text."""


@dataclass(frozen=True)
class Finished:
    """The languages of a corpus of which all files are counted, and these."""

    corpus: Corpus
    parts: Mapping[str, Sequence[Counted]]

    def arranged(self) -> dict[str, tuple[list[FileTally[Any]], int]]:
        """The tallies of each language and the shift of its rows: of an aligned corpus the same in all."""
        files = {language: [part.tally for part in of_one] for language, of_one in self.parts.items()}
        shifts = {language: final_shift(tallies) for language, tallies in files.items()}
        if self.corpus.alignment != "none":
            shifts = dict.fromkeys(shifts, max(shifts.values()))
        return {language: (tallies, shifts[language]) for language, tallies in files.items()}

    def described(self, rows: int) -> dict[str, Any]:
        """The corpus as a result lists it; ``rows`` is the most that a language has."""
        corpus = self.corpus
        provenance = [part.provenance for counted in self.parts.values() for part in counted]
        unsaid = any(p.unsaid for p in provenance)
        hashes = [(one, part.provenance.sha256) for one, counted in self.parts.items() for part in counted]
        return {
            "name": corpus.name,
            "sha256": content_hash(hashes),
            "kind": corpus.kind,
            "alignment": corpus.alignment,
            "rows": "lines" if corpus.documents == "none" else "document",
            "row_count": rows,
            "licence": corpus.licence,
            "source": corpus.source,
            "languages": sorted(self.parts),
            "carriage_returns": sum(p.carriage_returns for p in provenance),
            "byte_order_marks": sum(p.byte_order_marks for p in provenance),
            "skipped_lines": sum(p.skipped for p in provenance),
            "replaced_lines": sum(p.replaced for p in provenance),
            "changed_runs": None if unsaid else sum(p.changed_runs for p in provenance),
            "changed_runs_reason": UNSAID if unsaid else None,
            "joined_lines": sum(p.joined for p in provenance),
        }


def finished(corpora: Iterable[Corpus], counted: Mapping[Place, Counted]) -> Iterator[Finished]:
    """The corpora of which a language is finished."""
    for corpus in corpora:
        places = {
            one: [(corpus.name, source) for source in corpus.sources if source.language == one]
            for one in corpus.languages
        }
        parts = {
            one: [counted[place] for place in of_one]
            for one, of_one in places.items()
            if all(place in counted for place in of_one)
        }
        if parts:
            yield Finished(corpus, parts)


@dataclass
class Found:
    """What all systems came to on one corpus, as a result has it."""

    corpus: dict[str, Any]
    totals: Rows = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    details: dict[str, Rows] = field(default_factory=lambda: defaultdict(list))
    rows: list[Part] = field(default_factory=list)  # the counters by row that all rests on


def check_distinct(names: Sequence[str], what: str) -> None:
    """See that no two systems have one name."""
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UserError(f"two {what}s are called {twice!r}: name them, NAME=SPEC or {{name: {what}}}")


def reading_facts(settings: MeasureSettings, found: Iterable[Found], interval: str) -> Facts:
    """What every signature says of rows, intervals and unusual ways to read; empty where there is nothing."""
    options = settings.options
    return {
        "rows": of_each(f"{one.corpus['rows']}.{one.corpus['row_count']}" for one in found),
        "ci": interval,
        "trained-on": [
            f"{name}.{corpus}"
            for name, corpora in sorted(settings.trained_on.items())
            for corpus in sorted(corpora)
        ],
        "lines": f"first{options.max_lines}" if options.max_lines else "",
        "encoding-errors": options.encoding_errors.removeprefix("strict"),
        "null": options.null.removeprefix("error"),
        "tier": ",".join(options.tiers),
        "sheet": "" if options.sheet is None else str(options.sheet),
        "text-column": "" if options.text_column is None else str(options.text_column),
        "delimiter": options.delimiter or "",
    }


def of_each(values: Iterable[str]) -> list[str]:
    """For the signature: what holds of each corpus, once where it is the same of all.

    >>> of_each(["lines.3", "lines.3"]), of_each(["lines.3", "document.2", "lines.3"])
    (['lines.3'], ['lines.3', 'document.2', 'lines.3'])
    """
    values = list(values)
    return values[:1] if len(set(values)) == 1 else values


def number_fact(value: float | None) -> str:
    """For the signature: a number in full, as no other is written; empty for none.

    >>> number_fact(2), number_fact(0.1), number_fact(None)
    ('2', '0.1', '')
    """
    return "" if value is None else repr(float(value)).removesuffix(".0")


def card_facts(corpora: Sequence[Corpus]) -> Facts:
    """What the long signature says of the cards of corpora: which keys take part, and other spellings."""
    return {
        "keys": of_each(corpus.keys or "" for corpus in corpora) if any(one.keys for one in corpora) else [],
        "orthography": [
            f"{corpus.name}.{language}.{orthography}"
            for corpus in corpora
            for language, orthography in sorted(corpus.orthography.items())
            if orthography
        ],
    }


@dataclass(frozen=True)
class Layout:
    """What results of one kind hold."""

    kind: str
    label: str  # what the signature calls a system
    columns: tuple[str, ...]  # of the table of systems, beside ``name``, ``spec`` and ``skipped``
    details: tuple[str, ...]  # names of its further tables
    libraries: tuple[str, ...]  # whose versions it tells

    def result(
        self,
        found: Sequence[Found],
        systems: Sequence[Mapping[str, Any]],
        failed: Mapping[str, str] | None,
        facts: Facts,
        cards: Facts,
        interrupted: bool,
        more: Mapping[str, Rows] = MappingProxyType({}),
    ) -> Result:
        """Put a result together.

        Args:
            systems: a row each of those that were measured; what they lack is null.
            failed: those that could not be loaded, with the reason.
            facts: for the signature, in this order; empty ones are left out.
            cards: what the long signature says of the cards of the corpora (``card_facts``).
            interrupted: whether it is only a part.
            more: tables that only some runs have.

        Raises:
            KeyboardInterrupt: it is only a part; the result is the argument.
        """
        blank = dict.fromkeys(("name", "spec", *self.columns, "skipped"))
        skipped = [{"name": spec, "spec": spec, "skipped": why} for spec, why in (failed or {}).items()]
        said = {**facts, "partial": "interrupted" * interrupted, "version": langcov.__version__}
        result = Result(
            kind=self.kind,
            signature=build_signature(
                [(one.corpus["name"], one.corpus["sha256"]) for one in found],
                [(system["name"], system["sha256"]) for system in systems],
                said,
                cards,
                label=self.label,
            ),
            created=datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            environment=environment(self.libraries),
            corpora=[one.corpus for one in found],
            systems=[{**blank, **row} for row in (*systems, *skipped)],
            totals=[row for one in found for row in one.totals],
            records=[record for one in found for record in one.records],
            details={
                **{name: [row for one in found for row in one.details[name]] for name in self.details},
                **more,
            },
            rows=[part for one in found for part in one.rows],
        )
        if interrupted:
            raise KeyboardInterrupt(result)
        return result
