"""Text changed on purpose, to measure what a spelling costs: many strings at once, each by itself.

Which change suits which language is said in ``langcov.languages.perturbations``; here no language is known.
Upper case and NFD are those of Python's ``unicodedata``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from unicodedata import normalize

import numpy as np

from langcov.text.strings import Strings

END_BYTE = 0xFF
END = "\udcff"
"""Stands after each string while all are one ``str``; no UTF-8 has this byte, so no text holds it."""

Rewrite = Callable[[str], str]


@dataclass(frozen=True)
class Perturbation:
    """A change of spelling, made to each string as if it stood alone.

    Cutting at U+0020 before or after gives the same: a line changed is its words changed, so distinct
    words can be changed once each. A string may become empty (a number without its digits); none is lost
    and none is added.

    Attributes:
        name: as in results (``lookalike``).
        rewrite: the change of a whole text; keeps every ``END`` and makes none.
        confidence: ``high``, ``medium`` or ``low``: the least sure of the alphabet's letters that it changes;
            empty where a standard defines the change.
        sources: where the map of letters is from.

    >>> Perturbation("case", str.upper)(Strings.of(["алма", "", "ӏ ß"])).to_list()
    ['АЛМА', '', 'Ӏ SS']
    """

    name: str
    rewrite: Rewrite
    confidence: str = ""
    sources: tuple[str, ...] = ()

    def __call__(self, strings: Strings) -> Strings:
        """The strings changed, in their order, back to back in a buffer of their own."""
        packed = strings.packed()
        joined = np.insert(packed.data, packed.ends, END_BYTE)
        text = self.rewrite(str(joined.data, "utf-8", "surrogateescape"))
        data = np.frombuffer(text.encode("utf-8", "surrogateescape"), np.uint8)
        is_end = data == END_BYTE
        ends = np.flatnonzero(is_end)
        bounds = np.concatenate([[0], ends - np.arange(len(ends))])
        return Strings(data[~is_end], bounds[:-1], bounds[1:])


def upper(text: str, dotted: bool) -> str:
    """Full upper case (Unicode, 3.13, R1): ß becomes SS.

    Args:
        text: the text.
        dotted: i becomes İ, as in alphabets with an ı.
    """
    return (text.replace("i", "İ") if dotted else text).upper()


def without_digits(text: str) -> str:
    """The text without decimal digits (General_Category Nd); the spaces beside them stay."""
    return re.sub(r"\d+", "", text)


def through_code_page(text: str, page: str) -> str:
    """What is left of the text after a conversion to an 8-bit code page: "?" for what the page lacks.

    The same as ``text.encode(page, "replace").decode(page)``, but white space stays, so that words stay
    apart.

    >>> through_code_page("сүз — һүҙ", "cp1251")
    'с?з — ???'
    """
    lost = {char for char in set(text) - {END} if not (char.isspace() or char.encode(page, "ignore"))}
    return text.translate(dict.fromkeys(map(ord, lost), "?"))


def in_own_letters(alike: Mapping[str, str]) -> Rewrite:
    """A change of words that are written with letters of another script that look right.

    A word is a run of letters; it is changed if it holds a Cyrillic letter, or nothing but such letters and
    one of them beyond ASCII (``ĕç``). A word like *cop* may be English and stays.

    Args:
        alike: each letter of the other script, one code point, and the own one.

    >>> change = in_own_letters({"ç": "ҫ", "ĕ": "ӗ", "y": "у", "a": "а", "p": "р"})
    >>> change("пÿça ĕç пypт pay")
    'пÿҫа ӗҫ пурт pay'
    """
    table = str.maketrans({letter: own for letter, own in alike.items() if len(letter) == 1})

    def changed(found: re.Match[str]) -> str:
        word = found[0]
        own = any("\u0400" <= letter <= "\u052f" for letter in word)
        if own or (not word.isascii() and all(ord(letter) in table for letter in word)):
            return word.translate(table)
        return word

    return partial(re.compile(r"[^\W\d_]+").sub, changed)


def respell(letters: Mapping[str, str]) -> Rewrite:
    """A change that puts one letter for another wherever it stands.

    Args:
        letters: each letter, one code point or a letter with a mark, and what is put for it. A letter
            that becomes its own base is found in its decomposed form too.

    >>> change = respell({"ӧ": "о", "ё̄": "ё"})
    >>> change("ӧ ё̄ е̄"), change(normalize("NFD", "ӧ"))
    ('о ё е̄', 'о')
    """
    table = str.maketrans({letter: becomes for letter, becomes in letters.items() if len(letter) == 1})
    marks: dict[str, str] = {}
    for letter, becomes in letters.items():
        for form in {letter, normalize("NFD", letter)}:
            base = form[:-1].translate(table)
            if base and base in (becomes, normalize("NFD", becomes)):
                marks[base] = marks.get(base, "") + form[-1]
    sizes = sorted(set(map(len, marks)))
    lost = ["|".join(f"(?<={base})[{marks[base]}]+" for base in marks if len(base) == size) for size in sizes]
    return partial(_respell, table, "".join(set().union(*marks.values())), tuple(map(re.compile, lost)))


def _respell(table: dict[int, str], marks: str, lost: tuple[re.Pattern[str], ...], text: str) -> str:
    """Letters of one code point, and then marks that lose their hold: shorter bases first, so that a second
    time changes nothing."""
    text = text.translate(table)
    if any(mark in text for mark in marks):
        for pattern in lost:
            text = pattern.sub("", text)
    return text
