"""A part of a page: sentences and a table, as plain text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Block:
    """A heading, what is said under it, and a table, which may be empty."""

    title: str
    lines: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    texts: int = 99  # how many first columns are text; those after them are figures
    long: bool = False  # a table of sentences, to be folded where there is a page
