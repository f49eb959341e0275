"""The fixed copy of a file and the log of its fixes: both whole, or none of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from langcov.core.files import check_target, replacing
from langcov.core.names import cell_of
from langcov.corpora.readers.formats import DOCUMENTS, format_of
from langcov.corpora.readers.streams import bare, compressing
from langcov.errors import UserError
from langcov.hygiene.fixing.fix import Block, Encodings, Fixing

_JSON = json.JSONEncoder(ensure_ascii=False).encode
COLUMNS = ("place", "line", "column", "before", "after", "checks", "left")
"""Of a log that is a table."""


def copy_name(path: str) -> str:
    """What the copy of a file may be called in a folder of its own: a document is copied as plain text.

    >>> copy_name("corpus/tat_Cyrl.tsv.gz"), copy_name("corpus/tat_Cyrl.docx")
    ('tat_Cyrl.tsv.gz', 'tat_Cyrl.txt')
    """
    name = path.rpartition("/")[2]
    return f"{Path(bare(name)).stem}.txt" if format_of(path) in DOCUMENTS else name


def beside(path: str, what: str = "fixed") -> Path:
    """The name of the copy of a file: in its folder, with a word before the extension.

    >>> str(beside("corpus/tat_Cyrl.txt.gz")), str(beside("corpus/tat_Cyrl.docx"))
    ('corpus/tat_Cyrl.fixed.txt.gz', 'corpus/tat_Cyrl.fixed.txt')
    """
    name = copy_name(path)
    plain = Path(path).with_name(bare(name))
    return plain.with_name(f"{plain.stem}.{what}{plain.suffix}{name[len(bare(name)) :]}")


def log_beside(copy: Path, document: bool = False) -> Path:
    """The name of the log of a copy: ``tat_Cyrl.fixes.jsonl`` for ``tat_Cyrl.fixed.txt``.

    Args:
        document: it is the copy of a document, whose log is a table for the person who changes that.
    """
    stem = Path(bare(str(copy))).stem.removesuffix(".fixed")
    return copy.with_name(f"{stem}.fixes.{'tsv' if document else 'jsonl'}")


def check_copies(targets: dict[str, tuple[Path, Path]], force: bool) -> None:
    """See, before anything is read, that no copy or log takes the place of a file that is needed.

    Raises:
        UserError: a name is that of a file that is fixed, is used twice, or is there already.
    """
    written: set[Path] = set()
    for path in (path for both in targets.values() for path in both):
        check_target(path, targets)
        if path.resolve() in written:
            raise UserError(f"{path} would be written twice: give -o a folder of its own, or fix one by one")
        if path.exists() and not (force and path.is_file()):
            hint = ": remove it, or say --force" if path.is_file() else " and no plain file: name another"
            raise UserError(f"{path} is there already{hint}")
        written.add(path.resolve())


def write_copy(fixing: Fixing, copy: Path, log: Path) -> None:
    """Write the fixed file, and a record of each fix into the log.

    A record holds file, line, column, place of the first byte in the old and in the new file (decompressed),
    checks, before and after; of a document its place there; or, of a fix that was left, why.

    Args:
        copy: compressed where its name ends in ``.gz``, ``.bz2``, ``.zst`` or ``.xz``.
        log: of JSON lines; where its name ends in ``.tsv`` a table of ``COLUMNS``.
    """
    row = _row if log.suffix == ".tsv" else _JSON
    try:
        with ExitStack() as stack:
            records = stack.enter_context(replacing(log.resolve()))
            if row is _row:
                records.write(("\t".join(COLUMNS) + "\n").encode())
            raw = stack.enter_context(replacing(copy.resolve()))
            file = stack.enter_context(compressing(str(copy), raw))
            for data, found in _written(fixing):
                file.write(data)
                # A path that isn't UTF-8 holds lone surrogates, which JSON escapes in the same way.
                records.write("".join(f"{row(one)}\n" for one in found).encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UserError(f"{copy}: can't be written ({error.strerror or error}): name another file") from None


def _written(fixing: Fixing) -> Iterator[tuple[bytes, Iterable[dict[str, Any]]]]:
    """The new file in pieces, each with the records of its fixes."""
    path = fixing.path
    was, becomes = fixing.encoding
    old_at = new_at = 0
    for block in fixing.blocks():
        fixed = block.fixed
        lines = [fixed.get(index, line) for index, line in enumerate(block.lines)]
        old = _encoded(block.mark + block.end.join(block.lines), was)
        new = _encoded(block.mark + block.end.join(lines), becomes) if fixed or was != becomes else old
        yield new, _records(block, path, old_at, new_at, fixing.encoding) if fixed or block.left else ()
        old_at += len(old)
        new_at += len(new)


def _records(
    block: Block, path: str, old_at: int, new_at: int, encoding: Encodings
) -> Iterator[dict[str, Any]]:
    """What was done in a block, and what was not."""
    was, becomes = encoding
    old_at += len(_encoded(block.mark, was))
    new_at += len(_encoded(block.mark, becomes))
    for index, line in enumerate(block.lines):
        text, done = line.decode(), 0
        for change in block.changes.get(index, ()):
            kept = text[done : change.start]
            old_at += len(kept.encode(was))
            new_at += len(kept.encode(becomes))
            yield {
                "file": path,
                "line": block.first + index + 1,
                "column": change.start + 1,
                **_place(block, block.first + index),
                "byte": old_at,
                "new_byte": new_at,
                "checks": list(change.fix.checks),
                "before": change.fix.before,
                "after": change.fix.after,
            }
            old_at += len(text[change.start : change.end].encode(was))
            new_at += len(change.new.encode(becomes))
            done = change.end
        rest = f"{text[done:]}\n"
        old_at += len(rest.encode(was))
        new_at += len(rest.encode(becomes))
    for number, fix, why in block.left:
        where = {"file": path, "line": number + 1, **_place(block, number)}
        yield {**where, "left": why, "before": fix.before, "after": fix.after}


def _place(block: Block, number: int) -> dict[str, str]:
    return {"place": block.places[number]} if number in block.places else {}


def _row(record: Mapping[str, Any]) -> str:
    cells = {**record, "checks": ", ".join(record.get("checks", ()))}
    return "\t".join(cell_of(" ".join(str(cells.get(name, "")).split())) for name in COLUMNS)


def _encoded(data: bytes, encoding: str) -> bytes:
    return data if encoding == "utf-8" else data.decode().encode(encoding)
