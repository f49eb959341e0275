"""What judges a document, whatever library it is from: the rules of a filter, and which are broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


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
    argument: str = ""
    off: float = 0
    number: int | None = None
    by_line: bool = False


@dataclass
class Judged:
    """What a filter says of a document.

    Attributes:
        broken: numbers of the rules that remove it, the first one as the library would say it.
        unjudged: of those that can't be told, as a broken rule could not be switched off alone.
        text: of the document when the filter is done with it: some take lines out.
        causes: what decided, as the filter itself tells it: the rule's number, and a word or a class.
    """

    broken: list[int]
    unjudged: set[int]
    text: str
    causes: list[tuple[int, str]]

    @classmethod
    def of(cls, text: str, broken: list[int], causes: list[tuple[int, str]] | None = None) -> Judged:
        """Where each rule was asked by itself."""
        return cls(broken, set(), text, causes or [])


class Filter(Protocol):
    """A filter as a recipe sets it (``langcov.filters.libraries``).

    Attributes:
        name: as the recipe calls it.
        rules: those that it applies, in its order; one that the recipe switches off is not among them.
        arguments: that it has, those of the library's own defaults too.
        stand_in: what is otherwise than in the library; empty where nothing is.
    """

    name: str
    rules: tuple[Rule, ...]
    arguments: dict[str, Any]
    stand_in: str

    def judge(self, text: str) -> Judged:
        """Which rules a document breaks.

        Raises:
            LibraryFailed: the library failed on the document.
        """

    def breaks(self, rule: int, text: str) -> bool:
        """Whether a document breaks one rule, the others left aside.

        Raises:
            LibraryFailed: the library failed on the document.
        """

    def remade(self, changed: Mapping[str, Any]) -> Filter:
        """The same filter with other arguments."""

    def decided(self, judged: Judged, text: str) -> Iterator[tuple[int, str]]:
        """Which words or characters decide, by rule: of the broken ones, or of all that look for words."""

    def wanted(self) -> Iterator[tuple[int, str]]:
        """The words that rules look for, found or not."""
