"""Text in two halves: something is learned on one and tested on the other, which has no line of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from langcov.core.arrays import Bools, Words
from langcov.core.work import Progress
from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions
from langcov.corpora.readers.formats import read_told
from langcov.errors import UserError
from langcov.text.hashing import edges, hashes

WORD_TABLE = "words"


@dataclass
class Text:
    """Lines of a language.

    Attributes:
        lines: that are not empty.
        keys: what aligns each with those of other languages, and tells corpora apart.
    """

    lines: list[str] = field(default_factory=list)
    keys: list[tuple[str, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lines)

    def extend(self, lines: Sequence[str], keys: Iterable[tuple[str, int]]) -> None:
        self.lines += lines
        self.keys += keys


@dataclass
class Halves:
    """The text of a language: what is learned on, and what it is tested on."""

    learn: Text = field(default_factory=Text)
    test: Text = field(default_factory=Text)
    repeated: int = 0  # lines left out of the test, as they are learned on too


def in_halves(
    corpora: Sequence[Corpus], options: ReadOptions, languages: Iterable[str], progress: Progress
) -> dict[str, Halves]:
    """The lines of some languages in two halves.

    A document is in one half as a whole; so are lines that are aligned, in all languages; of other lines all
    that are the same.

    Raises:
        UserError: a word table, which has no lines, or a file that can't be read.
    """
    found = {language: Halves() for language in languages}
    for corpus, language, lines in _read(corpora, options, found, progress):
        second, aligned = _second_half(lines, corpus), corpus.alignment != "none"
        filled = lines.text.lengths > 0
        for half, which in (
            (found[language].learn, ~second & filled),
            (found[language].test, second & filled),
        ):
            half.extend(*_chosen(lines, corpus.name, aligned, which))
    for halves in found.values():
        halves.repeated = _without(halves.test, halves.learn)
    return found


def held_out(
    corpora: Sequence[Corpus],
    tested: Sequence[Corpus],
    options: ReadOptions,
    languages: Sequence[str],
    progress: Progress,
) -> dict[str, Halves]:
    """All of some corpora to learn on, and others to test on.

    Raises:
        UserError: a line of the one is in the other.
    """
    found = {language: Halves() for language in languages}
    for part, which in (("learn", corpora), ("test", tested)):
        for corpus, language, lines in _read(which, options, found, progress):
            text: Text = getattr(found[language], part)
            text.extend(*_chosen(lines, corpus.name, corpus.alignment != "none", lines.text.lengths > 0))
    for language, halves in found.items():
        if common := _without(halves.test, halves.learn):
            raise UserError(
                f"{common} of {common + len(halves.test)} lines in {language} to test on are in the text to "
                f"learn on too, so that the test would promise too much: leave them out of --corpus"
            )
    return found


def _read(
    corpora: Sequence[Corpus], options: ReadOptions, languages: Mapping[str, Halves], progress: Progress
) -> Iterator[tuple[Corpus, str, Lines]]:
    sources = [
        (corpus, source) for corpus in corpora for source in corpus.sources if source.language in languages
    ]
    progress.start(len(sources))
    for corpus, source in sources:
        if source.format == WORD_TABLE:
            raise UserError(
                f"{corpus.name} is a word table, which has no lines to test on: give running text"
            )
        for lines in read_told(source, corpus.part(source), options, Provenance(), progress):
            yield corpus, source.language, lines


def _second_half(lines: Lines, corpus: Corpus) -> Bools:
    """Which lines are tested on, bool [n]: by a digest, so that no order of lines matters."""
    if lines.labels is not None:
        digests: Words = lines.labels
    elif corpus.alignment != "none":
        digests = lines.digests
    else:
        digests = hashes(lines.text, edges(lines.text))
    return (digests >> np.uint64(32) & np.uint64(1)).astype(bool)


def _chosen(
    lines: Lines, corpus: str, aligned: bool, which: Bools
) -> tuple[list[str], list[tuple[str, int]]]:
    keys = lines.digests[which].tolist() if aligned else [-1] * int(which.sum())
    return lines.text[np.flatnonzero(which)].to_list(), [(corpus, key) for key in keys]


def _without(test: Text, learned: Text) -> int:
    """Leave lines out that were learned on; how many."""
    known = set(learned.lines)
    kept = [at for at, line in enumerate(test.lines) if line not in known]
    left_out = len(test) - len(kept)
    test.lines, test.keys = [test.lines[at] for at in kept], [test.keys[at] for at in kept]
    return left_out
