"""The languages that two results have the same rows of: figures are paired on these."""

from __future__ import annotations

from collections import Counter

import numpy as np

from langcov.counting.lid_tally import Cells, LanguageTally
from langcov.gate.side import Side


def shared(base: Side, new: Side, corpus: str) -> list[str]:
    """The languages of a corpus that have the same text, cut into the same rows, in both results."""
    return [language for language in base.languages(corpus) if _same(base, new, corpus, language)]


def _same(base: Side, new: Side, corpus: str, language: str) -> bool:
    one, other = (side.parts.get((corpus, language, None)) for side in (base, new))
    if one is None or other is None or one.facts != other.facts:
        return False
    return np.array_equal(one.arrays["labels"], other.arrays["labels"])


def lid_tally(side: Side, corpus: str, language: str, system: str) -> LanguageTally:
    """What a model made of a language; classes stand for labels, lengths and scores are not known."""
    arrays = side.parts[corpus, language, system].arrays
    none = np.zeros_like(arrays["lines"])
    cells = Cells(arrays["row"], none, arrays["predicted"], none - 1, arrays["lines"])
    n_rows = len(side.parts[corpus, language, None].arrays["labels"])
    return LanguageTally(n_rows, cells, {}, 0, Counter(), {}, None)
