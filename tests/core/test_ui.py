"""Which language is spoken, and whether every sentence has a translation into it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from langcov.core import ui
from langcov.core.names import size_of
from langcov.corpora.card.schema import FIELDS, LANGUAGE_FIELDS
from langcov.hygiene.engine.registry import checks
from tools import build_messages as build

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
CATALOGUES = build.catalogues()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What follows is in English again."""
    yield
    ui.use("en")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "ru"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": ""}, "ru"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_says_the_language(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ui.use(None) == language == ui.language()


def test_what_is_asked_for_goes_before_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert ui.use("en") == "en"
    assert ui._("places") == "places"
    assert ui.use("ru") == "ru"
    assert ui._("places") == "места"


def test_every_language_but_english_has_a_catalogue() -> None:
    assert {"en", *(path.parts[-3] for path in CATALOGUES)} == set(ui.LANGUAGES)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "1 слово"),
        (2, "2 слова"),
        (5, "5 слов"),
        (11, "11 слов"),
        (21, "21 слово"),
        (1104, "1\xa0104 слова"),
    ],
)
def test_russian_has_three_plurals(n: int, words: str) -> None:
    ui.use("ru")
    assert ui.plural("{n} word", "{n} words", n) == words


def test_values_are_not_read_as_templates() -> None:
    assert ui._("Cite: {cite}.", cite="{n} {0}") == "Cite: {n} {0}."


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_everything_said_is_translated(path: Path) -> None:
    """If this fails: ``python tools/build_messages.py``, then write what the ``.po`` wants."""
    messages = {message.id: message for message in build.read(path) if message.id}
    said = set(build.sentences())
    assert messages.keys() == said
    assert [id for id in said if not build.translated(messages[id].string)] == []
    assert [id for id in said if messages[id].fuzzy] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_translations_have_the_same_placeholders(path: Path) -> None:
    catalog = build.read(path)
    for message in catalog:
        if not build.translated(message.string):
            continue
        if isinstance(message.id, str):
            assert placeholders(message.string) == placeholders(message.id)
        elif message.id:
            assert len(message.string or ()) == catalog.num_plurals
            for form in message.string or ():
                assert placeholders(form) == placeholders(message.id[1])


def placeholders(text: Any) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_the_compiled_catalogue_is_that_of_the_source(path: Path) -> None:
    """The header names the version of Babel, so it may differ."""
    with path.with_suffix(".mo").open("rb") as file:
        assert entries(GNUTranslations(file)) == entries(GNUTranslations(BytesIO(build.compiled(path))))


def entries(translations: Any) -> dict[Any, str]:
    return {id: text for id, text in translations._catalog.items() if id}


def test_all_titles_and_reasons_of_checks_and_fields_are_collected() -> None:
    said = set(build.sentences())
    for check in checks().values():
        assert {check.title, check.why} <= said
    for field in (*FIELDS.values(), *LANGUAGE_FIELDS.values()):
        assert field.why in said


def test_sentences_are_found_where_they_stand(tmp_path: Path) -> None:
    code = '''
"""No docstring is said."""
MESSAGE = "A {thing} is wrong."
def no_text(x): return "there is no text"
def f(x):
    """Nor this one."""
    raise UserError(f"{x.path}: no {len(x)} of {x[0]!r}" if x else "an error")
    return _("said"), plural("{n} a", "{n} b", x), Check("id", "Title", "Why so."), "not said"
    return About(ID, "Name", "Why not"), _(x)
    return f"Not {_('in f')} said."
'''
    visitor = build.Sentences(in_hygiene=True)
    visitor.visit(ast.parse(code))
    found = {
        "A {thing} is wrong.",
        "there is no text",
        "said",
        ("{n} a", "{n} b"),
        "Title",
        "Why so.",
        "Name",
        "Why not",
        "in f",
        "{path}: no {x} of {x2!r}",
        "an error",
    }
    assert set(visitor.found) == found


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["1 byte", "612 bytes", "1.23 kB", "512 MB", "64 GB"]),
        ("ru", ["1 байт", "612 байт", "1,23 кБ", "512 МБ", "64 ГБ"]),
    ],
)
def test_sizes_have_the_units_of_the_reader(language: str, told: list[str]) -> None:
    ui.use(language)
    assert [ui.sized(size_of(n)) for n in (1, 612, 1234, 512_000_000, 64 * 10**9)] == told
