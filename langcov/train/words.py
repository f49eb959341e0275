"""The text of each language as words and how often each stands in it, which is all that a trainer needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from langcov.core.arrays import Growing, Ints
from langcov.core.work import Progress
from langcov.corpora import Corpus, Provenance, ReadOptions, read, read_words
from langcov.corpora.readers.formats import read_told
from langcov.errors import UserError
from langcov.text.count import code_points
from langcov.text.distinct import Distinct
from langcov.text.strings import Strings
from langcov.text.units import collapse, cut, is_inside

WORD_TABLE = "words"


@dataclass(frozen=True, eq=False)
class Words:
    """The text of a language.

    Attributes:
        words: white-space words, each once.
        uses: how often each stands in the text, int64 [words].
    """

    words: Strings
    uses: Ints

    @property
    def chars(self) -> int:
        """Characters of the text, white space left out."""
        return int(code_points(self.words) @ self.uses)


class _Counter:
    """Words of some text, added up."""

    def __init__(self) -> None:
        self._distinct, self._uses = Distinct(), Growing(np.int64)

    def add(self, words: Strings, uses: Ints | None = None) -> None:
        """Count words, without the space that those inside a line begin with."""
        bare = Strings(words.data, words.starts + is_inside(words), words.ends)
        which = self._distinct.add(bare)
        self._uses.extend(np.zeros(len(self._distinct) - len(self._uses), np.int64))
        np.add.at(self._uses.values, which, 1 if uses is None else uses)

    def words(self) -> Words:
        return Words(self._distinct.strings, self._uses.values)


def count_words(
    corpora: Sequence[Corpus],
    options: ReadOptions,
    languages: Collection[str],
    measured: Mapping[str, Collection[str]],
    progress: Progress,
) -> dict[str, Words]:
    """The words of some languages in all corpora.

    Args:
        measured: lines by language that the tokenizer will be measured on.

    Raises:
        UserError: a line of these is among the text.
    """
    found = {language: _Counter() for language in languages}
    sources = [
        (corpus, source) for corpus in corpora for source in corpus.sources if source.language in found
    ]
    progress.start(len(sources))
    for corpus, source in sources:
        counter = found[source.language]
        if source.format == WORD_TABLE:
            table = read_words(source, corpus, options, Provenance())
            counter.add(table.words, np.bincount(table.word, table.count, len(table.words)).astype(np.int64))
            progress.finish(source.path)
        else:
            for lines in read_told(source, corpus.part(source), options, Provenance(), progress):
                _check(source.shown, lines.text, measured.get(source.language, ()))
                counter.add(_units(lines.text))
    return {language: counter.words() for language, counter in found.items()}


def lines_of(corpora: Sequence[Corpus], options: ReadOptions, language: str) -> Iterator[str]:
    """The lines of a language in all corpora, for a trainer that wants lines."""
    for corpus in corpora:
        for source in corpus.sources:
            if source.language == language and source.format != WORD_TABLE:
                for lines in read(source, corpus.part(source), options, Provenance()):
                    yield from lines.text[lines.text.lengths > 0]


def _units(lines: Strings) -> Strings:
    """The words of lines, whatever white space is between them."""
    text, _ = collapse(lines)
    return cut(text[text.lengths > 0]).units


def _check(place: str, lines: Strings, measured: Collection[str]) -> None:
    if not measured:
        return
    known = set(measured)
    common = [line for line in lines if line in known]
    if common:
        raise UserError(
            f"{place}: {len(common)} of its lines are in the text that is measured on too, so that the "
            f"figures would promise too much: leave them out of --corpus"
        )
