"""Names as people list them, and how many things there are."""

from __future__ import annotations

from collections.abc import Iterable

from langcov.errors import UserError


def several(names: str | Iterable[str]) -> list[str]:
    """One name or many, of which each may be several between commas.

    Raises:
        UserError: names are given and all are empty, as a variable of the shell may be: that is not none.

    >>> several(["a,b", "c"]), several("tat, bak")
    (['a', 'b', 'c'], ['tat', 'bak'])
    """
    given = [names] if isinstance(names, str) else list(names)
    found = [part for name in given for part in map(str.strip, name.split(",")) if part]
    if given and not found:
        raise UserError("a list of names is empty ('' or ','): leave the option out, or name something")
    return found


def number_of(n: int, noun: str) -> str:
    """So many things, in English.

    >>> number_of(1, "row"), number_of(20, "row")
    ('1 row', '20 rows')
    """
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
