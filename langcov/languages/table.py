"""The facts of each language, in one table: names, codes, family, letters, labels of LID models.

``langcov/data/languages.tsv`` is made by ``tools/build_languages.py``. Its first row of a code is what
the bare code means (``crh`` is ``crh_Cyrl``); a macrolanguage that names files of corpora (``aze``, ``uzb``,
``mon``, ``zho``, ``fas``, ``bua``, ``est``) has a row of its own, other macrolanguage codes mean their only
member. A blank is a fact that no source gave.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from langcov.data import read_table
from langcov.errors import UserError

BASES = {"russian33": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "latin26": "abcdefghijklmnopqrstuvwxyz", "": ""}
_NAMED_IN = {
    "autonym": "autonym_source",
    "letters": "alphabet_source",
    "official_status_region": "official_status_source",
}
MODELS = ("lid176", "lid218e", "glotlid", "openlid", "cld3", "cld2", "lingua", "langid", "heliport")
_LOCALE = re.compile(r"([a-z]{2,3}(?:[-_][A-Z][a-z]{3})?)[-_][A-Z]{2}")
"""A locale: a language and a region."""
_WORD_LANGUAGE = re.compile(r"^язык | (язык|language)$")
_OTHER_SCRIPT = re.compile(
    r"abq.TR|az.(IQ|IR|RU)|kk.(AF|CN|IR|MN)|ky.(CN|TR)|mn.CN|sr.(ME|RO|TR)|tg.PK|ug.(KZ|MN)|uz.(AF|CN)|zh.(?!CN|SG).."
)
"""Regions where CLDR has a language in another script than elsewhere: it must be named."""


@dataclass(frozen=True)
class Language:
    """A language in one script and orthography; empty strings are facts not known.

    Attributes:
        id: ``tat_Cyrl``, ISO 639-3 and ISO 15924.
        orthography: empty for the main one, else the name of another in the same script (``yakutia``).
        name: in English.
        name_ru: in Russian.
        autonym: in the language itself, as its source spells it.
        other_names: further English names.
        other_names_ru: further Russian ones.
        scope: ``macrolanguage`` or empty.
        macrolanguage: ISO 639-3 code of the macrolanguage that holds it.
        facts: the whole row of the table by column (``langcov languages tat`` shows it with sources).
    """

    id: str
    orthography: str
    iso639_3: str
    script: str
    iso639_1: str
    name: str
    name_ru: str
    autonym: str
    other_names: tuple[str, ...]
    other_names_ru: tuple[str, ...]
    family: str
    branch: str
    scope: str
    macrolanguage: str
    glottocode: str
    facts: Mapping[str, str] = field(repr=False, hash=False)


def all_languages() -> list[Language]:
    """Every language and script in its main orthography, in the order of the table."""
    return [language for language in _table() if not language.orthography]


def orthographies(language: Language) -> list[Language]:
    """The orthographies of a language in its script, the main one first.

    >>> [even.orthography for even in orthographies(find("eve"))]
    ['', 'yakutia']
    """
    return [other for other in _table() if other.id == language.id]


def find(text: str) -> Language:
    """The language that a code or a name means, in its main orthography.

    Args:
        text: ``tat_Cyrl``, ``tt-Cyrl``, ``tat``, ``tt``, ``tt_RU``, a Glottocode, or a name in English, in
            Russian or in the language itself; upper or lower case, any Unicode normal form.

    Raises:
        UserError: nothing has that code or name (the nearest are suggested), or several languages have.

    >>> find("tt").id, find("Татарча").id, find("uz-Cyrl").id
    ('tat_Cyrl', 'tat_Cyrl', 'uzn_Cyrl')
    """
    key = _key(text)
    # As a heading has it: "татарский язык", "язык коми", "Tatar language".
    bare = _WORD_LANGUAGE.sub("", key)
    found = next((names[one] for one in (key, bare) for names in _indexes() if one in names), [])
    locale = _LOCALE.fullmatch(text)
    if not found and locale and not _OTHER_SCRIPT.fullmatch(text):
        return find(locale[1])
    languages = [_by_id()[id] for id in found]
    if len(languages) > 1:  # a macrolanguage that no model knows stands in nobody's way
        languages = [one for one in languages if not one.scope or any(lid_label(one, m) for m in MODELS)]
    codes = {language.iso639_3 for language in languages}
    widest = [language for language in languages if language.macrolanguage not in codes]
    if len({language.iso639_3 for language in widest}) > 1:
        named = ", ".join(map(_with_id, widest))
        raise UserError(f"{text!r} means several languages; name one: {named}")
    if widest:
        return widest[0]
    raise UserError(f"unknown language {text!r}: {_nearest(bare)}'langcov languages' lists all")


def _with_id(language: Language) -> str:
    return f"{language.name} ({language.id})"


def members(macrolanguage: str) -> list[Language]:
    """The languages of a macrolanguage, by its ISO 639-3 code.

    >>> [language.id for language in members("kom")]
    ['kpv_Cyrl', 'koi_Cyrl']
    """
    return [language for language in all_languages() if language.macrolanguage == macrolanguage]


def alphabet(language: Language) -> tuple[str, ...]:
    """The letters, lower case and then upper case, each one grapheme in NFC; empty if not known.

    A letter with a mark that NFC does not compose is one string; digraphs are apart
    (``facts["digraphs"]``), so are optional and variant letters. The palochka is U+04CF and, as its
    upper case, U+04C0.

    >>> "".join(alphabet(find("tat"))[33:39])
    'әҗңөүһ'
    """
    letters, base = language.facts["letters"], BASES[language.facts["base"]]
    if not letters:
        return ()
    missing = language.facts["base_missing"].split()
    lower = [letter for letter in base if letter not in missing]
    lower += [letter for letter in letters.split() if letters != "(none)"]
    return both_cases(lower, language)


_NEW_CAPITALS = {"\u1c8a": "\u1c89"}
"""Capitals of Unicode 16, which Python knows from 3.14 on."""


def both_cases(letters: Collection[str], language: Language) -> tuple[str, ...]:
    """Lower-case letters and then their capitals, as the language writes them, in NFC.

    i has the capital İ where the alphabet has an ı; ß has none of one letter; Georgian text uses none.

    >>> both_cases("iə", find("aze"))
    ('i', 'ə', 'İ', 'Ə')
    """
    dotted = "ı" in language.facts["letters"].split()
    odd = {"i": "İ"} if dotted else {}
    capitals = [(_NEW_CAPITALS | odd).get(letter, letter.upper()) for letter in letters]
    made = [unicodedata.normalize("NFC", capital) for capital in capitals if language.script != "Geor"]
    single = [capital for capital in made if sum(not unicodedata.combining(char) for char in capital) == 1]
    return tuple(dict.fromkeys((*letters, *single)))


def lid_label(language: Language, model: str) -> str | None:
    """The label that a LID model gives the language, None if no source lists one.

    Raises:
        UserError: the model is not one of them.

    >>> lid_label(find("tat"), "glotlid"), lid_label(find("ykg"), "glotlid")
    ('tat_Cyrl', None)
    """
    if model not in MODELS:
        raise UserError(f"no labels are known of the model {model!r}: known are {', '.join(MODELS)}")
    return language.facts[f"label_{model}"] or None


def sources(language: Language) -> dict[str, str]:
    """Where each known fact is from, by column (the columns that name sources themselves are left out)."""
    found = {row["column"]: row["source"] for row in read_table("languages_columns.tsv")}
    added = [fact for fact in read_table("added_facts.tsv") if fact["id"][:3] == language.iso639_3]
    for fact in sorted(added, key=lambda fact: fact["id"] == language.id):
        if fact["value"] == language.facts[fact["column"]]:
            found[fact["column"]] = fact["source"]
    for column, named_in in _NAMED_IN.items():
        found[column] = language.facts[named_in] or found[column]
        del found[named_in]
    return {column: source for column, source in found.items() if language.facts[column]}


_KINDS = ((0, 1, 2), (3, 6), (4,), (5, 7))
"""Which of the indexes hold one kind of name: codes, English names, own names, Russian names."""


def _script_of(name: str) -> str:
    """The script of a name, as Unicode calls it, by its first letter."""
    letter = next(filter(str.isalpha, name), " ")
    return unicodedata.name(letter, " ").split(" ")[0]


def _nearest(key: str) -> str:
    """The languages with codes or names like it, of one kind and in one script, as a question, or nothing."""
    best: list[tuple[float, list[str]]] = []
    for kind in _KINDS[0 if re.fullmatch("[a-z]{2,3}( [a-z]{4})?", key) else 1 :]:
        names = {name: ids for index in kind for name, ids in _indexes()[index].items()}
        alike = [name for name in names if _script_of(name) == _script_of(key) and not re.search(r"\d", name)]
        parts = [name for name in alike if key in name.split()]  # балкарский of карачаево-балкарский
        if near := parts or difflib.get_close_matches(key, alike, n=3, cutoff=0.65):
            likeness = 1.0 if parts else difflib.SequenceMatcher(None, near[0], key).ratio()
            best.append((likeness, [id for name in near for id in names[name]]))
    ids = max(best, default=(0.0, []))[1]
    listed = " or ".join(_with_id(find(code)) for code in dict.fromkeys(id[:3] for id in ids))
    return f"did you mean {listed}? " if listed else ""


@lru_cache(maxsize=1)
def _table() -> tuple[Language, ...]:
    return tuple(map(_language, read_table("languages.tsv")))


def _language(row: dict[str, str]) -> Language:
    named: dict[str, Any] = {name: row[name] for name in Language.__annotations__ if name in row}
    named |= {name: tuple(filter(None, row[name].split("; "))) for name in ("other_names", "other_names_ru")}
    return Language(name=row["name_en"], facts=row, **named)


@lru_cache(maxsize=1)
def _by_id() -> dict[str, Language]:
    return {language.id: language for language in all_languages()}


def _key(text: str) -> str:
    """What two spellings of one code or name have in common."""
    return re.sub(r"[-_\s]+", " ", unicodedata.normalize("NFC", text).casefold()).strip()


@lru_cache(maxsize=1)
def _indexes() -> tuple[dict[str, list[str]], ...]:
    """Ids by code or name: the first of these that knows a text decides what it means."""
    aliases = {
        language.macrolanguage: language.facts["cldr_alias"].removesuffix(" (macrolanguage)")
        for language in all_languages()
        if language.facts["cldr_alias"].endswith(" (macrolanguage)")
    }
    indexes: tuple[dict[str, list[str]], ...] = tuple({} for _ in range(8))
    for language in all_languages():
        for index, texts in zip(indexes, _names(language, aliases.get(language.macrolanguage, ""))):
            for key in {_key(text) for text in texts} - {""}:
                index.setdefault(key, []).append(language.id)
    return indexes


def _names(language: Language, alias: str) -> tuple[list[str], ...]:
    """What a language may be called, the surest first; alias: another code of its macrolanguage."""
    codes = [code for code in (language.iso639_3, language.iso639_1) if code]
    macros = [code for code in (language.macrolanguage, alias) if code]
    return (
        [f"{code}_{language.script}" for code in codes],
        [*codes, language.glottocode],
        [*macros, *(f"{code}_{language.script}" for code in macros)],
        [language.name],
        [language.autonym],
        [language.name_ru],
        [*language.other_names, language.facts["glottolog_name"]],
        [*language.other_names_ru],
    )
