"""What is wrong with a card, and what a submission needs that it does not say."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from langcov.core.ui import _
from langcov.corpora.card import values
from langcov.corpora.card.schema import FIELDS, LANGUAGE_FIELDS, Field, type_name
from langcov.languages import find

Card = Mapping[str, Any]


def problems(card: Card) -> Iterator[str]:
    """All that is wrong with a card, a sentence each, without a look at its files."""
    yield from _section(card, FIELDS, "")
    languages = card.get("languages")
    for name, facts in languages.items() if isinstance(languages, dict) else ():
        place = f"languages.{name}"
        problem = values.known_language("languages", name)
        if problem:
            yield problem
        if isinstance(facts, dict):
            yield from _section(facts, LANGUAGE_FIELDS, f"{place}.")
            yield from () if problem else _against_table(name, facts, place)
            if "files" not in facts:
                yield _("{place} names no files", place=place)
        elif not _is(facts, (str, list)):
            yield _("{place} must be a file name or a list of them, or a table of facts", place=place)


def _section(table: Card, fields: Mapping[str, Field], where: str) -> Iterator[str]:
    """What is wrong with the fields of a card, or of one of its languages."""
    for name, value in table.items():
        place = f"{where}{name}"
        if name not in fields:
            yield _unknown(place, name, fields)
        elif not _is(value, fields[name].types):
            kind = type_name(fields[name])
            yield _("{field!r} must be a {type}", field=place, type=kind)
        elif check := fields[name].check:
            yield from filter(None, _checked(place, value, check))


def _checked(place: str, value: Any, check: values.Check) -> Iterator[str | None]:
    if not isinstance(value, dict):
        yield check(place, value)
        return
    for language, one in value.items():
        yield values.known_language(place, language) or check(f"{place}.{language}", one)


def _unknown(place: str, name: str, fields: Mapping[str, Field]) -> str:
    near = difflib.get_close_matches(name, fields, 1)
    known = ", ".join(fields)
    if not near:
        return _("unknown field {field!r}; a card may say {known}", field=place, known=known)
    return _(
        "unknown field {field!r}; a card may say {known}; did you mean {near!r}?",
        field=place,
        known=known,
        near=near[0],
    )


def _against_table(name: str, facts: Card, place: str) -> Iterator[str]:
    """Facts of a language that contradict the table of languages."""
    language = find(name)
    script, code = facts.get("script"), facts.get("glottocode")
    if isinstance(script, str) and script != language.script and not values.script(place, script):
        yield _(
            "{place}.script is {script!r}, but {name} stands for {id}: name the language with its script",
            place=place,
            script=script,
            name=name,
            id=language.id,
        )
    if not isinstance(code, str) or code == language.glottocode or values.glottocode(place, code):
        return
    if language.glottocode and not facts.get("dialect"):
        yield _(
            "{place}.glottocode is {code!r}, but {language} has {known!r}; if it is that of a dialect, "
            "name the dialect too",
            place=place,
            code=code,
            language=language.name,
            known=language.glottocode,
        )


def missing(card: Card) -> Iterator[tuple[Field, list[str]]]:
    """The fields that a submission needs and the card doesn't fill; those of languages with their names."""
    for field in FIELDS.values():
        needed = field.needed or (field.name == "counts_licence" and card.get("licence") == values.NO_LICENCE)
        if needed and _blank(card.get(field.name)):
            yield field, []
    facts = {
        name: told if isinstance(told, dict) else {"files": told}
        for name, told in card.get("languages", {}).items()
    }
    for field in LANGUAGE_FIELDS.values():
        lacking = [name for name, told in facts.items() if _blank(told.get(field.name))]
        if field.needed and lacking:
            yield field, lacking


def _blank(value: Any) -> bool:
    """Whether nothing is said: no value, an empty one, or only empty ones."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, (list, dict)) and all(map(_blank, value)))


def _is(value: Any, types: tuple[type, ...]) -> bool:
    """Whether a value is of a type; true and false are no integers."""
    return type(value) in types and (type(value) is not list or all(isinstance(one, str) for one in value))
