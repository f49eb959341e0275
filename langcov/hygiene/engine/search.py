"""A file, read for its suspicious words and lines, which are remembered when it is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Growing, Offsets
from langcov.corpora.base import ReadOptions, Source
from langcov.corpora.readers.streams import changed, stamp
from langcov.errors import UserError
from langcov.hygiene.engine.attestation import Attestation, Counts
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Check, Evidence
from langcov.hygiene.engine.registry import Chosen
from langcov.hygiene.engine.suspects import Sought, Suspects, Trigger, suspects
from langcov.hygiene.engine.suspicious import foreign
from langcov.hygiene.reading.fields import Fields
from langcov.hygiene.reading.texts import Unreadable
from langcov.languages import Language
from langcov.languages.alphabets import Alphabet
from langcov.lid.kinds import LidSystem
from langcov.text.distinct import Distinct


@dataclass(frozen=True, eq=False)
class Plan:
    """What is looked for, and how files are read."""

    language: Language  # that the files are declared to be in
    alphabet: Alphabet | None  # of its orthography
    chosen: Chosen
    # whether the project's exceptions accept an issue of a word or of a line
    accepted: Accepts = lambda word, issue: False
    # that say which language a line is in; None takes the fast ones that are installed
    models: Sequence[LidSystem] | None = None
    options: ReadOptions = field(default_factory=ReadOptions)
    # makes the error for a file in another encoding
    refuse: Callable[[str, int, bytes], UserError] | None = None
    progress: Callable[[str, int], None] = lambda path, size: None

    @cached_property
    def of_words(self) -> list[tuple[Check, Trigger]]:
        """The checks of words, and what makes each see one: the same for all files."""
        return self._triggered([check for check in self.chosen.checks if check.word])

    @cached_property
    def of_lines(self) -> list[tuple[Check, Trigger]]:
        """The checks of single lines, and what makes each see one."""
        return self._triggered([check for check in self.chosen.checks if check.line])

    @cached_property
    def sought(self) -> Sought:
        """What makes any of them see a word or a line."""
        triggers = ([trigger for _, trigger in checks] for checks in (self.of_words, self.of_lines))
        return Sought.by(self.language.script, *triggers)

    def _triggered(self, checks: Sequence[Check]) -> list[tuple[Check, Trigger]]:
        evidence = Evidence(self.language, self.alphabet)
        return [(check, Trigger.of(check, evidence)) for check in checks]


class Survey:
    """Sums over the blocks of a file.

    Attributes:
        suspicious: the different suspicious words.
        lines, words, letters: how many there are in all.
        suspicious_lines: lines that a check of lines wants to see.
    """

    def __init__(self) -> None:
        self.suspicious = Distinct()
        self.lines = self.words = self.letters = self.suspicious_lines = 0
        self._counts = Growing(np.int64)
        self._points = np.zeros(0, np.int64)

    def add(self, fields: Fields, found: Suspects) -> Offsets:
        """Count what was found in some texts; returns the number of each suspicious word, int64 [n]."""
        which = self.suspicious.add(found.words)
        self._counts.extend(np.zeros(len(self.suspicious) - len(self._counts), np.int64))
        np.add.at(self._counts.values, which, 1 if fields.times is None else fields.times[found.text])
        self.lines += len(fields)
        self.suspicious_lines += len(found.lines)
        self.words += found.total_words if fields.times is None else int(fields.times.sum())
        self.letters += found.total_letters
        if len(fields.uses) > len(self._points):
            self._points = np.append(self._points, np.zeros(len(fields.uses) - len(self._points), np.int64))
        self._points[: len(fields.uses)] += fields.uses
        return which

    @property
    def counts(self) -> NDArray[np.int64]:
        """How often each suspicious word stands in the file, int64 [n]."""
        return self._counts.values

    @property
    def characters(self) -> Mapping[str, int]:
        """How often each code point stands in the texts; each text has an LF."""
        there = np.flatnonzero(self._points != 0)
        return {chr(point): int(self._points[point]) for point in there.tolist()}


QUOTES = frozenset('"“”')
MOST_KEPT = 1 << 20
"""Suspicious words and lines that are remembered by their places: 24 MB; those after them are found again."""
Accepts = Callable[[str, Issue], bool]
"""Whether the exceptions of a project accept an issue of a word, or of a line."""
Texts = Callable[[Unreadable | None], Iterator[Fields]]
"""Reads the texts of a file, once more each time; lines that are not text are written down."""


@dataclass(frozen=True, eq=False)
class Found:
    """What is suspicious in a block of texts."""

    which: Offsets  # the number of each suspicious word, int64 [n]
    text: Offsets  # the index of the text that each is in, int64 [n]
    column: Offsets  # code points before each in its text, int64 [n]
    lines: Offsets  # the suspicious texts, int64 [m]


class Search:
    """Finds what is suspicious in a file.

    Attributes:
        source, plan: as given.
        survey: the different suspicious words of the file, and its size.
        unreadable: lines that are not text.
    """

    def __init__(self, source: Source, plan: Plan, texts: Texts) -> None:
        self.source, self.plan = source, plan
        self.survey, self.unreadable = Survey(), Unreadable()
        self._texts, self._stamp = texts, stamp(source.path)
        self._found: list[Found] = []

    def read(self) -> Iterator[Fields]:
        """The texts for the first time, each block once it was searched."""
        kept = 0
        for fields in self._texts(self.unreadable):
            now = suspects(fields, self.plan.sought)
            which = self.survey.add(fields, now)
            if kept < MOST_KEPT:
                self._found.append(Found(which, now.text, now.column, now.lines))
                kept += len(which) + len(now.lines)
            yield fields
            self.plan.progress(self.source.path, len(fields.data))

    def find(self, fields: Fields) -> Found:
        """What is suspicious in some texts; a word that the file didn't have gets a number beyond all."""
        now = suspects(fields, self.plan.sought)
        return Found(self.survey.suspicious.add(now.words), now.text, now.column, now.lines)

    def again(self) -> Iterator[tuple[Fields, Found]]:
        """The texts once more, with what is suspicious in them: remembered, or looked for again.

        Raises:
            UserError: the file can't be read any more, or was written to meanwhile.
        """
        known = iter(self._found)
        for fields in self._once_more():
            yield fields, next(known, None) or self.find(fields)

    def count(self, words: Iterable[str]) -> Counts:
        """How often some words stand in the file, and each letter."""
        alphabet = self.plan.alphabet
        other_letters = foreign(alphabet, self.plan.language.script)
        attestation = Attestation(words, _apostrophes(alphabet), other_letters)
        if attestation.words:
            for fields in self._once_more():
                attestation.add(fields.points, fields.times)
        return Counts(attestation, self.survey.characters)

    def check_unchanged(self) -> None:
        """See that the file is still the one that was examined.

        Raises:
            UserError: it is not.
        """
        if stamp(self.source.path) != self._stamp:
            raise changed(self.source.path)

    def _once_more(self) -> Iterator[Fields]:
        self.check_unchanged()
        yield from self._texts(Unreadable() if self.unreadable.numbers else None)
        self.check_unchanged()


def _apostrophes(alphabet: Alphabet | None) -> set[str]:
    """Those that words are made of; a quotation mark only where it is itself a letter."""
    return set(alphabet.apostrophes).difference(QUOTES - alphabet.letters) if alphabet else set()
