"""What a language uses of a vocabulary, and what the vocabulary has for its letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from langcov.counting.token_tally import CELLS, Tally
from langcov.metrics.intervals import resample
from langcov.metrics.tokenizers import entropy
from langcov.metrics.tokenizers.measured import Floats, Measured, unbounded, with_interval
from langcov.results.result import Record


def vocabulary(run: Measured, tally: Tally, blank: Record) -> Iterator[Record]:
    """How much of the vocabulary a language uses, and how evenly."""
    keys = ("vocabulary_use", "renyi_efficiency", "renyi_efficiency_observed")
    histogram = tally.ids[run.system]
    seen = np.ones(len(histogram.keys), bool) if run.returnable is None else run.returnable[histogram.keys]
    counts = histogram.counts[seen]
    if not len(counts):
        yield from (unbounded(blank, key, None, "no tokens") for key in keys)
        return
    size = None if run.returnable is None else int(run.returnable.sum())
    if size is None:
        for key in keys[:2]:
            yield unbounded(blank, key, None, "the size of the vocabulary is not known")
    else:
        use = unbounded(blank, keys[0], len(counts) / size)
        yield replace(use, reason="no interval: a resample can only lose types")
        yield _entropy(run, tally, blank, keys[1], seen, size)
    yield _entropy(run, tally, blank, keys[2], seen, None)


def _entropy(
    run: Measured, tally: Tally, blank: Record, key: str, seen: NDArray[np.bool_], size: int | None
) -> Record:
    """Rényi efficiency against ``size`` types, or against those observed where ``size`` is None."""
    counts = tally.ids[run.system].counts[seen]
    types = size or len(counts)
    if types < 2:
        return unbounded(blank, key, None, "fewer than two types")
    record = unbounded(blank, key, float(entropy.efficiency(counts, types)))
    by_row = tally.row_ids[run.system]
    if by_row is None:
        return replace(record, reason=f"no interval: rows × distinct ids above {CELLS}")

    def resampled() -> Floats:
        row, column, count = by_row
        dense = np.zeros((tally.n_rows, len(seen)), np.int64)
        dense[row, column] = count
        return entropy.efficiency(resample(dense[:, seen]), types)

    return with_interval(record, resampled)


def alphabet(run: Measured, language: str, blank: Record) -> Iterator[Record]:
    letters = run.letters[language]
    keys = ("alphabet_single", "alphabet_single_weighted")
    if isinstance(letters, str):
        yield from (unbounded(blank, key, None, letters) for key in keys)
        return
    share = unbounded(blank, keys[0], float(letters.single.mean()))
    yield replace(share, reason="no interval: a property of the vocabulary", n=len(letters.letters), rows=0)
    uses = int(letters.uses.sum())
    if not uses:
        yield unbounded(blank, keys[1], None, "no letter of the alphabet in the corpus")
        return
    weighted = unbounded(blank, keys[1], int(letters.uses[letters.single].sum()) / uses)
    yield replace(weighted, reason="no interval: letters are not counted by row")
