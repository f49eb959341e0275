"""How each format is fixed: what the fixes of a text change in the lines of its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from langcov.corpora.base import ReadOptions
from langcov.corpora.readers.formats import DOCUMENTS
from langcov.hygiene.fixing.cells import in_cell
from langcov.hygiene.fixing.changes import Changes, Fix, in_line
from langcov.hygiene.fixing.conllu import in_sentence
from langcov.hygiene.fixing.jsonl import in_record

Placing = Callable[[Sequence[bytes], int, int, Sequence[Fix]], Changes]
"""What fixes of a text change: (lines, index of its line, code points before it, fixes) or ``Unplaced``."""

PLACINGS: dict[str, Callable[[ReadOptions], Placing]] = {
    "txt": lambda options: in_line,
    "tsv": lambda options: (
        in_line if options.delimiter in (None, "\t") else partial(in_cell, options.delimiter)
    ),
    "csv": lambda options: partial(in_cell, options.delimiter),
    "jsonl": lambda options: partial(in_record, options.text_field),
    "conllu": lambda options: in_sentence,
    **{name: lambda options: in_line for name in DOCUMENTS},
}
"""The formats that can be fixed; of documents the plain text is."""
