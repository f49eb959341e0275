"""Parquet: a record is a document; LFs in its text, or the strings of a list, separate lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from langcov.corpora.base import Source
from langcov.corpora.readers.file import File
from langcov.corpora.readers.parts import Cuts, number_of_parts
from langcov.corpora.readers.records import language_of, step, text_at
from langcov.corpora.readers.streams import beginning, decompressed_file, open_binary, reading
from langcov.corpora.readers.texts import Record, Texts
from langcov.errors import MissingLibrary, UserError

_BATCH = 256
MAGIC = b"PAR1"


def read_parquet(file: File) -> Iterator[Texts]:
    """The lines of all records.

    Raises:
        MissingLibrary: pyarrow is not installed.
        UserError: no Parquet file, no such column of text, or a record without text.
    """
    return file.texts(_records(file), "record")


def _records(file: File) -> Iterator[Record]:
    path, asked = file.options.text_field, file.options.lang_field
    for value, named in _values(file):
        number, file.line = file.line, file.line + 1
        if asked and not file.wants(language_of(named, asked)):
            continue
        place, text = file.source.place(number), value
        if isinstance(value, dict):
            found = text_at(value, path, place, path)
            text = None if found is None else found.encode("utf-8", "surrogatepass")
        if text is None:
            yield file.null(place, number)
        else:
            yield Record(text, number, document=file.document())


def _values(file: File) -> Iterator[tuple[Any, Any]]:
    """Of each record its text in bytes, or the column that the path begins with; and that of its language."""
    path, asked = file.path, file.options.lang_field
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingLibrary("pyarrow", "parquet", f"reading {path}") from None
    if beginning(file.source.path, len(MAGIC)) != MAGIC:  # before it is decompressed
        raise UserError(f"{path} is no whole Parquet file: it does not begin as one")
    with reading(path), decompressed_file(path) as stream:
        try:
            table = pq.ParquetFile(stream)
            text = _column(table.schema_arrow, path, file.options.text_field, "--text-field")
            plain = _is_plain(table.schema_arrow, path, file.options.text_field)
            named = _column(table.schema_arrow, path, asked, "--lang-field") if asked else text
            groups = range(file.part.start, table.num_row_groups if file.part.end is None else file.part.end)
            for batch in table.iter_batches(_BATCH, row_groups=groups, columns=list({text, named})):
                texts = batch.select([text]).to_pylist()
                if plain:
                    texts = batch.column(text).cast(pa.large_string()).cast(pa.large_binary()).to_pylist()
                yield from zip(texts, batch.select([named]).to_pylist() if asked else texts)
        except pa.ArrowException as problem:
            reason = " ".join(str(problem).split())
            raise UserError(f"{path} is no whole Parquet file: {reason[:120]}") from None


def between_row_groups(source: Source, size: int) -> Cuts:
    """Where a Parquet file can be cut: between row groups, by the size of their text before it is compressed.

    What is no such file is one part: its reader says so.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return []
    with reading(source.path), open_binary(source.path) as stream:
        try:
            footer = pq.ParquetFile(stream).metadata
        except pa.ArrowException:
            return []
        sizes = [footer.row_group(group).total_byte_size for group in range(footer.num_row_groups)]
    parts, whole = number_of_parts(sum(sizes), size), max(1, sum(sizes))
    reach = [before * parts // whole for before in accumulate(sizes, initial=0)]
    return [0, *(group for group in range(1, len(sizes)) if reach[group] > reach[group - 1]), len(sizes)]


def _column(schema: Any, path: str, field: str, option: str) -> str:
    """The column that a path begins with."""
    name = step(schema.names, field)[0]
    if name not in schema.names:
        known = ", ".join(map(repr, schema.names))
        raise UserError(f"{path}: no column {name!r} (there: {known}); name the right one with {option}")
    if schema.names.count(name) > 1:
        raise UserError(
            f"{path}: several columns are called {name!r}: rename them, or name another with {option}"
        )
    return name


def _is_plain(schema: Any, path: str, field: str) -> bool:
    """Whether a column holds the text itself, not lists or what a path goes on in.

    Raises:
        UserError: it can hold no text.
    """
    import pyarrow as pa

    name, within = step(schema.names, field)
    kind = schema.field(name).type
    if pa.types.is_nested(kind):
        return False
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    if within or not text:
        raise UserError(f"{path}: column {name!r} holds {kind}, not text; name another with --text-field")
    return True
