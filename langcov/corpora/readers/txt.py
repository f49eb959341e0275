"""Plain text: a line is a unit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Texts
from langcov.text.scan import find_lines


def read_txt(file: File) -> Iterator[Texts]:
    """The lines of a text file."""
    for block in file.lines():
        text, returns = find_lines(block.bytes)
        left_out = None
        if block.lost:
            left_out = np.zeros(len(text), bool)
            left_out[list(block.lost)] = True
        yield Texts(text, block.first + np.arange(len(text)), returns, left_out=left_out, block=block)
