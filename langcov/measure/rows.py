"""What is kept of each row, to be written beside a result (``langcov.results.rows``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from langcov.counting.lid_tally import Cells
from langcov.counting.tally import Arranged
from langcov.counting.token_tally import Tally
from langcov.measure.provenance import Finished
from langcov.metrics.lid.measured import LidMeasured
from langcov.results.rows import Part
from langcov.tokenizers import System


def token_rows(done: Finished, tallies: Mapping[str, Tally], systems: Sequence[System]) -> Iterator[Part]:
    """The counters of the text and of each tokenizer's tokens, and the digests of its ids."""
    for language, tally in tallies.items():
        yield text_rows(done, language, tally)
        for system in systems:
            name = system.name
            arrays = {**tally.tokens[name], "id_digest": tally.digests[name].view(np.uint64)}
            facts = {"failed": tally.failed[name], "missing": dict(tally.missing[name])}
            yield Part(done.corpus.name, language, name, arrays, facts)


def text_rows(done: Finished, language: str, text: Tally | Arranged) -> Part:
    """The counters of the text; line ``label << shift`` is the first of a row, where rows are of lines."""
    arrays = {name: rows.view(np.uint64) if name == "digest" else rows for name, rows in text.text.items()}
    files, shift = done.arranged()[language]
    facts = {"shift": shift, "sha256": sorted(file.sha256 for file in files)}
    return Part(done.corpus.name, language, None, {"labels": text.labels, **arrays}, facts)


def lid_rows(run: LidMeasured) -> Iterator[Part]:
    """The lines of each row by what a model took them for."""
    for gold, languages in run.gold.items():
        for language in languages:
            cells: Cells = run.tallies[language].answers
            column = run.column(cells)
            place, which = np.unique(cells.row * len(run.names) + column, return_inverse=True)
            lines = np.zeros(len(place), np.int64)
            np.add.at(lines, which, cells.lines)
            row, predicted = np.divmod(place, len(run.names))
            arrays = {"row": row, "predicted": predicted, "lines": lines}
            facts = {"gold": gold, "names": run.names, "failed": run.failed}
            yield Part(run.corpus, language, run.judge.system.name, arrays, facts)
