"""The names of characters in the language of the reader.

Unicode has English ones. Most are made of parts (CYRILLIC SMALL LETTER EN WITH HOOK), so that
``langcov/data/character_names_ru.tsv`` holds parts, and whole names of what has none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from langcov.core.ui import _, language
from langcov.data import read_table
from langcov.hygiene.engine.finding import name_of

_NAMED = re.compile(r"U\+([0-9A-F]{4,6}) ((?:[A-Z0-9-]+ ?)+|\(no name\))")
_LETTER = re.compile(r"(.+?) (?:(CAPITAL|SMALL) )?(?:LETTER|LIGATURE) (.+?)(?: WITH (.+))?")


def spoken_name_of(character: str) -> str:
    """A code point by number and name, as ``finding.name_of`` gives it in English.

    >>> spoken_name_of("ӏ")
    'U+04CF CYRILLIC SMALL LETTER PALOCHKA'
    """
    return name_of(character) if language() == "en" else f"U+{ord(character):04X} {_in_words(character)}"


def with_names(text: str) -> str:
    """A text with the names of characters that stand in it after their numbers, as the reader calls them."""
    return text if language() == "en" else _NAMED.sub(_renamed, text)


def _renamed(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    english, rest = name_of(character), match[0]
    return spoken_name_of(character) + rest[len(english) :] if rest.startswith(english) else rest


@cache
def _known() -> Mapping[tuple[str, str], str]:
    return {(row["kind"], row["name"]): row["ru"] for row in read_table("character_names_ru.tsv")}


def _in_words(character: str) -> str:
    """The Russian name; where no part of it is known, what kind of character it is, and it itself."""
    name, known = unicodedata.name(character, ""), _known()
    if whole := known.get(("whole", name)):
        return whole
    if name.startswith("COMBINING "):
        mark = known.get(("combining", name.removeprefix("COMBINING ")))
        return _("combining mark: {mark}", mark=mark) if mark else _("combining mark")
    parts = _LETTER.fullmatch(name)
    if parts and (script := known.get(("script", parts[1]))):
        cases = {"Lu": _("capital"), "Ll": _("small")} if parts[1] != "GEORGIAN" else {}
        case = cases.get(unicodedata.category(character), "")
        inside = _inside(*parts.groups())
        return " ".join(filter(None, (script, case, _("letter"), f"«{character}»", inside)))
    return _kind(unicodedata.category(character), character)


def _inside(script: str, case: str | None, base: str, marks: str | None) -> str:
    """What a letter is called, or made of, in brackets; nothing where it itself says as much."""
    known = _known()
    called = known.get(("letter", base), "")
    if marks:
        made = [known.get(("mark", mark), "") for mark in marks.split(" AND ")]
        bare = " ".join(filter(None, (script, case, "LETTER", base)))
        try:
            called = called or unicodedata.lookup(bare)
        except KeyError:
            called = ""
        called = f"{called} с {' и '.join(made)}" if called and all(made) else called
    return f"({called})" if called else ""


def _kind(category: str, character: str) -> str:
    """What a character is by its General_Category."""
    unseen = {
        "Cc": _("control character"),
        "Cf": _("invisible character"),
        "Co": _("private-use character"),
        "Cn": _("unassigned code point"),
        "Cs": _("half of a surrogate pair"),
        "Z": _("space"),
        "M": _("combining mark"),
    }
    if kind := unseen.get(category) or unseen.get(category[0]):
        return kind
    kinds = {"L": _("letter"), "N": _("digit or number"), "P": _("sign"), "S": _("sign")}
    return f"{kinds[category[0]]} «{character}»"
