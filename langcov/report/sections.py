"""The sections of a result, one a corpus, for every format the same."""

from __future__ import annotations

from langcov.report.blocks import Section
from langcov.report.notes import of_systems
from langcov.results.result import Result


def section_of(result: Result, corpus: str) -> Section:
    """One corpus of a result."""
    # Not above: a check, which has no result, starts in two thirds of the time.
    from langcov.report.lid import view as lid
    from langcov.report.tokenizers import view as tokenizers

    view = lid if result.kind == "lid" else tokenizers
    return view.section(result, corpus)


def sections(result: Result) -> list[Section]:
    """One section a corpus, in the order of the result."""
    found = [section_of(result, corpus["name"]) for corpus in result.corpora]
    if not found:
        return [Section("nothing was measured", [], notes=of_systems(result))]
    found[-1].notes.extend(of_systems(result))
    return found
