"""What a recipe did to the documents of a language, as counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from langcov.filters.causes import CAUSES, SOUGHT, listed
from langcov.filters.rules import Filter, Judged

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

    def add(self, text: str) -> None:
        """Judge a document: each filter on the text as it is, and in order on what those before left of it.

        Raises:
            LibraryFailed: the library failed on it.
        """
        self.documents += 1
        passing, removed = text, False
        for place, one in enumerate(self.filters):
            judged = one.judge(text)
            self.alone.update((place, rule) for rule in judged.broken)
            self.unjudged.update((place, rule) for rule in judged.unjudged)
            self._add_causes(one, judged, text)
            if removed:
                continue
            in_order = judged if passing == text else one.judge(passing)
            self.first.update((place, rule) for rule in in_order.broken[:1])
            removed, passing = bool(in_order.broken), in_order.text

    def _add_causes(self, one: Filter, judged: Judged, text: str) -> None:
        for number, rule in enumerate(one.rules):
            if rule.name in CAUSES and (number in judged.broken or rule.name in SOUGHT):
                decided = set(CAUSES[rule.name](one.whole, text))
                self.causes.update((rule.name, item) for item in decided)

    def wanted(self) -> Iterator[tuple[str, str]]:
        """What rules look for, found or not."""
        for one in self.filters:
            for rule in one.rules:
                yield from ((rule.name, item) for item in listed(rule.name, one.whole))
