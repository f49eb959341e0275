"""What a card may say: each field with its type and purpose, what a submission needs, and what is wrong.

From here come what every command refuses in a card, what ``langcov corpora new`` asks, what ``langcov corpora
card`` misses, and the table in ``corpora/CONTRIBUTING.md``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from langcov.core.ui import _
from langcov.corpora.base import Alignment
from langcov.corpora.card import values
from langcov.data import read_table
from langcov.languages import find

Kind = Literal["text", "lexicon"]


@dataclass(frozen=True)
class Field:
    """A field of a card."""

    name: str
    types: tuple[type, ...]  # what its value may be; a list is one of strings, a table has languages as keys
    why: str  # what it is for, in English, for the catalogues
    example: str = ""  # a value, as it is typed
    needed: bool = False
    asked: bool = False  # ``langcov corpora new`` asks for it
    check: values.Check | None = None  # what its value, or each value of its table, must be like

    @property
    def flag(self) -> str:
        """The option of ``langcov corpora new``: each item of a list is an option of its own."""
        name = self.name.removesuffix("s") if list in self.types else self.name
        return f"--{name.replace('_', '-')}"

    @property
    def said_example(self) -> str:
        """The example in the language that is spoken; a single word is one that a card has to say so."""
        return _(self.example) if " " in self.example else self.example


_TYPES = {one.__name__: one for one in (str, int, bool, list, dict)}
_ONE_OF = {"kind": values.one_of(*get_args(Kind)), "alignment": values.one_of(*get_args(Alignment))}


def _fields(of: str) -> dict[str, Field]:
    """Those of ``langcov/data/card_fields.tsv`` that are of a card, or of one of its languages, by name."""
    return {
        row["name"]: Field(
            row["name"],
            tuple(map(_TYPES.__getitem__, row["types"].split())),
            row["why"],
            row["example"],
            needed=bool(row["needed"]),
            asked=bool(row["asked"]),
            check=_ONE_OF.get(row["check"]) or (getattr(values, row["check"]) if row["check"] else None),
        )
        for row in read_table("card_fields.tsv")
        if row["of"] == of
    }


FIELDS = _fields("card")  # the fields of a card, in the order in which ``new`` writes them
LANGUAGE_FIELDS = _fields("language")  # the facts of one language of a card, likewise


def type_name(field: Field) -> str:
    """What the value of a field may be, as a message says it.

    >>> type_name(FIELDS["commit"]), type_name(LANGUAGE_FIELDS["files"])
    ('string or table', 'string or list of strings')
    """
    names = {
        str: _("string"),
        int: _("whole number"),
        bool: _("truth value (true or false)"),
        list: _("list of strings"),
        dict: _("table"),
    }
    return _(" or ").join(names[kind] for kind in field.types)


def as_value(field: Field, answer: Any) -> Any:
    """An answer as the field has it: yes and no are true and false, a year a number; all else stays text.

    >>> as_value(FIELDS["ocr"], "Yes"), as_value(FIELDS["ocr"], "нет"), as_value(FIELDS["name"], "no")
    (True, False, 'no')
    """
    truth: dict[str, bool] = {"yes": True, "y": True, "да": True, "no": False, "n": False, "нет": False}
    if bool in field.types and isinstance(answer, str):
        return truth.get(answer.casefold(), answer)
    return int(answer) if int in field.types and re.fullmatch(r"\d{1,4}", answer, re.ASCII) else answer


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
