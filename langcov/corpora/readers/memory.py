"""Lines given through the API."""

from __future__ import annotations

from collections.abc import Iterator

from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions, Source
from langcov.corpora.readers.cutter import Cutter, Record, pack


def read_memory(
    source: Source, corpus: Corpus, options: ReadOptions, provenance: Provenance
) -> Iterator[Lines]:
    """Chunks of the lines; an LF inside a string separates lines, one at its end adds none."""
    cutter = Cutter(source, corpus, options, provenance)
    texts = (text.encode("utf-8", "surrogatepass") for text in source.lines)
    return pack((Record(text, 0, 0, place) for place, text in enumerate(texts)), cutter, "line", False)
