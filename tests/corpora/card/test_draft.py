"""A written card reads back as it was, whatever is in it, and explains itself."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from langcov.core.toml import tomllib
from langcov.corpora.card.draft import card_toml
from langcov.corpora.card.schema import FIELDS, LANGUAGE_FIELDS, Field

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
OF_TYPE: dict[type, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(0, 9999),
    bool: st.booleans(),
    list: st.lists(TEXT),
    dict: st.dictionaries(TEXT, TEXT),
}


def values(field: Field) -> st.SearchStrategy[Any]:
    return st.one_of([OF_TYPE[kind] for kind in field.types])


FACTS = st.fixed_dictionaries({}, optional={name: values(field) for name, field in LANGUAGE_FIELDS.items()})
CARDS = st.fixed_dictionaries(
    {},
    optional={name: values(field) for name, field in FIELDS.items() if name != "languages"}
    | {"languages": st.dictionaries(TEXT, TEXT | st.lists(TEXT) | FACTS)},
)


@given(CARDS)
def test_a_card_comes_back_as_it_was(card: dict[str, Any]) -> None:
    text = card_toml(card)
    assert tomllib.loads(text) == card
    assert tomllib.loads(text.encode().decode()) == card


def test_what_is_not_said_is_a_comment_that_may_be_filled_in() -> None:
    text = card_toml(
        {"name": "x", "languages": {"che_Cyrl": {"files": "a.txt"}, "ava_Cyrl": {"files": "b.txt"}}}
    )
    assert tomllib.loads(text) == {
        "name": "x",
        "languages": {"che_Cyrl": {"files": "a.txt"}, "ava_Cyrl": {"files": "b.txt"}},
    }
    filled = tomllib.loads(text.replace("# licence =", "licence =").replace("# collectors =", "collectors ="))
    assert (filled["licence"], filled["collectors"]) == ("CC-BY-4.0", ["Name Surname"])
    filled = tomllib.loads(text.replace("# ocr =", "ocr =").replace("# year =", "year ="))
    assert (filled["ocr"], filled["languages"]["che_Cyrl"]["year"]) == (False, "1998-2005")
    assert text.count("# The file, or the files, in this folder.") == 1
    assert all(len(line) <= 100 for line in text.splitlines())
