"""The documents of a corpus: as it names them, its paragraphs, or runs of lines of so many words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import Literal

from langcov.corpora import read
from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions, Source
from langcov.corpora.readers.formats import WORDS
from langcov.errors import UserError

Unit = Literal["document", "paragraph", "run", "line"]
Document = list[str]
"""The lines of a document."""


def units(
    corpus: Corpus, source: Source, options: ReadOptions, words: int
) -> tuple[Unit, Iterator[Document]]:
    """What the documents of a source are, and these, none without text.

    Args:
        words: white-space words from which on a run of lines is a document; what is left at the end of the
            file is none.

    Raises:
        UserError: the source holds no running text.
    """
    if source.format == WORDS:
        raise UserError(
            f"{source.path} is a word table, which has no documents: name the text ('langcov corpora list' "
            "shows what can be pulled)"
        )
    if corpus.kind == "lexicon":
        raise UserError(f"{source.path} is a lexicon, which has no documents: name running text")
    chunks = read(source, corpus, options, Provenance())
    first = next(chunks)  # a source without text is an error before
    chunks = chain([first], chunks)
    if first.documents is not None:
        return "document", _filled(_named(chunks))
    lines = (line for chunk in chunks for line in chunk.text)
    if _parted(first):
        return "paragraph", _filled(_paragraphs(lines))
    return "run", _runs(lines, words)


def documents_of(
    corpus: Corpus,
    language: str,
    options: ReadOptions,
    words: int,
    kinds: list[str] | None = None,
    by_line: bool = False,
) -> Iterator[Document]:
    """The documents of a language of a corpus, file by file.

    Args:
        by_line: each line with text is a document.
        kinds: filled with what the documents are.

    Raises:
        UserError: as ``units``.
    """
    for source in corpus.sources:
        if source.language == language:
            kind, found = units(corpus, source, options, words if not by_line else 0)
            if by_line:
                kind, found = "line", ([line] for document in found for line in document if line.strip())
            if kinds is not None and kind not in kinds:
                kinds.append(kind)
            yield from found


def _named(chunks: Iterable[Lines]) -> Iterator[Document]:
    pairs = (pair for chunk in chunks for pair in zip(_ordinals(chunk), chunk.text))
    for _, document in groupby(pairs, key=lambda pair: pair[0]):
        yield [line for _, line in document]


def _ordinals(chunk: Lines) -> list[int]:
    assert chunk.documents is not None  # a source has them in all chunks or in none
    return [int(ordinal) for ordinal in chunk.documents]


def _parted(chunk: Lines) -> bool:
    """Whether an empty line stands between others."""
    filled = [bool(line.strip()) for line in chunk.text]
    return False in filled[: len(filled) - filled[::-1].index(True)] if True in filled else False


def _paragraphs(lines: Iterable[str]) -> Iterator[Document]:
    return (list(group) for filled, group in groupby(lines, key=lambda line: bool(line.strip())) if filled)


def _runs(lines: Iterable[str], least: int) -> Iterator[Document]:
    run: Document = []
    words = 0
    for line in lines:
        run.append(line)
        words += len(line.split())
        if words >= least:
            yield run
            run, words = [], 0


def _filled(documents: Iterable[Document]) -> Iterator[Document]:
    return (document for document in documents if any(line.strip() for line in document))
