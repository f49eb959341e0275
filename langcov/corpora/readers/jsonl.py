"""JSON lines: a record is a document; LFs in its text, or the strings of a list, separate lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from langcov.corpora.readers.file import File
from langcov.corpora.readers.records import language_of, text_at
from langcov.corpora.readers.texts import Block, Record, Texts
from langcov.errors import UserError


def read_jsonl(file: File) -> Iterator[Texts]:
    """The lines of all records; blank rows are no records.

    Raises:
        UserError: a row that is no JSON object or has no such text; names file and line.
    """
    for block in file.blocks():
        yield file.pack(_records(block, file), block)


def _records(block: Block, file: File) -> Iterator[Record]:
    for number, row in enumerate(block.data.split(b"\n"), block.first):
        if number - block.first in block.lost:
            yield Record(b"", number, document=file.document(), left_out=True)
        elif row and not row.isspace():
            place = file.source.place(number)
            record = _object(row, place, file.options.text_field)
            if file.options.lang_field and not file.wants(language_of(record, file.options.lang_field)):
                continue
            text = text_at(record, file.options.text_field, place, file.options.text_field)
            if text is None:
                yield file.null(place, number)
            else:
                yield Record(text.encode("utf-8", "surrogatepass"), number, document=file.document())


def _object(row: bytes, place: str, field: str) -> dict[str, Any]:
    """A line of the file, parsed.

    Raises:
        UserError: it is no JSON object.
    """
    try:
        record = json.loads(row)
    except (ValueError, RecursionError) as problem:
        raise UserError(f"{place}: not JSON ({problem})") from None
    if not isinstance(record, dict):
        raise UserError(f"{place}: a record must be an object like {{{json.dumps(field)}: …}}")
    return record
