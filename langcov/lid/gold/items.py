"""Word tables as tests of LID models: their single words and pairs of words, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from langcov.corpora.base import Corpus, Provenance, ReadOptions, Source
from langcov.corpora.tables.word_table import read_words
from langcov.errors import UserError
from langcov.lid.gold.word_tests import SINGLE_WORDS, WORD_PAIRS, Items, single_words, word_pairs

UNIQUE = "; strings that are words of several languages of the test are left out"
LINES = "lines"


def as_lines(corpora: Sequence[Corpus], options: ReadOptions) -> list[tuple[Corpus, str]]:
    """Each corpus with what its lines are; a word table becomes two, of its words and of pairs of them.

    Raises:
        UserError: a table can't be read, has one language twice, or no words that can be a test.
    """
    found: list[tuple[Corpus, str]] = []
    for corpus in corpora:
        tables = [source for source in corpus.sources if source.format == "words"]
        if not tables:
            found.append((corpus, LINES))
            continue
        if len(tables) < len(corpus.sources) or len(tables) > len(corpus.languages):
            raise UserError(f"{corpus.name}: give its word tables alone, one for each language")
        found += _of_tables(corpus, tables, options)
    return found


def is_made_of(test: Corpus, items: str) -> str:
    """The name of the corpus that a test was made of; of lines it is that corpus itself."""
    return test.name if items == LINES else test.name.rpartition(" ")[0]


def _of_tables(
    corpus: Corpus, tables: Sequence[Source], options: ReadOptions
) -> Iterator[tuple[Corpus, str]]:
    counts = {one.language: read_words(one, corpus, options, Provenance()) for one in tables}
    lexicon = corpus.kind == "lexicon"
    for name, make, definition in (("words", single_words, SINGLE_WORDS), ("pairs", word_pairs, WORD_PAIRS)):
        sources = tuple(_sources(make(counts, lexicon), tables))
        if sources:
            made = replace(corpus, name=f"{corpus.name} {name}", sources=sources, kind="lexicon")
            yield replace(made, alignment="none", documents="none"), definition + UNIQUE


def _sources(items: Items, tables: Sequence[Source]) -> Iterator[Source]:
    """The items of each language that are words of no other."""
    paths = {table.language: table.path for table in tables}
    for at, language in enumerate(items.languages):
        lines = items.strings[np.flatnonzero(items.unique & (items.language == at))].to_list()
        if lines:
            yield Source(language, paths[language], "memory", tuple(lines))
