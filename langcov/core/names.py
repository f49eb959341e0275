"""Names as people list them, and how many things there are."""

from __future__ import annotations

from collections.abc import Iterable


def several(names: str | Iterable[str]) -> list[str]:
    """One name or many, of which each may be several between commas.

    >>> several(["a,b", "c"]), several("tat, bak")
    (['a', 'b', 'c'], ['tat', 'bak'])
    """
    given = [names] if isinstance(names, str) else names
    return [part for name in given for part in map(str.strip, name.split(",")) if part]


def number_of(n: int, noun: str) -> str:
    """So many things, in English.

    >>> number_of(1, "row"), number_of(20, "row")
    ('1 row', '20 rows')
    """
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
