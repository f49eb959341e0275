"""How figures, languages and names are written for a reader, the same in every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from math import floor, log10

from langcov.core.names import visible as visible
from langcov.core.ui import _
from langcov.errors import UserError
from langcov.languages import find, members

MOST = 3  # names spelled out before "and n more"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, unit: str = "") -> str:
    """A figure with about three digits; a share as per cent that never rounds to 0 or 100.

    >>> number(2.314), number(31.42), number(12921.6)
    ('2.31', '31.4', '12922')
    >>> [number(share, "share") for share in (0, 0.0004, 0.042, 0.42, 0.9999, 1, -0.042)]
    ['0', '<0.1 %', '4.2 %', '42 %', '>99.9 %', '100 %', '-4.2 %']
    >>> [number(price, "price") for price in (0, 0.0314, 0.3, 31.42)]
    ['0.00', '0.0314', '0.300', '31.4']
    """
    return _per_cent(value) if unit == "share" else f"{value:.{_digits(value, unit)}f}"


def _digits(value: float, unit: str = "") -> int:
    """Digits after the point: three in all, but no more than two after it unless it is a price."""
    if unit == "price" and 0 < value < 1:
        return 2 - floor(log10(value))
    return 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0


def _per_cent(value: float) -> str:
    if value == 0:
        return "0"
    if value < 0:
        return ">-0.1 %" if value > -0.001 else f"-{_per_cent(-value)}"
    if value < 0.001:
        return "<0.1 %"
    if 0.999 < value < 1:
        return ">99.9 %"
    return f"{100 * value:.0f} %" if 0.0995 <= value < 0.99 or value >= 1 else f"{100 * value:.1f} %"


def per_cent(share: float, *, sign: bool = False) -> str:
    """A share in per cent without the sign for it, to one digit that never rounds to 0 or 100.

    >>> [per_cent(share) for share in (0, 0.0004, 0.042, 0.876, 0.9999, 1)]
    ['0', '<0.1', '4.2', '87.6', '>99.9', '100']
    >>> [per_cent(change, sign=True) for change in (-0.125, 0, 0.00001, 0.25)]
    ['-12.5', '0', '+0.0', '+25.0']

    Args:
        sign: of a difference: ``+`` where it is above 0.
    """
    if share == 0 or (share == 1 and not sign):
        return f"{100 * share:.0f}"
    if sign:
        return f"{100 * share:+.1f}"
    return "<0.1" if share < 0.0005 else ">99.9" if share > 0.9995 else f"{100 * share:.1f}"


def spread(value: float, low: float, high: float, unit: str = "") -> str:
    """The wider half of an interval, with the digits that ``number`` gives the value; of a share in points.

    >>> spread(2.31, 2.26, 2.39), spread(31.4, 31.2, 31.5)
    ('0.08', '0.2')
    >>> spread(0.47, 0.451, 0.482, "share"), spread(-0.042, -0.05, -0.04, "share")
    ('2', '0.8')
    """
    if unit == "share":
        coarse = abs(value) >= 0.0995 and not 0.99 <= value < 1
        points = 100 * max(value - low, high - value)
        return f"{points:.{0 if coarse or not points else 1}f}"
    return f"{max(value - low, high - value):.{_digits(value, unit)}f}"


def title(metric: str) -> str:
    """A metric's name as words."""
    return metric.replace("_", " ")


def superscript(index: int) -> str:
    """The number of a footnote.

    >>> superscript(12)
    '¹²'
    """
    return str(index).translate(_SUPERSCRIPTS)


def language_names(ids: Sequence[str]) -> dict[str, str]:
    """English names by id; the script is added where two of the languages share a name.

    >>> language_names(["srp_Cyrl", "srp_Latn", "tat_Cyrl", "qaa_Latn"])
    {'srp_Cyrl': 'Serbian (Cyrl)', 'srp_Latn': 'Serbian (Latn)', 'tat_Cyrl': 'Tatar', 'qaa_Latn': 'qaa_Latn'}
    >>> language_names(["kom_Cyrl"])
    {'kom_Cyrl': 'Komi-Zyrian, Komi-Permyak'}
    """
    names = {id: _facts(id)[0] for id in ids}
    often = Counter(names.values())
    return {id: name if often[name] == 1 else f"{name} ({id[4:]})" for id, name in names.items()}


def family(id: str) -> str:
    """The family of a language; ``not classified`` where no fact is known."""
    return _facts(id)[1] or "not classified"


@cache
def _facts(id: str) -> tuple[str, str]:
    """Name and family: of the language, in another script, or of the members of a macrolanguage."""
    for text in (id, id.partition("_")[0]):
        with suppress(UserError):
            language = find(text)
            return language.name, language.family
    held = members(id.partition("_")[0])
    names = ", ".join(dict.fromkeys(language.name for language in held))
    return names or visible(id), held[0].family if held else ""


def span(numbers: Sequence[int]) -> str:
    """From the least to the greatest of some numbers."""
    low, high = min(numbers), max(numbers)
    return f"{low}" if low == high else _("{low} to {high}", low=low, high=high)


def some(items: Sequence[str]) -> str:
    """The first of some names, and how many more there are.

    >>> some(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    more = f" and {len(items) - MOST} more" if len(items) > MOST else ""
    return ", ".join(items[:MOST]) + more
