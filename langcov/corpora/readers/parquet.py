"""Parquet: a record is a document; LFs in its text separate lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from langcov.corpora.readers.file import File
from langcov.corpora.readers.streams import decompressed_file, reading
from langcov.corpora.readers.texts import Record, Texts
from langcov.errors import MissingLibrary, UserError

_BATCH = 256


def read_parquet(file: File) -> Iterator[Texts]:
    """The lines of all records.

    Raises:
        MissingLibrary: pyarrow is not installed.
        UserError: no Parquet file, no such column of text, or a record without text.
    """
    return file.texts(_records(file.source.path, file.options.text_field), "record")


def _records(path: str, field: str) -> Iterator[Record]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingLibrary("pyarrow", "parquet", f"reading {path}") from None
    ordinal = 0
    with reading(path), decompressed_file(path) as stream:
        try:
            table = pq.ParquetFile(stream)
            _check_column(table.schema_arrow, path, field)
            for batch in table.iter_batches(_BATCH, columns=[field]):
                for text in batch.column(0).cast(pa.large_string()).cast(pa.large_binary()).to_pylist():
                    if text is None:
                        raise UserError(f"{path}, record {ordinal + 1}: column {field!r} is empty (null)")
                    yield Record(text, ordinal, document=ordinal)
                    ordinal += 1
        except pa.ArrowException as problem:
            reason = " ".join(str(problem).split())
            raise UserError(f"{path} is no whole Parquet file: {reason[:120]}") from None


def _check_column(schema: Any, path: str, field: str) -> None:
    import pyarrow as pa

    if field not in schema.names:
        known = ", ".join(map(repr, schema.names))
        raise UserError(f"{path}: no column {field!r} (there: {known}); name the right one with --text-field")
    kind = schema.field(field).type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
        raise UserError(f"{path}: column {field!r} holds {kind}, not text; name another with --text-field")
