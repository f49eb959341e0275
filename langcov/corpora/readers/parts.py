"""Large files cut into parts that are read alone, each with the numbers at which it begins."""

from __future__ import annotations

from collections.abc import Callable
from io import SEEK_END
from typing import BinaryIO, NamedTuple

from langcov.corpora.base import ReadOptions, Source
from langcov.corpora.readers.decode import HEAD, ends_with_cr
from langcov.corpora.readers.streams import COMPRESSED, is_pipe, open_binary, reading

Cuts = list[int]
"""Where parts of a file begin, in bytes or in row groups, and its end."""
Cut = Callable[[Source, int], Cuts]
"""Says where a file may be cut into parts of about so many bytes."""


_LOOKED_AT = 1 << 16
MANY, SMALL = 8, 2 << 20  # parts that a file has, so that all workers end together, and what they need not be


class Part(NamedTuple):
    """A range of a file that can be read alone.

    Attributes:
        start, end: bytes [start, end), or row groups; None for the last.
        line: number of its first line of the file, or record.
        text, document: numbers of its first text and of its first document.
        check: the CRC-32 of its text, to know when it is read whether it is still the same.
    """

    start: int = 0
    end: int | None = None
    line: int = 0
    text: int = 0
    document: int = 0
    check: int = 0


WHOLE = Part()


def can_cut(source: Source, options: ReadOptions) -> bool:
    """Whether parts of a file could be read alone: uncompressed UTF-8 that is read strictly to its end."""
    return (
        not source.path.endswith(COMPRESSED)
        and not is_pipe(source.path)
        and options.encoding.lower() in ("utf-8", "utf8")
        and options.encoding_errors == "strict"
        and options.max_lines is None
    )


def at_line_ends(source: Source, size: int) -> Cuts:
    """Where a file of lines can be cut: at no place if its lines end with CR, or nothing can seek.

    Raises:
        UserError: the file can't be read.
    """
    with reading(source.path), open_binary(source.path) as file:
        try:
            whole = file.seek(0, SEEK_END)
            file.seek(0)
        except ValueError:  # a server that knows no ranges
            return [0, 0]
        if ends_with_cr(file.read(HEAD)):
            return [0, whole]
        parts = number_of_parts(whole, size)
        return sorted({0, whole, *(_line_end(file, whole * k // parts) for k in range(1, parts))})


def number_of_parts(whole: int, size: int) -> int:
    """How many parts of at most about so many bytes a file is cut into, whoever works on them.

    >>> [number_of_parts(megabytes << 20, 32 << 20) for megabytes in (1, 5, 100, 1000)]
    [1, 2, 8, 32]
    """
    return max(1 + whole // size, min(MANY, whole // SMALL))


def _line_end(file: BinaryIO, at: int) -> int:
    """One past the first LF from ``at`` on, or the file's end."""
    file.seek(at)
    while block := file.read(_LOOKED_AT):
        if found := block.find(b"\n") + 1:
            return at + found
        at += len(block)
    return at
