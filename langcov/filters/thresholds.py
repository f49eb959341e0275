"""The strictest number with which a rule keeps 99 % of clean text, as the library itself judges it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from langcov.core.work import Progress
from langcov.data import read_table
from langcov.errors import LibraryFailed, UserError
from langcov.filters.prepare import Ready
from langcov.filters.rules import Filter, Rule

CLEAN = 0.99
"""Of clean documents a rule is to keep at least this share."""
FEWEST = 20
"""Clean documents that a threshold needs."""


@dataclass(frozen=True)
class Scale:
    """The numbers that an argument can have, the strictest first.

    Attributes:
        strict, loose: the ends: the strictest number that still is a threshold, and one that nearly all pass.
        step: between two numbers.
    """

    strict: float
    loose: float
    step: float

    @property
    def last(self) -> int:
        """The place of the loosest number; the strictest is at 0."""
        return round(abs(self.loose - self.strict) / self.step)

    def at(self, place: int) -> float:
        """The number at a place.

        >>> Scale(1, 0, 0.001).at(3), Scale(2, 1000, 1).at(3)
        (0.997, 5)
        """
        toward = 1 if self.loose > self.strict else -1
        number = round(self.strict + toward * place * self.step, 6)
        return int(number) if self.step == 1 else number

    def looser(self, one: float, other: float) -> float:
        """The looser of two numbers."""
        return max(one, other) if self.loose > self.strict else min(one, other)


@dataclass(frozen=True)
class Threshold:
    """A rule with a number.

    Attributes:
        step: the number of its filter among the steps of the recipe.
        filter, argument: their names.
        value: of the argument, as the recipe has it.
        published: the number in it.
        removed: clean documents that the rule removes with it.
        clean: the strictest number with which it keeps ``CLEAN`` of them; None: no number does.
        documents: clean ones.
    """

    step: int
    filter: str
    rule: Rule
    argument: str
    scale: Scale
    value: Any
    published: float
    removed: int
    clean: float | None
    documents: int

    @property
    def too_strict(self) -> bool:
        """Whether the published number removes more than one clean document of a hundred."""
        return self.removed > _allowed(self.documents)


@cache
def scales() -> Mapping[tuple[str, str], Scale]:
    """By filter and argument."""
    rows = read_table("filter_thresholds.tsv")
    return {
        (row["filter"], row["argument"]): Scale(
            *(float(row[column]) for column in ("strict", "loose", "step"))
        )
        for row in rows
    }


def thresholds(texts: Sequence[str], own: Ready, progress: Progress | None = None) -> list[Threshold]:
    """The numbers of a recipe, and those of clean text.

    Document by document, as libraries keep the words of the last ones.

    Args:
        texts: clean documents of the language.
        own: the recipe as it is for the language.
        progress: told of each document.

    Raises:
        UserError: there are too few documents, or the library fails on one.
    """
    if len(texts) < FEWEST:
        raise UserError(f"--clean has {len(texts)} documents in the language: thresholds need {FEWEST}")
    asked = [_Asked(*one) for one in _numbers(own)]
    progress = progress or Progress()
    progress.start(len(texts))
    for number, text in enumerate(texts, 1):
        for one in asked:
            one.ask(text)
        progress.finish(f"clean document {number}")
    return [one.threshold() for one in asked]


def _numbers(own: Ready) -> Iterator[tuple[int, Filter, int, str, Scale]]:
    """Each number of each rule: step, filter, place of the rule, argument, scale."""
    for number, (_, one) in enumerate(own.steps):
        for (name, argument), scale in scales().items():
            if isinstance(one, str) or name != one.name or argument not in one.arguments:
                continue
            for place, rule in enumerate(one.rules):
                if (rule.argument or argument) == argument:
                    yield number, one, place, argument, scale


class _Asked:
    """A number of a rule, and at which place of its scale each clean document passes."""

    def __init__(self, step: int, one: Filter, place: int, argument: str, scale: Scale) -> None:
        self.step, self.one, self.place, self.argument, self.scale = step, one, place, argument, scale
        self.rule = one.rules[place]
        self.beside = {} if self.rule.argument else _loosest(one, argument)
        self.removed = 0
        self.passes: list[int] = []
        self._made: dict[float, tuple[Filter, int | None]] = {}

    def ask(self, text: str) -> None:
        """Find the strictest place at which a document passes; one beyond the last if it never does."""
        value = self.one.arguments[self.argument]
        self.removed += self._breaks(number_of(value, self.rule), text)
        low, high = -1, self.scale.last + 1
        if self._breaks(self.scale.at(self.scale.last), text):
            low = self.scale.last
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._breaks(self.scale.at(middle), text) else (low, middle)
        self.passes.append(high)

    def threshold(self) -> Threshold:
        """What was found."""
        value, n = self.one.arguments[self.argument], len(self.passes)
        place = sorted(self.passes)[n - 1 - _allowed(n)]
        clean = None if place > self.scale.last else self.scale.at(place)
        published = number_of(value, self.rule)
        names = (self.step, self.one.name, self.rule, self.argument, self.scale)
        return Threshold(*names, value, published, self.removed, clean, n)

    def _breaks(self, number: float, text: str) -> bool:
        if number not in self._made:
            changed = with_number(self.one.arguments[self.argument], self.rule, self.argument, number)
            made = self.one.remade({self.argument: changed, **self.beside})
            at = [place for place, rule in enumerate(made.rules) if rule.name == self.rule.name]
            self._made[number] = (made, at[0] if at else None)
        made, place = self._made[number]
        try:
            return place is not None and made.breaks(place, text)
        except LibraryFailed as error:
            raise UserError(f"--clean: the library failed: {error}") from None


def _loosest(one: Filter, argument: str) -> dict[str, Any]:
    """The other numbers of a filter with one rule, at which they remove next to nothing."""
    return {
        other: with_number(one.arguments[other], one.rules[0], other, scale.loose)
        for (name, other), scale in scales().items()
        if name == one.name and other != argument and other in one.arguments
    }


def _allowed(documents: int) -> int:
    """How many may fail."""
    return int(round((1 - CLEAN) * documents, 6))


def number_of(value: Any, rule: Rule) -> float:
    """The number in the value of an argument, for a rule: itself, or one of a list."""
    if rule.number is not None:
        return float(dict(map(tuple, value))[rule.number])
    return float(value[0] if isinstance(value, (list, tuple)) else value)


def with_number(value: Any, rule: Rule, argument: str, number: float) -> Any:
    """The value of an argument with another number for a rule."""
    if rule.number is not None:
        return [[n, number if n == rule.number else limit] for n, limit in value]
    return [number] if argument == "thresholds" else number
