"""Bars of block characters, for a terminal that has room for them."""

from __future__ import annotations

import sys

LENGTH = 10  # columns of the longest one
BLOCKS = "▏▎▍▌▋▊▉█"


def bar(size: float | None, largest: float) -> str:
    """A bar as long as its share of the longest, to an eighth of a column; none of nothing.

    >>> bar(1.0, 4.0), bar(4.0, 4.0), bar(None, 4.0)
    ('██▌', '██████████', '')
    """
    whole, rest = divmod(round(8 * LENGTH * max(size or 0.0, 0.0) / largest), 8)
    if not _are_shown(BLOCKS):
        return "#" * (whole + (rest >= 4))
    return BLOCKS[-1] * whole + BLOCKS[rest - 1] * (rest > 0)


def _are_shown(characters: str) -> bool:
    """Whether the terminal has these characters."""
    try:
        characters.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeError:
        return False
    return True
