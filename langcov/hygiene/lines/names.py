"""What of a line is names: these are written alike in all languages, and are in none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import regex

_GRAMMAR = """
a an and at by for from in of or that the these this to was were with you your
"""
_ENGLISH = frozenset(_GRAMMAR.split())
"""Function words of English; not those that Estonian and Finnish have as well (``on``, ``is``)."""

FEWEST = 2
"""Ordinary words, or function words of a title, by which a line is judged."""

NAMED, KIND = 2, 3
"""Words of a name that a line begins with, and ordinary words besides the one behind it."""

LISTED = 2
"""Different words for each line of a text that a list of names has fewer of."""

_NAME = regex.compile(r"(?<![\p{L}\p{M}'’ʼ\p{Pd}])\p{Lu}[\p{L}\p{M}'’ʼ\p{Pd}]*")


def without_names(lines: Sequence[str]) -> list[str]:
    """Some lines without their words that begin with a capital.

    >>> without_names(["Аҡ диңгеҙ"])
    [' диңгеҙ']
    """
    return [_NAME.sub("", line) for line in lines]


def is_list_of_names(words: Sequence[Sequence[str]]) -> bool:
    """Whether a text is a list of names or terms: of countries, time zones, days.

    Args:
        words: of each line, in small letters.

    >>> is_list_of_names([["кения"], ["аҡ", "диңгеҙ"]]), is_list_of_names([["мин", "бында"]])
    (True, False)
    """
    different = {word for line in words for word in line}
    return len(different) < LISTED * sum(map(bool, words))


def ordinary(words: Sequence[str]) -> list[str]:
    """The words of a line that are no names, if there are two.

    They are in small letters; so the first one is none if a capital comes next. In lines of nothing but
    capitals, and in scripts that have none, all words are ordinary. The word behind a name that a line begins
    with is of the name (``Vector Graphics format``), if three others follow.

    >>> ordinary(["Avaa", "Web", "Storen", "sivu"]), ordinary(["Avaa", "uusi", "sivu"])
    ([], ['Avaa', 'uusi', 'sivu'])
    >>> ordinary("Portable Document format on hyvin yleinen".split())
    ['on', 'hyvin', 'yleinen']
    """
    if all(map(str.isupper, words)):
        return [*words]
    small = [not word[0].isupper() for word in words]
    small[0] |= small[1:2] == [True]
    kind = small.index(True) if True in small else 0
    if kind >= NAMED and sum(small) > KIND:
        small[kind] = False
    return list(compress(words, small)) if sum(small) >= FEWEST else []


def is_english_title(words: Sequence[str]) -> bool:
    """Whether nothing but function words of English stands between the names of a line.

    >>> is_english_title("The Catalogue of Planetary Nebulae".split())
    True
    >>> is_english_title("Avaa The Lord of the Rings".split())
    False
    >>> is_english_title("The Lord of the Rings avautuu".split())
    False
    """
    grammar = [word.lower() in _ENGLISH for word in words]
    others = [word for word, known in zip(words, grammar) if not known]
    return grammar[0] and sum(grammar) >= FEWEST and all(word[0].isupper() for word in others)
