"""The names of languages and scripts in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from langcov.core.composed import said
from langcov.core.ui import language
from langcov.data import read_table
from langcov.errors import LangcovError
from langcov.languages import Language, all_languages


def spoken_name(known: Language) -> str:
    """The name of a language of the table."""
    return known.name_ru if language() == "ru" else known.name


def language_name(id: str) -> str:
    """The name that a language has by its id or code; anything else as it is.

    >>> language_name("tat_Cyrl"), language_name("nor_Latn"), language_name("12"), language_name("qaa_Latn")
    ('Tatar', 'Norwegian', '12', 'qaa_Latn')
    """
    code = id.partition("_")[0]
    if known := _known().get(id) or _known().get(code):
        return spoken_name(known)
    return _others().get(code, {language(): id})[language()]


def language_title(id: str) -> str:
    """What a heading calls a language: in English its name alone, else ``чеченский язык``, ``язык коми``."""
    name = language_name(id)
    if language() == "en" or name == id:
        return name
    return f"{name} язык" if name.endswith("ий") else f"язык {name}"


def with_language_names(text: str) -> str:
    """A text in which the English names of languages before their ids are those that the reader has."""
    for id in re.findall(r"\(([a-z]{3}_[A-Z][a-z]{3})\)", text) if language() != "en" else ():
        if known := _known().get(id):
            text = text.replace(f"{known.name} ({id})", f"{spoken_name(known)} ({id})")
    return text


def in_words(message: object) -> str:
    """A message that was composed in English, with the names of languages, in the language that is spoken."""
    return str(message) if language() == "en" else with_language_names(said(str(message)))


def warning_in_words(message: str, *values: object) -> str:
    """A warning as it was logged, with its values, in the language that is spoken."""
    told = (in_words(one) if isinstance(one, (str, LangcovError)) else one for one in values)
    return said(message) % tuple(told)


def script_name(code: str) -> str:
    """What the reader calls a script; English has its code in ISO 15924, as has what is not known."""
    return code if language() == "en" else _writings().get(code, code)


@cache
def _known() -> Mapping[str, Language]:
    """The languages of the table by id and by code."""
    rows = all_languages()
    return {one.iso639_3: one for one in reversed(rows)} | {one.id: one for one in rows}


@cache
def _others() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in read_table("language_names.tsv")}


@cache
def _writings() -> Mapping[str, str]:
    rows = read_table("character_names_ru.tsv")
    return {row["name"]: row["ru"] for row in rows if row["kind"] == "writing"}
