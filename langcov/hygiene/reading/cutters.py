"""What cuts the texts out of the lines of a file, one function a format."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import numpy as np

from langcov.corpora.base import Source
from langcov.corpora.readers.jsonl import record_text
from langcov.hygiene.reading.fields import Fields
from langcov.text.scan import find_lines, is_lead
from langcov.text.strings import LF, Bytes, Offsets, Strings, ranges

TAB = 0x09
_TEXT = re.compile(rb"^\#[ \t]*text[ \t]*=[ ]?([^\r\n]*)", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")


def cutter(source: Source, column: int, text_field: str) -> Callable[[Bytes, int], Fields] | None:
    """What cuts the texts out of lines, given in UTF-8 with an LF at the end, and the number of the first.

    None for a format that is not of lines.

    Args:
        source: the file.
        column: the TAB-separated column of a ``.tsv`` that holds the text, from 0.
        text_field: of JSON records.
    """
    cuts: dict[str, Callable[[Bytes, int], Fields]] = {
        "txt": _whole,
        "tsv": partial(_column, column),
        "conllu": _sentences,
        "jsonl": partial(_records, source.path, text_field),
    }
    return cuts.get(source.format)


def _whole(raw: Bytes, first: int) -> Fields:
    ends = np.flatnonzero(raw == LF)
    starts = np.append(0, ends[:-1] + 1)
    return Fields(raw, starts, first + np.arange(len(ends)), np.zeros(len(ends), np.int64))


def _column(column: int, raw: Bytes, first: int) -> Fields:
    """The text between the TABs of each line; a line with fewer columns has none."""
    lines, _ = find_lines(raw)
    tabs = np.flatnonzero(raw == TAB)
    before = np.searchsorted(tabs, lines.starts) + column - 1
    after = before + 1
    bounds = np.append(tabs, len(raw))
    starts = lines.starts if column == 0 else bounds[np.minimum(before, len(tabs))] + 1
    ends = np.minimum(bounds[np.minimum(after, len(tabs))], lines.ends)
    there = np.flatnonzero(starts <= lines.ends)
    return cut_out(raw, Strings(raw, starts[there], ends[there]), lines.starts[there], first + there)


def _sentences(raw: Bytes, first: int) -> Fields:
    """What stands after ``# text =``."""
    spans = np.array([match.span(1) for match in _TEXT.finditer(raw.tobytes())], np.int64).reshape(-1, 2)
    feeds = np.flatnonzero(raw == LF)
    line = np.searchsorted(feeds, spans[:, 0])
    line_starts = np.append(0, feeds + 1)[line]
    return cut_out(raw, Strings(raw, spans[:, 0], spans[:, 1]), line_starts, first + line)


def _records(path: str, field: str, raw: Bytes, first: int) -> Fields:
    """The text of each JSON record; where it holds LFs it is several, all of one line of the file."""
    texts: list[str] = []
    numbers: list[int] = []
    for number, row in enumerate(raw.tobytes().split(b"\n"), first):
        if row and not row.isspace():
            lines = text_of_record(row, f"{path}, line {number + 1}", field).split("\n")
            texts += lines
            numbers += [number] * len(lines)
    packed = Strings.of([f"{text}\n" for text in texts])
    return Fields(packed.data, packed.starts, np.array(numbers, np.int64), np.zeros(len(texts), np.int64))


def text_of_record(row: bytes, place: str, field: str) -> str:
    """As ``record_text``; of half a pair of surrogates, which JSON can escape, nothing is known: U+FFFD."""
    return _SURROGATE.sub("\ufffd", record_text(row, place, field))


def cut_out(
    raw: Bytes,
    texts: Strings,
    line_starts: Offsets | None,
    numbers: Offsets,
    times: Offsets | None = None,
) -> Fields:
    """Texts copied out of their buffer, in which a byte follows each of them.

    Args:
        raw: the buffer.
        texts: in it.
        line_starts: where the line of each begins; None where it begins with its text.
        numbers: of the lines.
        times: as in ``Fields``.
    """
    lengths = texts.lengths + 1
    if texts.are_lines():
        data = raw[texts.starts[0] : texts.ends[-1] + 1].copy()
    else:
        data = raw[ranges(texts.starts, lengths)]
    starts = np.cumsum(lengths) - lengths
    data[starts + texts.lengths] = LF
    prefixes = np.zeros(len(texts), np.int64)
    if line_starts is not None:
        leads = np.append(0, np.cumsum(is_lead(raw)))
        prefixes = leads[texts.starts] - leads[line_starts]
    return Fields(data, starts, numbers, prefixes, times)
