"""What results of every kind say of their corpora and of where they were made."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import langcov
from langcov.corpora import content_hash
from langcov.corpora.base import Corpus, ReadOptions
from langcov.counting.jobs import Counted, Place
from langcov.counting.tally import FileTally, final_shift

Parts = Mapping[str, Sequence[Counted]]


def finished(corpus: Corpus, counted: Mapping[Place, Counted]) -> dict[str, list[Counted]]:
    """The languages of a corpus of which all files are counted, and these."""
    places = {
        one: [(corpus.name, source) for source in corpus.sources if source.language == one]
        for one in corpus.languages
    }
    return {
        one: [counted[place] for place in of_one]
        for one, of_one in places.items()
        if all(place in counted for place in of_one)
    }


def arranged(corpus: Corpus, parts: Parts) -> dict[str, tuple[list[FileTally[Any]], int]]:
    """The tallies of each language and the shift of its rows: of an aligned corpus the same in all."""
    files = {language: [part.tally for part in of_one] for language, of_one in parts.items()}
    shifts = {language: final_shift(tallies) for language, tallies in files.items()}
    if corpus.alignment != "none":
        shifts = dict.fromkeys(shifts, max(shifts.values()))
    return {language: (tallies, shifts[language]) for language, tallies in files.items()}


def describe(corpus: Corpus, parts: Parts, rows: int) -> dict[str, Any]:
    """A corpus as a result lists it.

    Args:
        corpus: as it was read.
        parts: its languages that were counted.
        rows: the most that a language has.
    """
    provenance = [part.provenance for counted in parts.values() for part in counted]
    hashes = [(language, part.provenance.sha256) for language, counted in parts.items() for part in counted]
    return {
        "name": corpus.name,
        "sha256": content_hash(hashes),
        "kind": corpus.kind,
        "alignment": corpus.alignment,
        "rows": "lines" if corpus.documents == "none" else "document",
        "row_count": rows,
        "licence": corpus.licence,
        "source": corpus.source,
        "languages": sorted(parts),
        "carriage_returns": sum(p.carriage_returns for p in provenance),
        "byte_order_marks": sum(p.byte_order_marks for p in provenance),
        "skipped_lines": sum(p.skipped for p in provenance),
        "replaced_lines": sum(p.replaced for p in provenance),
    }


def of_each(values: Iterable[str]) -> list[str]:
    """For the signature: what holds of each corpus, once where it is the same of all.

    >>> of_each(["lines.3", "lines.3"]), of_each(["lines.3", "document.2", "lines.3"])
    (['lines.3'], ['lines.3', 'document.2', 'lines.3'])
    """
    values = list(values)
    return values[:1] if len(set(values)) == 1 else values


def rows_fact(described: Sequence[Mapping[str, Any]]) -> list[str]:
    """The rows of some corpora, for the signature."""
    return of_each(f"{corpus['rows']}.{corpus['row_count']}" for corpus in described)


def reading_facts(options: ReadOptions) -> dict[str, str]:
    """What the signature says of unusual ways to read."""
    return {
        "lines": f"first{options.max_lines}" if options.max_lines else "",
        "encoding-errors": options.encoding_errors.removeprefix("strict"),
    }


def card_facts(corpora: Sequence[Corpus]) -> dict[str, list[str]]:
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


def now() -> str:
    """The time that a result carries."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def environment(libraries: Sequence[str]) -> dict[str, str]:
    """Versions of langcov, Python and these libraries, where they are installed."""
    found = {"langcov": langcov.__version__, "python": platform.python_version()}
    for library in libraries:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found
