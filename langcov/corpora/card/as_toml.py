"""Cards as TOML, with what each field is for in comments."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from langcov.core import toml
from langcov.core.ui import _
from langcov.corpora.card.schema import FIELDS, LANGUAGE_FIELDS, Field

WIDTH = 100


def card_toml(card: Mapping[str, Any]) -> str:
    """The text of ``corpus.toml``; it reads back as the same card.

    A field that ``new`` asks for and the card lacks stands there as a comment with an example.

    Args:
        card: with no other fields than the schema knows.
    """
    head = [f"# {_('The card of a corpus. Lines that begin with # explain; langcov does not read them.')}"]
    single = [field for field in FIELDS.values() if not isinstance(card.get(field.name), dict)]
    lines = [*head, *_fields(single, card)]
    for field in FIELDS.values():
        if isinstance(table := card.get(field.name), dict):
            lines += _table(field, table)
    return "\n".join(lines) + "\n"


def _table(field: Field, table: Mapping[str, Any]) -> Iterator[str]:
    """A table by language; a language with facts is a table of its own, and the first one explains them."""
    plain = {name: value for name, value in table.items() if not isinstance(value, dict)}
    yield from ("", *_comment(field.why), toml.table(field.name, plain).rstrip("\n"))
    explained = False
    for name, facts in table.items():
        if not isinstance(facts, dict):
            continue
        place = f"{field.name}.{toml.key(name)}"
        if explained:
            told = {known: facts[known] for known in LANGUAGE_FIELDS if known in facts}
            yield from ("", toml.table(place, told).rstrip("\n"))
        else:
            yield from ("", f"[{place}]", *_fields(LANGUAGE_FIELDS.values(), facts))
            explained = True


def _fields(fields: Iterable[Field], table: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        if field.name in table:
            line = toml.table("", {field.name: table[field.name]}).rstrip("\n")
            yield from ("", *_comment(field.why), line)
        elif field.asked:
            yield from ("", *_comment(field.why), f"# {field.name} = {_example(field)}")


def _comment(text: str) -> list[str]:
    return textwrap.wrap(_(text), WIDTH, initial_indent="# ", subsequent_indent="# ")


def _example(field: Field) -> str:
    """The example as a value of the field."""
    if bool in field.types:
        return toml.value(False)
    return toml.value([field.example] if list in field.types else field.example)
