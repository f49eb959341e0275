"""The alphabet of a language with code points, names, keys, and what is found in the place of its letters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import groupby

from langcov.core import ui
from langcov.core.ui import _, plural
from langcov.data import read_table
from langcov.languages import BASES, Language, alphabet, both_cases
from langcov.languages.alphabets import alphabet_of
from langcov.report.characters import spoken_name_of
from langcov.report.languages.block import Block

SOURCE = "xkeyboard-config 2.35.1"
"""The version that ``keyboards.tsv`` is made of."""
_PLAIN = frozenset("".join(BASES.values()))
"""Letters that every Russian or English keyboard has."""


def letters(language: Language) -> Block:
    """The alphabet of one orthography, and a row for each letter that is not a Russian one or of a-z."""
    title = _("Alphabet")
    if language.orthography:
        title = _("Alphabet, orthography {name}", name=language.orthography)
    pairs = _pairs(language)
    if not pairs:
        return Block(
            title, [_("No source that was read gives its letters."), language.facts["alphabet_note"]]
        )
    layouts = _layouts(language.id)
    wrong = _wrong(language)
    rows = [
        [
            pair,
            _points(pair) + (f"\n{spoken_name_of(lower)[7:]}" if len(lower) == 1 else ""),
            *(keys.get(lower, "–") for keys in layouts.values()),
            " ".join(wrong.get(lower, [])),
        ]
        for lower, pair in pairs.items()
        if lower not in _PLAIN
    ]
    digraphs = language.facts["digraphs"]
    heads = [_("letter"), _("code points"), *layouts, _("seen in its place")]
    said = [
        plural(
            "{n} letter: {letters}", "{n} letters: {letters}", len(pairs), letters=" ".join(pairs.values())
        ),
        *([_("Letters of more than one character: {letters}", letters=digraphs)] if digraphs else []),
        *_typing(language, layouts),
    ]
    return Block(title, said, heads if rows else [], rows)


def _pairs(language: Language) -> dict[str, str]:
    """By lower-case letter, the letter in both cases, the capital first."""
    pairs: dict[str, str] = {}
    for letter in alphabet(language):  # lower case first
        if not any(letter in pair for pair in pairs.values()):
            pairs[letter] = "".join(reversed(both_cases([letter], language)))
    return pairs


def _points(text: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in text)


def _wrong(language: Language) -> dict[str, list[str]]:
    """The characters that the checks know in the place of a letter, by lower-case letter."""
    known = alphabet_of(language.id, language.orthography)
    found: dict[str, list[str]] = {}
    for wrong, fold in known.folds.items() if known else ():
        found.setdefault(fold.right.lower(), []).append(wrong)
    for wrong, rights in known.keyboard.items() if known else ():
        found.setdefault(rights[0].lower(), []).append(wrong)
    return found


@cache
def _keyboards() -> Mapping[str, list[dict[str, str]]]:
    rows = read_table("keyboards.tsv")
    return {id: list(of_language) for id, of_language in groupby(rows, key=lambda row: row["id"])}


def _layouts(id: str) -> dict[str, dict[str, str]]:
    """By layout the key of each letter, as it is engraved on a Russian keyboard and on one of the US."""
    found: dict[str, dict[str, str]] = {}
    for row in _keyboards().get(id, []):
        if row["layout"] and row["key"]:
            engraved = dict.fromkeys(mark.upper() for mark in (row["ru"], row["us"]) if mark)
            key = " ".join(engraved) or row["key"]
            keys = found.setdefault(row["layout"], {})
            keys[row["letter"]] = f"{row['mods']} + {key}" if row["mods"] else key
    return found


def _typing(language: Language, layouts: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What the layouts are, or what none of them types."""
    rows = _keyboards().get(language.id, [])
    if not rows:
        return []
    if layouts:
        name = "name_ru" if ui.language() == "ru" else "name"
        names = ", ".join(dict.fromkeys(f"{row[name]} {row['layout']}" for row in rows))
        keys = _(
            "a key is named as it is engraved, on a Russian keyboard first, then on that of the US; "
            "–: no key of its own"
        )
        return [_("Keyboard layouts ({source}): {names}; {keys}.", source=SOURCE, names=names, keys=keys)]
    nowhere = " ".join(row["letter"] for row in rows)
    if nowhere:
        return [_("No keyboard layout of {source} has a key for: {letters}", source=SOURCE, letters=nowhere)]
    return [_("No keyboard layout of {source} types all its letters.", source=SOURCE)]
