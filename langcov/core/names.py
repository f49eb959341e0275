"""Names as people list them, and how many things there are."""

from __future__ import annotations

import re
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


UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
_RUSSIAN = str.maketrans("КМГИБ,", "KMGIB.")
"""Letters of units, and the decimal mark, as messages in Russian have them."""


def bytes_in(size: str) -> int:
    """A size as people write it, in bytes.

    Raises:
        ValueError: it is no such size.

    >>> bytes_in("64MB"), bytes_in("1.5 kB"), bytes_in("2MiB"), bytes_in("100"), bytes_in("1,5 МБ")
    (64000000, 1500, 2097152, 100, 1500000)
    """
    written = size.strip().upper()
    if re.search("[А-Я]", written):
        written = written.translate(_RUSSIAN)
    found = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)\s?([A-Z]*)", written)
    if not found or found[2] not in UNITS:
        raise ValueError(size)
    return int(float(found[1]) * UNITS[found[2]])


def size_of(n: int) -> str:
    """A number of bytes as ``bytes_in`` reads it, to three digits.

    >>> size_of(64000000), size_of(1234), size_of(7)
    ('64 MB', '1.23 kB', '7 bytes')
    """
    unit = next((unit for unit in ("GB", "MB", "kB") if n >= UNITS[unit.upper()]), None)
    return f"{n / UNITS[unit.upper()]:.3g} {unit}" if unit else f"{n} bytes"


def number_of(n: int, noun: str) -> str:
    """So many things, in English.

    >>> number_of(1, "row"), number_of(20, "row")
    ('1 row', '20 rows')
    """
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def cell_of(text: str) -> str:
    """Text as the cell of a table: what a spreadsheet would take for a formula gets an apostrophe.

    >>> cell_of("=да"), cell_of("да")
    ("'=да", 'да')
    """
    return f"'{text}" if text.startswith(tuple("=+-@\t\r")) else text
