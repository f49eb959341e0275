"""Filters of ``datatrove``, and which of their rules a document breaks: the library runs each rule once."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from langcov.core.libraries import is_library_failure, one_line, require
from langcov.data import read_table
from langcov.errors import LibraryFailed, UserError
from langcov.filters.libraries.base import Setting, checked, known_filter
from langcov.filters.libraries.causes import decided, listed
from langcov.filters.libraries.words import words_of
from langcov.filters.recipe import EXTRA, WANTED_FOR
from langcov.filters.rules import Judged, Rule

_NUMBERED = "{n}"
_OFF = {"inf": float("inf"), "false": False}


class Datatrove:
    """A filter of the library.

    Args:
        name: its class in ``datatrove.pipeline.filters``.
        arguments: for it.

    Attributes:
        whole: the filter of the library.

    Raises:
        UserError: the library has no such filter, or it has no such argument.
    """

    def __init__(self, name: str, arguments: Mapping[str, Any], stand_in: str = "") -> None:
        self._class, self.name, self.stand_in = _class_of(name), name, stand_in
        self.arguments = checked(name, self._class.__init__, arguments)
        self.rules = tuple(self._active())
        self.whole = self._class(**self.arguments)
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
        judged, off = Judged.of(text, []), frozenset[int]()
        while (broken := self._ask(judged, off, text)) is not None:
            judged.broken.append(broken)
            done = self._with_kept(broken)
            judged.unjudged |= self._shared(broken) - off
            off |= done | judged.unjudged
            if not self.rules[broken].argument or len(off) == len(self.rules):
                break
        return judged

    def remade(self, changed: Mapping[str, Any]) -> Datatrove:
        """The same filter with other arguments."""
        return Datatrove(self.name, {**self.arguments, **changed}, self.stand_in)

    def breaks(self, rule: int, text: str) -> bool:
        """Whether a document breaks one rule, the others switched off."""
        mine = self._key(rule)
        others = frozenset(i for i in range(len(self.rules)) if self._key(i) != mine)
        return self._ask(Judged.of(text, []), others, text) == rule

    def decided(self, judged: Judged, text: str) -> Iterator[tuple[int, str]]:
        for number, rule in enumerate(self.rules):
            yield from (
                (number, item) for item in decided(rule.name, number in judged.broken, self.whole, text)
            )

    def wanted(self) -> Iterator[tuple[int, str]]:
        for number, rule in enumerate(self.rules):
            yield from ((number, item) for item in listed(rule.name, self.whole))

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
        return {i for i in later if self._key(i) == self._key(broken)}

    def _key(self, rule: int) -> tuple[str, int | None]:
        """What is set to switch it off."""
        return self.rules[rule].argument, self.rules[rule].number

    def _without(self, off: frozenset[int]) -> Any:
        """The filter with some rules switched off."""
        if off not in self._made:
            self._made[off] = self._class(**self.arguments | self._switched_off(off))
        return self._made[off]

    def _switched_off(self, off: Iterable[int]) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        for rule in (self.rules[i] for i in off):
            if rule.number is None:
                changed[rule.argument] = rule.off
            elif rule.argument:
                left = changed.get(rule.argument, self.arguments[rule.argument])
                changed[rule.argument] = [(n, limit) for n, limit in left if n != rule.number]
        changed.pop("", None)
        return changed

    def _active(self) -> Iterator[Rule]:
        for row in _rows()[self.name]:
            argument, by_line = row["argument"], row["scope"] == "line"
            value = self.arguments.get(argument)
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
    known_filter(name, "datatrove", _rows())
    return getattr(require("datatrove.pipeline.filters", EXTRA, WANTED_FOR), name)


def make(name: str, arguments: Mapping[str, Any], setting: Setting) -> Datatrove | str:
    """A filter of the library for a language, or why it can't be judged.

    Raises:
        UserError: the library has no such filter, or it has no such argument.
    """
    if not takes_words(name):
        return Datatrove(name, arguments)
    words = words_of(setting.words, setting.strict)
    if words.language is None:
        return words.missing
    return Datatrove(name, {"language": words.language, **arguments}, words.stand_in)


def takes_words(name: str) -> bool:
    """Whether a filter asks for the language by whose rules words are told apart."""
    return "language" in inspect.signature(_class_of(name).__init__).parameters
