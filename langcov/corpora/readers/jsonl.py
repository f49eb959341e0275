"""JSON lines: a record is a document; LFs in its text separate lines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions, Source
from langcov.corpora.readers.cutter import Cutter, Record, pack, record_label
from langcov.corpora.readers.decode import mend, text_blocks, without_mark
from langcov.corpora.readers.streams import blocks
from langcov.errors import UserError


def read_jsonl(
    source: Source, corpus: Corpus, options: ReadOptions, provenance: Provenance
) -> Iterator[Lines]:
    """Chunks of the lines of all records; blank rows are no records.

    Raises:
        UserError: a row that is no JSON object or has no such text; names file and line.
    """
    cutter = Cutter(source, corpus, options, provenance)
    records = _records(source.path, options, provenance, cutter.salt)
    return pack(records, cutter, "line", corpus.documents == "record")


def _records(path: str, options: ReadOptions, provenance: Provenance, salt: int) -> Iterator[Record]:
    first = ordinal = 0
    for block in text_blocks(blocks(path, options.chunk_bytes), options, path):
        if first == 0:
            block = without_mark(block, provenance)
        block, skipped = mend(block, first, path, options, provenance)
        for number, row in enumerate(block.split(b"\n")):
            if number in skipped:
                # An empty line keeps the numbers of the lines after it.
                text = ""
            elif row and not row.isspace():
                text = record_text(row, f"{path}, line {first + number + 1}", options.text_field)
            else:
                continue
            place = first + number
            yield Record(text.encode("utf-8", "surrogatepass"), ordinal, record_label(ordinal + salt), place)
            ordinal += 1
        first += block.count(b"\n")


def record_text(row: bytes, place: str, field: str) -> str:
    """The text of a record.

    Args:
        row: a line of the file.
        place: where it stands, for an error.
        field: that holds the text.

    Raises:
        UserError: it is no JSON object, or has no such text.
    """
    try:
        record = json.loads(row)
    except (ValueError, RecursionError) as problem:
        raise UserError(f"{place}: not JSON ({problem})") from None
    if not isinstance(record, dict):
        raise UserError(f"{place}: a record must be an object like {{{json.dumps(field)}: …}}")
    if field not in record:
        known = ", ".join(map(repr, record)) or "none"
        raise UserError(f"{place}: no field {field!r} (there: {known}); name the right one with --text-field")
    text = record[field]
    if not isinstance(text, str):
        raise UserError(f"{place}: field {field!r} holds no text but {json.dumps(text)[:40]}")
    return text
