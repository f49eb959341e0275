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


class WordBreak(IntEnum):
    """Values of Word_Break (UAX #29, table 3)."""

    Other = 0
    CR = 1
    LF = 2
    Newline = 3
    Extend = 4
    ZWJ = 5
    Regional_Indicator = 6
    Format = 7
    Katakana = 8
    Hebrew_Letter = 9
    ALetter = 10
    Single_Quote = 11
    Double_Quote = 12
    MidNumLet = 13
    MidLetter = 14
    MidNum = 15
    Numeric = 16
    ExtendNumLet = 17
    WSegSpace = 18


class GraphemeBreak(IntEnum):
    """Values of Grapheme_Cluster_Break (UAX #29, table 2)."""

    Other = 0
    CR = 1
    LF = 2
    Control = 3
    Extend = 4
    ZWJ = 5
    Regional_Indicator = 6
    Prepend = 7
    SpacingMark = 8
    L = 9
    V = 10
    T = 11
    LV = 12
    LVT = 13


class ConjunctBreak(IntEnum):
    """Values of Indic_Conjunct_Break (UAX #44); ``Other`` is its ``None``, no name for a member in Python."""

    Other = 0
    Linker = 1
    Consonant = 2
    Extend = 3


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
