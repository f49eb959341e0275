"""Cards as TOML, with what each field is for in comments."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from langcov.corpora.card_schema import FIELDS, LANGUAGE_FIELDS, Field
from langcov.ui import _

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
    """A table by language; a language with facts is a table of its own."""
    yield from ("", *_comment(field.why), f"[{field.name}]")
    yield from (
        f"{_key(key)} = {_value(value)}" for key, value in table.items() if not isinstance(value, dict)
    )
    explained = False
    for key, facts in table.items():
        if isinstance(facts, dict):
            yield from ("", f"[{field.name}.{_key(key)}]")
            yield from _facts(facts) if explained else _fields(LANGUAGE_FIELDS.values(), facts)
            explained = True


def _facts(facts: Mapping[str, Any]) -> Iterator[str]:
    """The facts of a language after the first one, which explains them."""
    told = (name for name in LANGUAGE_FIELDS if name in facts)
    yield from (f"{name} = {_value(facts[name])}" for name in told)


def _fields(fields: Iterable[Field], table: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        if field.name in table:
            yield from ("", *_comment(field.why), f"{field.name} = {_value(table[field.name])}")
        elif field.asked:
            yield from ("", *_comment(field.why), f"# {field.name} = {_example(field)}")


def _comment(text: str) -> list[str]:
    return textwrap.wrap(_(text), WIDTH, initial_indent="# ", subsequent_indent="# ")


def _example(field: Field) -> str:
    """The example as a value of the field."""
    if bool in field.types:
        return _value(False)
    return _value([field.example] if list in field.types else field.example)


def _value(value: Any) -> str:
    """A string, whole number, truth value or list as TOML writes it.

    >>> print(_value(["a", 'b "c"']), _value(True), _value(1998))
    ["a", "b \\"c\\""] true 1998
    """
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace(
            "\x7f", "\\u007f"
        )  # TOML forbids DEL, JSON does not
    if not isinstance(value, list):
        return str(value).lower()
    items = [_value(one) for one in value]
    line = f"[{', '.join(items)}]"
    return line if len(line) <= WIDTH else "".join(["[\n", *(f"    {item},\n" for item in items), "]"])


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)
