"""The parts of a large file, numbered by going through it once, ahead of those who read them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from langcov.corpora.base import ReadOptions, Source
from langcov.corpora.readers.file import File
from langcov.corpora.readers.formats import WORDS, find_format, texts_in
from langcov.corpora.readers.parts import WHOLE, Part, can_cut

PART_BYTES = 32 << 20
"""About the size of a part."""


class Numbered:
    """The parts of a file, in order; one that can't be cut has none.

    Attributes:
        sha256: of the whole text, as reading it gives it, as far as parts were gone through.
    """

    def __init__(self, source: Source, options: ReadOptions, size: int = PART_BYTES) -> None:
        """Say where to cut a file.

        Args:
            size: about the bytes of a part.

        Raises:
            UserError: the file can't be read.
        """
        self._source, self._options, self.sha256 = source, options, ""
        cut = find_format(source.format).cut if source.format != WORDS and can_cut(source, options) else None
        cuts = cut(source, size) if cut else []
        self._ranges = list(pairwise(cuts)) if len(cuts) > 2 else []

    def __len__(self) -> int:
        return len(self._ranges)

    def __iter__(self) -> Iterator[Part]:
        """Each with its numbers.

        Raises:
            UserError: the file can't be read, or isn't what it should be.
        """
        whole, part = hashlib.sha256(), WHOLE
        for start, end in self._ranges:
            check, text = 0, part.text
            own = part._replace(start=start, end=end)
            file = File(self._source, self._options, again=self._source.format == "txt", part=own)
            for texts in texts_in(file):
                data = texts.text.data.data
                whole.update(data)
                check = crc32(data, check)
                text += len(texts)
            self.sha256 = whole.hexdigest()
            yield own._replace(check=check)
            part = Part(end, None, file.line, text, file.documents)
