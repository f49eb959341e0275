"""From the texts of a source to lines with the addresses by which a measurement knows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from langcov.corpora.base import Corpus, Lines, Source
from langcov.corpora.readers.streams import whole
from langcov.corpora.readers.texts import Texts
from langcov.corpora.rows import name_digests, splitmix64
from langcov.errors import UserError
from langcov.text.strings import Strings

Index = NDArray[np.int64] | NDArray[np.bool_] | slice


class Addresses:
    """Gives the texts of one source their numbers, digests and documents, and drops what takes no part.

    Args:
        source: that is read.
        corpus: the corpus that it belongs to.
        first: number of its first text.
    """

    def __init__(self, source: Source, corpus: Corpus, first: int = 0) -> None:
        self._path, self._corpus, self._next = source.path, corpus, first
        self._pattern = re.compile(corpus.keys.encode()) if corpus.keys else None
        # Keeps lines and nameless documents of a language's second file apart from those of its first, where
        # the order of files says which belong together; elsewhere no order may show (``apart``).
        self._salt = 0 if corpus.alignment == "none" else corpus.before_of(source) << 40
        self._ordinals = Ordinals()

    def lines(self, texts: Texts) -> Lines:
        """The next texts of the source, without those that are left out.

        Raises:
            UserError: there are fewer names of documents than lines.
        """
        first, self._next = self._next, self._next + len(texts)
        kept, keys = self._taking_part(texts)
        numbers = np.arange(first, self._next)[kept]
        lines = Lines(texts.text[kept], numbers, splitmix64(numbers + self._salt), texts.lines[kept])
        if keys is not None and self._corpus.alignment != "lines":
            lines = replace(lines, digests=name_digests(keys))
        documents = self._corpus.documents
        if documents == "key-prefix" and keys is not None:
            names = [key.partition(b"/")[0] for key in keys]
            return replace(lines, documents=self._ordinals.of(names), labels=name_digests(names))
        if documents == "record" and texts.documents is not None:
            ordinals = texts.documents[kept]
            return replace(lines, documents=ordinals, labels=self._labels(ordinals, texts.names))
        if documents in ("none", "key-prefix", "record"):
            return lines
        return _with_names(lines, documents, self._path)

    def _taking_part(self, texts: Texts) -> tuple[Index, list[bytes] | None]:
        """Which texts are lines of the corpus, as an index, and their keys."""
        if texts.keys is None:
            return texts.kept, None
        kept, keys = texts.kept, _as_bytes(texts.keys[texts.kept])
        if self._pattern is None:
            return kept, keys
        wanted = [place for place, key in enumerate(keys) if self._pattern.fullmatch(key)]
        return np.arange(len(texts))[kept][np.array(wanted, np.int64)], [keys[place] for place in wanted]

    def _labels(self, ordinals: NDArray[np.int64], names: Mapping[int, bytes]) -> NDArray[np.uint64]:
        """Of documents: the digest of the name, or of the number where there is none."""
        labels = splitmix64(ordinals + self._salt)
        for ordinal, name in names.items():
            labels[ordinals == ordinal] = name_digests([name])
        return labels


class Ordinals:
    """Numbers documents in the order in which their names first appear."""

    def __init__(self) -> None:
        self._known: dict[bytes, int] = {}

    def of(self, names: list[bytes]) -> NDArray[np.int64]:
        """Ordinal of each name, int64 [n]."""
        known = self._known
        return np.array([known.setdefault(name, len(known)) for name in names], np.int64)


def _as_bytes(strings: Strings) -> list[bytes]:
    data = strings.data.tobytes()
    return [data[start:end] for start, end in zip(strings.starts.tolist(), strings.ends.tolist())]


def _with_names(lines: Lines, names: str, path: str) -> Lines:
    documents, labels = _document_names(names)
    if len(lines.numbers) and lines.numbers[-1] >= len(documents):
        raise UserError(f"{path} has more lines than {names} has names of documents ({len(documents)})")
    return replace(lines, documents=documents[lines.numbers], labels=labels[lines.numbers])


@lru_cache(maxsize=4)
def _document_names(path: str) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Ordinal and label of the document of each line."""
    names = whole(path).removesuffix(b"\n").replace(b"\r\n", b"\n").split(b"\n")
    return Ordinals().of(names), name_digests(names)
