"""What filters share that tell all of their rules at once; and plain text as a page, for some."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from html import escape
from typing import Any

from langcov.filters.rules import Judged, Rule


class Plain(ABC):
    """A filter whose every rule is asked by itself, so that nothing needs to be switched off."""

    def __init__(
        self, name: str, rules: tuple[Rule, ...], arguments: dict[str, Any], stand_in: str = ""
    ) -> None:
        self.name, self.rules, self.arguments, self.stand_in = name, rules, arguments, stand_in

    @abstractmethod
    def judge(self, text: str) -> Judged:
        """Which rules a document breaks."""

    def breaks(self, rule: int, text: str) -> bool:
        """Whether a document breaks one rule."""
        return rule in self.judge(text).broken

    def decided(self, judged: Judged, text: str) -> Iterator[tuple[int, str]]:
        """What it told when it judged."""
        return iter(judged.causes)

    def wanted(self) -> Iterator[tuple[int, str]]:
        """It doesn't look for words."""
        return iter(())


def page(text: str) -> str:
    """The text as a web page, a paragraph each line.

    >>> page("a < b\\n\\nc")
    '<html><body><p>a &lt; b</p><p>c</p></body></html>'
    """
    lines = (line for line in text.split("\n") if line.strip())
    return f"<html><body>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</body></html>"
