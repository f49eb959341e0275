"""The one way to read running text: finds the reader of a format, then does what all formats share."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions, Source
from langcov.corpora.readers.conllu import read_conllu
from langcov.corpora.readers.cutter import Ordinals, name_digests
from langcov.corpora.readers.jsonl import read_jsonl
from langcov.corpora.readers.memory import read_memory
from langcov.corpora.readers.parquet import read_parquet
from langcov.corpora.readers.streams import bare, whole
from langcov.corpora.readers.tsv import read_tsv
from langcov.corpora.readers.txt import Part, read_txt
from langcov.errors import UserError
from langcov.text.strings import Strings

Reader = Callable[[Source, Corpus, ReadOptions, Provenance], Iterator[Lines]]

READERS: dict[str, Reader] = {
    "txt": read_txt,
    "tsv": read_tsv,
    "jsonl": read_jsonl,
    "parquet": read_parquet,
    "conllu": read_conllu,
    "memory": read_memory,
}
WORDS = "words"


def format_of(path: str) -> str | None:
    """The format that a file's name says, None if it says none.

    >>> format_of("tat_Cyrl.txt.gz"), format_of("udhr.words.tsv.xz"), format_of("README.md")
    ('txt', 'words', None)
    """
    path = bare(path)
    if path.endswith(".words.tsv"):
        return WORDS
    extension = path.rpartition("/")[2].rpartition(".")[2]
    known = extension in READERS.keys() - {"memory"} or extension in _plugins()
    return extension if known else None


@lru_cache
def _plugins() -> Mapping[str, Callable[[], Reader]]:
    """Readers of other packages, by extension; imported late, as the import takes 30 ms."""
    from importlib.metadata import entry_points

    return {point.name: point.load for point in entry_points(group="langcov.readers")}


def _reader(name: str) -> Reader:
    if name in READERS:
        return READERS[name]
    if name in _plugins():
        return _plugins()[name]()
    raise UserError(
        f"no reader for {name!r}: known are {', '.join(sorted(READERS.keys() | _plugins().keys()))}"
    )


def read(
    source: Source,
    corpus: Corpus,
    options: ReadOptions,
    provenance: Provenance,
    part: Part | None = None,
) -> Iterator[Lines]:
    """The lines of a source, in chunks of about ``options.chunk_bytes``.

    Args:
        source: what to read; not a word table (that is ``read_words``).
        corpus: the corpus that it belongs to.
        options: how.
        provenance: filled in while reading; complete at the end.
        part: a range of a plain text file, from ``split``; its sha256 stays that of the range.

    Raises:
        UserError: the file can't be read, isn't what it should be, or holds no text.
    """
    if part is not None:
        chunks = read_txt(source, corpus, options, provenance, part)
    else:
        chunks = _reader(source.format)(source, corpus, options, provenance)
    named = corpus.documents not in ("none", "key-prefix", "record")
    filled = part is not None
    for lines in chunks:
        if named:
            lines = _with_documents(lines, corpus.documents, source.path)
        if options.normalize != "none":
            lines = replace(lines, text=_normalized(lines.text, options.normalize))
        filled = filled or bool((lines.text.lengths > 0).any())
        yield lines
    if not filled:
        raise no_text(source.path, provenance, corpus.keys)


def no_text(path: str, provenance: Provenance, keys: str | None = None) -> UserError:
    """The error for a file that was read to its end without finding any text."""
    only = f" under keys that match {keys!r}" if keys and provenance.lines else ""
    return UserError(f"{path} holds no text{only} (lines read: {provenance.lines})")


def _normalized(text: Strings, form: str) -> Strings:
    return Strings.of([unicodedata.normalize(form, line) for line in text])  # type: ignore[arg-type]


def _with_documents(lines: Lines, names: str, path: str) -> Lines:
    documents, labels = _document_names(names)
    if len(lines.numbers) and lines.numbers[-1] >= len(documents):
        raise UserError(f"{path} has more lines than {names} has names of documents ({len(documents)})")
    return replace(lines, documents=documents[lines.numbers], labels=labels[lines.numbers])


@lru_cache(maxsize=4)
def _document_names(path: str) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Ordinal and label of the document of each line."""
    names = whole(path).removesuffix(b"\n").replace(b"\r\n", b"\n").split(b"\n")
    return Ordinals().of(names), name_digests(names)
