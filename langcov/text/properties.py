"""The character properties of Unicode 17.0.0 that text is cut and counted by, one byte a code point.

The tables are made by ``tools/build_unicode.py`` and read on first use.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

UNICODE_VERSION = "17.0.0"
CODE_POINTS = 0x110000

Property = Literal[
    "word_break", "grapheme_break", "conjunct_break", "pictographic", "white_space", "alphanumeric", "script"
]


WordBreak = IntEnum(
    "WordBreak",
    "Other CR LF Newline Extend ZWJ Regional_Indicator Format Katakana Hebrew_Letter ALetter "
    "Single_Quote Double_Quote MidNumLet MidLetter MidNum Numeric ExtendNumLet WSegSpace",
    start=0,
)
"""Values of Word_Break (UAX #29, table 3)."""


GraphemeBreak = IntEnum(
    "GraphemeBreak",
    "Other CR LF Control Extend ZWJ Regional_Indicator Prepend SpacingMark L V T LV LVT",
    start=0,
)
"""Values of Grapheme_Cluster_Break (UAX #29, table 2)."""


ConjunctBreak = IntEnum("ConjunctBreak", "Other Linker Consonant Extend", start=0)
"""Values of Indic_Conjunct_Break (UAX #44); ``Other`` is its ``None``, no name for a member in Python."""


@cache
def table(name: Property) -> NDArray[np.uint8]:
    """One property for every code point, uint8 [0x110000].

    ``pictographic`` is Extended_Pictographic, ``white_space`` is White_Space; ``alphanumeric`` says "a
    letter or a digit": General_Category L* or N* (so also ½, Ⅷ and ideographs, but no lone mark). ``script``
    is the index in ``scripts()`` of a letter's (L*) Script; 0 for a letter of no one script (ʼ) and all else.

    >>> int(table("white_space")[0x202F]), int(table("alphanumeric")[ord("ӑ")])
    (1, 1)
    >>> scripts()[table("script")[ord("ӑ")]]
    'Cyrl'
    """
    starts, values = _read(f"{name}_starts", f"{name}_values")
    full: NDArray[np.uint8] = np.repeat(values, np.diff(starts, append=CODE_POINTS))
    full.flags.writeable = False
    return full


@cache
def scripts() -> tuple[str, ...]:
    """The ISO 15924 codes of Unicode's scripts, in the order of the alphabet after ``Zyyy``, which is none.

    >>> len(scripts()), scripts()[0], "Cyrl" in scripts()
    (173, 'Zyyy', True)
    """
    (names,) = _read("scripts")
    return tuple(names.tolist())


def _read(*names: str) -> list[NDArray[Any]]:
    with (files("langcov.data") / "unicode.npz").open("rb") as file, np.load(file) as arrays:
        return [arrays[name] for name in names]
