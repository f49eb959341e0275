"""Plain text: a line is a unit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from io import SEEK_END
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from langcov.corpora.base import ReadOptions, Source
from langcov.corpora.readers.decode import BYTE_ORDER_MARK, HEAD, ends_with_cr
from langcov.corpora.readers.file import File
from langcov.corpora.readers.streams import COMPRESSED, blocks, is_url, reading
from langcov.corpora.readers.texts import Texts
from langcov.text.scan import find_lines
from langcov.text.strings import LF

_STEP = 1 << 24


class Part(NamedTuple):
    """A byte range of a plain file that begins and ends with whole lines.

    Attributes:
        start, end: bytes [start, end).
        line: number of its first line.
        sha256: of its text, to know when it is read whether it is still the same.
    """

    start: int
    end: int
    line: int
    sha256: str


def read_txt(file: File) -> Iterator[Texts]:
    """The lines of a text file, or of a part that ``split`` gave."""
    for block in file.lines():
        text, returns = find_lines(block.bytes)
        left_out = None
        if block.lost:
            left_out = np.zeros(len(text), bool)
            left_out[list(block.lost)] = True
        yield Texts(text, block.first + np.arange(len(text)), returns, left_out=left_out, block=block)


def can_split(source: Source, options: ReadOptions) -> bool:
    """Whether parts of the file can be read alone: plain local UTF-8, read strictly to its end."""
    return (
        source.format == "txt"
        and not is_url(source.path)
        and not source.path.endswith(COMPRESSED)
        and options.encoding.lower() in ("utf-8", "utf8")
        and options.encoding_errors == "strict"
        and options.max_lines is None
    )


def split(source: Source, parts: int) -> tuple[list[Part], str]:
    """Cut a plain text file into at most ``parts`` byte ranges of about the same size, at line ends.

    Args:
        source: one for which ``can_split`` holds.
        parts: how many are wanted.

    Returns:
        The ranges, and the sha256 that reading the whole file gives (a part has none of its own).

    Raises:
        UserError: the file can't be read, or is empty.
    """
    with reading(source.path), Path(source.path).open("rb") as file:
        size = file.seek(0, SEEK_END)
        cuts = {0, size, *(_line_end(file, size * k // parts) for k in range(1, parts))}
        file.seek(0)
        head = file.read(HEAD)
    whole, ranges, line, with_cr = hashlib.sha256(), list[Part](), 0, ends_with_cr(head)
    for start, end in pairwise(sorted(cuts) if size else [0, 0]):
        own, first = hashlib.sha256(), line
        for number, piece in enumerate(blocks(source.path, _STEP, start, end)):
            line += int(np.count_nonzero(np.frombuffer(piece, np.uint8) == LF))
            text = piece.replace(b"\r", b"\n") if with_cr else piece
            text = text.removeprefix(BYTE_ORDER_MARK) if start == number == 0 else text
            own.update(text)
            whole.update(text)
        ranges.append(Part(start, end, first, own.hexdigest()))
    return ranges, whole.hexdigest()


def _line_end(file: BinaryIO, at: int) -> int:
    """One past the first LF from ``at`` on, or the file's end."""
    file.seek(at)
    for line in iter(partial(file.readline, 1 << 20), b""):
        if line.endswith(b"\n"):
            break
    return file.tell()
