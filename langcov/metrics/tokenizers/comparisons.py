"""Tokenizers against one another on the same text: which needs the fewest tokens, where that is certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import numpy as np

from langcov.core.arrays import Ints
from langcov.errors import CannotMeasure
from langcov.metrics.paired import against_lowest
from langcov.metrics.tokenizers.measured import Measured
from langcov.metrics.tokenizers.ratios import LOSSY, WORDS
from langcov.results.result import Rows


def comparisons(runs: Sequence[Measured]) -> Rows:
    """The lowest fertility and premiums of each language against all others, as rows of the result.

    A tokenizer that failed on a language, or loses text of it, is not compared on it.

    Args:
        runs: of one corpus, of the tokenizers that somebody could choose.
    """
    return [
        {
            **{"corpus": runs[0].corpus, "language": language, "metric": metric, "reference": reference},
            **one._asdict(),
        }
        for language in (runs[0].tallies if len(runs) > 1 else ())
        for metric, reference, ratios in _tested(runs, language)
        for one in against_lowest(ratios)
    ]


def _tested(runs: Sequence[Measured], language: str) -> Iterator[tuple[str, str | None, Mapping[str, Ints]]]:
    """Metric, reference, and by system what is divided by what in each row, int64 [rows, 2]."""
    fit, first = [run for run in runs if _keeps(run, language)], runs[0]
    words = first.tallies[language].text[WORDS[first.words]]
    yield "fertility", None, {run.system: np.stack([_tokens(run, language), words], 1) for run in fit}
    for reference in first.references if first.aligned else ():
        shared = first.pairs.get((language, reference))
        if reference != language and shared is not None:
            mine, theirs = shared.places
            yield (
                "premium",
                reference,
                {
                    run.system: np.stack([_tokens(run, language)[mine], _tokens(run, reference)[theirs]], 1)
                    for run in fit
                    if _keeps(run, reference)
                },
            )


def _tokens(run: Measured, language: str) -> Ints:
    return run.counts[language].rows("tokens")


def _keeps(run: Measured, language: str) -> bool:
    """Whether few tokens of a language can be a merit: there are some, and they hold its text."""
    counts, lost = run.counts[language], 0
    with suppress(CannotMeasure):
        lost = counts.total("lost_characters")
    return not counts.failed and lost <= LOSSY * counts.total("nonspace_chars")
