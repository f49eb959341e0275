"""Plain text: a line is a unit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from langcov.corpora.base import ReadOptions, Source
from langcov.corpora.readers.decode import BYTE_ORDER_MARK, HEAD, ends_with_cr
from langcov.corpora.readers.file import File
from langcov.corpora.readers.streams import COMPRESSED, is_url, reading
from langcov.corpora.readers.texts import Texts
from langcov.text.scan import CR, find_lines
from langcov.text.strings import LF

_STEP = 1 << 24


class Part(NamedTuple):
    """A byte range of a plain file that begins and ends with whole lines.

    Attributes:
        start, end: bytes [start, end).
        line: number of its first line.
    """

    start: int
    end: int
    line: int


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
    sha256 = hashlib.sha256()
    with reading(source.path):
        if not Path(source.path).stat().st_size:
            # A map of an empty file is an error; reading it says so in the usual words.
            return [Part(0, 0, 0)], sha256.hexdigest()
        data = np.memmap(source.path, np.uint8, "r")
    cuts = {0, len(data)}
    for target in (len(data) * k // parts for k in range(1, parts)):
        cuts.add(_line_end(data, target))
    with_cr = ends_with_cr(data[:HEAD].tobytes())
    ranges = []
    line = 0
    for start, end in zip(sorted(cuts), sorted(cuts)[1:]):
        ranges.append(Part(start, end, line))
        for at in range(start, end, _STEP):
            step = data[at : min(at + _STEP, end)]
            line += int(np.count_nonzero(step == LF))
            mark = at == 0 and step[:3].tobytes() == BYTE_ORDER_MARK
            text = np.where(step == CR, np.uint8(LF), step) if with_cr else step
            sha256.update(text[3 if mark else 0 :].data)
    return ranges, sha256.hexdigest()


def _line_end(data: np.memmap[tuple[int], np.dtype[np.uint8]], at: int) -> int:
    """One past the first LF from ``at`` on, or the file's end."""
    for start in range(at, len(data), 1 << 20):
        found = np.flatnonzero(data[start : start + (1 << 20)] == LF)
        if len(found):
            return start + int(found[0]) + 1
    return len(data)
