"""What a recipe did to the documents of a language, as counts."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from langcov.errors import LibraryFailed
from langcov.filters.rules import Filter

Place = tuple[int, int]
"""Which filter of those that are judged, and which of its rules."""


@dataclass
class Tally:
    """Counts over documents.

    Attributes:
        filters: that judge.
        documents: judged.
        alone: how many each rule removes by itself.
        first: how many each removes of those that come to it.
        unjudged: how many can't be told for a rule alone.
        causes: in how many documents a word or character decides, by rule.
    """

    filters: Sequence[Filter]
    documents: int = 0
    alone: Counter[Place] = field(default_factory=Counter)
    first: Counter[Place] = field(default_factory=Counter)
    unjudged: Counter[Place] = field(default_factory=Counter)
    causes: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def kept(self) -> int:
        """Documents that no rule removes in order."""
        return self.documents - self.first.total()

    def places(self) -> Iterator[Place]:
        """All rules in order."""
        return ((f, r) for f, one in enumerate(self.filters) for r in range(len(one.rules)))

    def add(self, lines: Sequence[str], place: str = "a document") -> None:
        """Judge a document: each filter on the text as it is, and in order on what those before left of it.

        Args:
            place: of it, for an error.

        Raises:
            LibraryFailed: the library failed on it.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # numpy's, of the mean length of no words
            try:
                self._add("\n".join(lines))
            except LibraryFailed as error:
                raise LibraryFailed(error.index, f"{place}: the library failed: {error}") from None

    def _add(self, text: str) -> None:
        self.documents += 1
        passing, removed = text, False
        for at, one in enumerate(self.filters):
            judged = one.judge(text)
            self.alone.update((at, rule) for rule in judged.broken)
            self.unjudged.update((at, rule) for rule in judged.unjudged)
            self.causes.update({(one.rules[rule].name, item) for rule, item in one.decided(judged, text)})
            if removed:
                continue
            in_order = judged if passing == text else one.judge(passing)
            self.first.update((at, rule) for rule in in_order.broken[:1])
            removed, passing = bool(in_order.broken), in_order.text

    def wanted(self) -> Iterator[tuple[str, str]]:
        """What rules look for, found or not."""
        for one in self.filters:
            yield from ((one.rules[rule].name, item) for rule, item in one.wanted())
