"""JSON lines: a record is a document; LFs in its text separate lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Block, Record, Texts
from langcov.errors import UserError


def read_jsonl(file: File) -> Iterator[Texts]:
    """The lines of all records; blank rows are no records.

    Raises:
        UserError: a row that is no JSON object or has no such text; names file and line.
    """
    ordinals = count()
    for block in file.blocks():
        yield file.pack(_records(block, file, ordinals), block)


def _records(block: Block, file: File, ordinals: Iterator[int]) -> Iterator[Record]:
    for number, row in enumerate(block.data.split(b"\n"), block.first):
        lost = number - block.first in block.lost
        if lost or (row and not row.isspace()):
            place = f"{file.path}, line {number + 1}"
            text = "" if lost else _text_of(row, place, file.options.text_field)
            data = text.encode("utf-8", "surrogatepass")
            yield Record(data, number, document=next(ordinals), left_out=lost)


def _text_of(row: bytes, place: str, field: str) -> str:
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
