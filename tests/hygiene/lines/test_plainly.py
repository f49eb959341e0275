"""Lines told many at a time, against each of them looked at closely."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.engine.code import ALONE, BESIDE_LATIN, without_code
from langcov.hygiene.lines.languages import LanguagesOfLines
from langcov.hygiene.reading.fields import Fields
from tests.hygiene.lines.asked import context, issues_of

_WORDS = """
сүз кеше бу һәм Ул Беренче җыелышта хәбәр хаҡында къалам мыйыхь
он пришёл домой вчера вечером когда было уже темно и холодно Регулярное выражение
აბგდე ვზთი კლმნოპ Բարեւ աշխարհ ձեզ text of some Words BMW php A-Z %s {name} $x (see) yy: -o x3e \\x3e `a'
get [-a] && (*.txt) "a": --a
сүз-сүз т.б. 1990нчы А.С. сүз,сүз сүз– —сүз–слово сүз,- сүз’ ʼʼ 'сүз' ''а '' « » » ( ) (сүз) сүз)
hава әle ăна İИ ǅ й й̆ а́ а\u0301б со\xadюз \u0301 \u0482а ў ё ӕ æ — – - . , ! 12 3) _ а_б ᄀ Σ ҕ ᲀ
"""
PIECES = (*_WORDS.split(), *"\t\u00a0\u2003\x1c\x85\u2028\u200b", " (", ") ", " ", ": ", ". ")
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join), min_size=1, max_size=30)
LANGUAGES = ("tat", "rus", "bel", "che", "abk", "kat", "hye", "chv", "nio", "ydd")


def seen(check: Any, lines: Sequence[str]) -> list[object]:
    """All that a check knows once it has seen some lines."""
    issues = issues_of(check, lines, 7)
    totals = check._letters_seen, check._added_seen, check._long, check._to_recognise
    return [issues, *totals, check._strangers, check._kept.values.tolist()]


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_nothing_is_overlooked(lines: list[str], language: str) -> None:
    quick, careful = (LanguagesOfLines(context(language, [])) for _ in range(2))
    assert quick._plainly is not None
    careful._plainly = None
    assert seen(quick, lines) == seen(careful, lines)


@given(TEXTS)
def test_all_code_has_a_sign(lines: list[str]) -> None:
    plain = [line for line in lines if ALONE.isdisjoint(line) and not (has_latin(line) and has_sign(line))]
    assert without_code(plain) == plain


def has_latin(line: str) -> bool:
    return any(letter.isascii() and letter.isalpha() for letter in line)


def has_sign(line: str) -> bool:
    return not BESIDE_LATIN.isdisjoint(line)


@pytest.mark.parametrize("language", ["tur", "zho_Hans"])
def test_some_scripts_are_looked_at_one_by_one(language: str) -> None:
    assert LanguagesOfLines(context(language, []))._plainly is None


def test_most_lines_need_no_closer_look() -> None:
    lines = ["Бүген безнең авылда кешеләр җыелышып сөйләште.", "Ул килде.", "Он пришёл домой вчера вечером."]
    plainly = LanguagesOfLines(context("tat", []))._plainly
    assert plainly is not None
    told = plainly.tell(Fields.of(lines))
    assert told.rest.tolist() == [2]
    assert told.letters.tolist() == [40]
    assert told.added.tolist() == [6]
