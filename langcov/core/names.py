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


def visible(text: object, but: str = "") -> str:
    r"""A name from outside on one line, whatever is in it; a terminal must not obey it, nor turn it round.

    Args:
        text: the name, a path, or what holds one.
        but: characters that stay as they are.

    >>> visible("a\x1b[31m\n\u202eb")
    'a\\x1b[31m\\n\\u202eb'
    """
    escaped = (c if c.isprintable() or c in but else c.encode("unicode_escape").decode() for c in str(text))
    return "".join(escaped)


def number_of(n: int, noun: str) -> str:
    """So many things, in English.

    >>> number_of(1, "row"), number_of(20, "row")
    ('1 row', '20 rows')
    """
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
