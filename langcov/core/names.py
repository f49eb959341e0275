"""Names as people list them."""

from __future__ import annotations

from collections.abc import Iterable


def several(names: str | Iterable[str]) -> list[str]:
    """One name or many, of which each may be several between commas.

    >>> several(["a,b", "c"]), several("tat, bak")
    (['a', 'b', 'c'], ['tat', 'bak'])
    """
    given = [names] if isinstance(names, str) else names
    return [part for name in given for part in map(str.strip, name.split(",")) if part]
