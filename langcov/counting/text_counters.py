"""Counters of the text that no tokenizer has a part in."""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Ints
from langcov.corpora.base import Lines
from langcov.counting.counter import TextCounter
from langcov.text.count import code_points, graphemes, nonspace_code_points, whitespace_words


def _digest(lines: Lines) -> Ints:
    """What aligns each line that is not empty; added up it wraps modulo 2**64."""
    return np.where(lines.text.lengths > 0, lines.digests.view(np.int64), 0)


COUNTERS = (
    TextCounter("lines", "lines", lambda lines: lines.text.lengths > 0, lambda table: table.lines),
    TextCounter("empty_lines", "lines", lambda lines: lines.text.lengths == 0, lambda table: 0 * table.lines),
    TextCounter("words", "words", lambda batch: whitespace_words(batch.decoded)),
    TextCounter("uax29_words", "words", lambda batch: np.bincount(batch.words.owner, minlength=len(batch))),
    TextCounter("chars", "words", lambda batch: code_points(batch.decoded)),
    TextCounter("nonspace_chars", "words", lambda batch: nonspace_code_points(batch.decoded)),
    TextCounter("graphemes", "words", lambda batch: graphemes(batch.decoded)),
    TextCounter("bytes", "words", lambda batch: batch.strings.lengths),
    TextCounter("digest", "lines", _digest, lambda table: table.digests.view(np.int64), figure=False),
)
