"""A filter of the library, and which of its rules a document breaks: the library runs each rule once."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from langcov.core.libraries import is_library_failure, one_line, require
from langcov.data import read_table
from langcov.errors import LibraryFailed, UserError, did_you_mean
from langcov.filters.recipe import EXTRA, WANTED_FOR

_NUMBERED = "{n}"
_OFF = {"inf": float("inf"), "false": False}


@dataclass(frozen=True)
class Rule:
    """A reason for which a filter removes a document.

    Attributes:
        name: the library's own word for it.
        argument: of the filter, which decides; empty where the rule can't be switched off.
        off: the value of the argument with which the rule removes nothing.
        number: of a rule that is one of a list, each with a number; None for others.
        by_line: the filter comes to it line by line: that another rule was broken first doesn't say that
            this one was kept.
    """

    name: str
    argument: str
    off: float
    number: int | None = None
    by_line: bool = False


@dataclass
class Judged:
    """What a filter says of a document.

    Attributes:
        broken: numbers of the rules that remove it, the first one as the library would say it.
        unjudged: of those that can't be told, as a broken rule could not be switched off alone.
        text: of the document when the filter is done with it: some take lines out.
    """

    broken: list[int]
    unjudged: set[int]
    text: str


class Filter:
    """A filter as a recipe sets it.

    Args:
        name: its class in ``datatrove.pipeline.filters``.
        arguments: for it.

    Attributes:
        rules: those that it applies, in its order; one that the recipe switches off is not among them.
        whole: the filter of the library.

    Raises:
        UserError: the library has no such filter, or it has no such argument.
    """

    def __init__(self, name: str, arguments: Mapping[str, Any]) -> None:
        self._class, self.name = _class_of(name), name
        known = inspect.signature(self._class.__init__).parameters
        if odd := next((one for one in arguments if one not in known), None):
            raise UserError(f"{name} has no argument {odd!r}{did_you_mean(odd, known)}")
        self._arguments = {key: one.default for key, one in known.items() if one.default is not one.empty}
        self._arguments |= arguments
        self.rules = tuple(self._active())
        self.whole = self._class(**self._arguments)
        self._document = require("datatrove.data", EXTRA, WANTED_FOR).Document
        self._place = {rule.name: index for index, rule in enumerate(self.rules)}
        self._made: dict[frozenset[int], Any] = {frozenset(): self.whole}

    def judge(self, text: str) -> Judged:
        """Which rules a document breaks.

        The library tells the first one. That one and those before it, which were kept, are switched off, and
        the filter is asked again: so each rule is run once.

        Raises:
            LibraryFailed: the library failed on the document.
        """
        judged, off = Judged([], set(), text), frozenset[int]()
        while (broken := self._ask(judged, off, text)) is not None:
            judged.broken.append(broken)
            done = self._with_kept(broken)
            judged.unjudged |= self._shared(broken) - off
            off |= done | judged.unjudged
            if not self.rules[broken].argument or len(off) == len(self.rules):
                break
        return judged

    def _ask(self, judged: Judged, off: frozenset[int], text: str) -> int | None:
        """The number of the first broken rule, with some switched off; None if there is none."""
        document = self._document(text, "")
        try:
            found = self._without(off).filter(document)
        except Exception as error:
            if not judged.broken or not is_library_failure(error):
                raise LibraryFailed(0, f"{self.name}: {one_line(error)}") from None
            judged.unjudged |= set(range(len(self.rules))) - off
            return None
        kept, reason = found if isinstance(found, tuple) else (found, None)
        if kept:
            if not judged.broken:
                judged.text = document.text
            return None
        if reason not in self._place:
            raise UserError(f"{self.name} has a rule that langcov doesn't know ({reason}): filter_rules.tsv")
        return self._place[reason]

    def _with_kept(self, broken: int) -> frozenset[int]:
        """A broken rule and those that must have been kept before it."""
        if self.rules[broken].by_line:
            return frozenset({broken})
        return frozenset(i for i in range(broken + 1) if i == broken or not self.rules[i].by_line)

    def _shared(self, broken: int) -> set[int]:
        """Later rules that can't be run without this one: they have its argument, or it has none."""
        mine = self.rules[broken]
        later = range(broken + 1, len(self.rules))
        if not mine.argument:
            return set(later)
        same = (mine.argument, mine.number)
        return {i for i in later if (self.rules[i].argument, self.rules[i].number) == same}

    def _without(self, off: frozenset[int]) -> Any:
        """The filter with some rules switched off."""
        if off not in self._made:
            self._made[off] = self._class(**self._arguments | self._switched_off(off))
        return self._made[off]

    def _switched_off(self, off: Iterable[int]) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        for rule in (self.rules[i] for i in off):
            if rule.number is None:
                changed[rule.argument] = rule.off
            elif rule.argument:
                left = changed.get(rule.argument, self._arguments[rule.argument])
                changed[rule.argument] = [(n, limit) for n, limit in left if n != rule.number]
        changed.pop("", None)
        return changed

    def _active(self) -> Iterator[Rule]:
        for row in _rows()[self.name]:
            argument, by_line = row["argument"], row["scope"] == "line"
            value = self._arguments.get(argument)
            if _NUMBERED in row["rule"]:
                for n, _ in value or ():
                    yield Rule(row["rule"].replace(_NUMBERED, str(n)), argument, 0, n, by_line)
                continue
            off = _OFF.get(row["off"], row["off"])
            off = float(off) if isinstance(off, str) and off else off or 0
            if not argument or value not in (None, off):
                yield Rule(row["rule"], argument, off, None, by_line)


@cache
def _rows() -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The rules of each filter that is known."""
    rows = groupby(read_table("filter_rules.tsv"), key=lambda row: row["filter"])
    return {name: list(of_filter) for name, of_filter in rows}


def _class_of(name: str) -> Any:
    if name not in _rows():
        raise UserError(f"unknown filter {name!r}{did_you_mean(name, _rows())} (known: {', '.join(_rows())})")
    return getattr(require("datatrove.pipeline.filters", EXTRA, WANTED_FOR), name)


def takes_words(name: str) -> bool:
    """Whether a filter asks for the language by whose rules words are told apart."""
    return "language" in inspect.signature(_class_of(name).__init__).parameters
