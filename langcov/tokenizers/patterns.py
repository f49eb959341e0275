r"""When the matches of a regex keep to one side of a cut: a proof from its syntax.

A cut is before a U+0020 that follows a character other than white space (``langcov.text.units``). A pattern
is local if each of its alternatives is: white space first, then at most one character of any kind, then only
what can't be a U+0020; and it looks at nothing else. Then no match reaches over a cut, one that ends there
ends as at the end of a text, and what follows a cut is matched as at the start of one. Behind white space
alone a match may look whether the text ends (``\s+$``); behind anything it may look for white space or the
end (``(?!\S)``), which a cut is as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

# A class may hold classes, as in the dialects of Oniguruma and Rust.
_SYNTAX = regex.compile(
    r"""
      (?P<bar> \|) | (?P<look> \(\?!\\S\)) | (?P<end> \$)
    | (?P<atom> \\[pP]\{[^{}]+\} | \\[sSdDwWrntfv] | \\[^\w]
        | (?P<class> \[ (?: \\. | [^\[\]\\] | (?&class))* \])
        | (?P<group> \( (?: \\. | [^()\[\]\\] | (?&class) | (?&group))* \))
        | [^\\()\[\]*+?{}|^$] )
      (?P<times> (?: [?*+] | \{ \d+ (?:,\d*)? \}) [?+]? )?
    """,
    regex.VERBOSE | regex.DOTALL,
)
_WHITE = {r"\s", " ", r"[\s]", "[ ]", r"\r", r"\n", "\r", "\n", r"[\r\n]", "[\r\n]"}
_MANY = 2


class _Item(NamedTuple):
    """A part of an alternative.

    Attributes:
        kind: ``atom``, ``look`` or ``end``.
        space, white: whether it can match a U+0020; and nothing but white space.
        fewest, most: how many times; ``_MANY`` stands for all above 1.
    """

    kind: str
    space: bool = False
    white: bool = True
    fewest: int = 0
    most: int = 0


def is_local(pattern: str) -> bool:
    """Whether no match of the pattern reaches over a cut or depends on what stands beyond it."""
    found = _alternatives(pattern)
    return found is not None and all(map(_keeps_to_its_side, found))


def cuts_before_space(pattern: str) -> bool:
    """Whether the pattern is local and also begins a match at every cut, so that nothing spans it.

    >>> cuts_before_space(r" ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+")
    True
    >>> cuts_before_space(r"\\p{L}+ \\p{L}+|\\s+"), cuts_before_space(r"\\w+\\b|\\s+")
    (False, False)
    """
    return is_local(pattern) and any(map(_takes_any_space, _alternatives(pattern) or []))


def cutter(pattern: str) -> Callable[[str], list[int]]:
    """Where a pattern begins anew in a text, in code points.

    >>> cutter(r" ?\\p{L}+|\\s+")("ак барс")
    [0, 2]
    """
    found = regex.compile(pattern)
    return lambda text: [match.start() for match in found.finditer(text)]


def _keeps_to_its_side(items: list[_Item]) -> bool:
    begun = False
    for place, item in enumerate(items):
        if item.kind == "end" and (begun or not any(before.fewest for before in items[:place])):
            return False
        if item.space and (begun or not (item.white or item.most == 1)):
            return False
        begun |= not item.white
    return any(item.fewest for item in items)


def _takes_any_space(items: list[_Item]) -> bool:
    """Whether an alternative matches each U+0020, whatever follows."""
    return len(items) == 1 and items[0].space and items[0].white


@lru_cache
def _alternatives(pattern: str) -> list[list[_Item]] | None:
    """The alternatives of a pattern; None if it has anything that is not known here."""
    parts: list[list[_Item]] = [[]]
    reached = 0
    try:
        for part in _parts(pattern):
            reached += len(part[0])
            if part["bar"]:
                parts.append([])
            else:
                parts[-1].append(_item(part))
    except (ValueError, regex.error):
        return None
    return parts if reached == len(pattern) else None


def _parts(pattern: str) -> Iterator[regex.Match[str]]:
    """What a pattern is made of, as far as it is known."""
    at = 0
    while at < len(pattern) and (part := _SYNTAX.match(pattern, at)):
        yield part
        at = part.end()


def _item(part: regex.Match[str]) -> _Item:
    """A part that isn't a bar.

    Raises:
        ValueError: a class of one dialect, or a group that is more than texts without white space.
        regex.error: no regex.
    """
    if part["look"] or part["end"]:
        return _Item("look" if part["look"] else "end")
    fewest, most = _times(part["times"] or "")
    atom = part["atom"]
    if part["group"]:
        return _Item("atom", False, False, fewest if _texts(atom) else 0, most)
    if regex.search(r"--|~~|\|\|", atom):
        raise ValueError("a class that is not the same in all dialects")
    space = regex.fullmatch("(?V1)" + atom, " ") is not None
    return _Item("atom", space, atom in _WHITE, fewest, most)


def _texts(group: str) -> bool:
    """See that nothing in a group can match a U+0020 or look around; whether it matches no empty text."""
    head = regex.match(r"\((?:\?i?:)?(?!\?)", group)
    inner = _alternatives(group[head.end() : -1]) if head else None
    if inner is None or any(item.space or item.kind != "atom" for items in inner for item in items):
        raise ValueError("a group that is not known")
    return all(any(item.fewest for item in items) for items in inner)


def _times(quantifier: str) -> tuple[int, int]:
    """How many times at least and at most, as far as it matters."""
    if quantifier[:1] in ("?", "*", "+", ""):
        return int(quantifier[:1] in ("+", "")), 1 if quantifier[:1] in ("?", "") else _MANY
    fewest, comma, most = quantifier.rstrip("?+")[1:-1].partition(",")
    return min(int(fewest), _MANY), min(int(most or _MANY) if comma else int(fewest), _MANY)
