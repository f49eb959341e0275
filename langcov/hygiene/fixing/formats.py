"""How each format is mended: where its texts are, and what a mend of a text changes in its lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from langcov.corpora.base import Source
from langcov.hygiene.fixing.changes import Changes, Mend, in_line
from langcov.hygiene.fixing.conllu import in_sentence
from langcov.hygiene.fixing.jsonl import in_record, texts
from langcov.hygiene.reading.cutters import cutter
from langcov.hygiene.reading.fields import Fields
from langcov.hygiene.reading.texts import Reading
from langcov.text.strings import Bytes

FORMATS = ("txt", "tsv", "jsonl", "conllu")


class Format(NamedTuple):
    """What is particular to a format.

    Attributes:
        cut: the texts of some lines, given as bytes that end with an LF, and the number of the first.
        place: what mends of one text change: (lines, index of its line, code points before it, mends); raises
            ``Unplaced``.
    """

    cut: Callable[[Bytes, int], Fields]
    place: Callable[[Sequence[bytes], int, int, Sequence[Mend]], Changes]


def format_of(source: Source, reading: Reading) -> Format:
    """How a file in one of ``FORMATS`` is mended."""
    if source.format == "jsonl":
        field = reading.options.text_field
        return Format(partial(texts, source.path, field), partial(in_record, field))
    cut = cutter(source, reading.column, reading.options.text_field)
    assert cut is not None
    return Format(cut, in_sentence if source.format == "conllu" else in_line)
