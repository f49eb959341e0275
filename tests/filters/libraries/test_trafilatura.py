"""trafilatura through a recipe: it keeps what the library by itself returns with a target language."""

from __future__ import annotations

import pytest

pytest.importorskip("trafilatura")
pytest.importorskip("py3langid")

import trafilatura as library

from langcov.filters.libraries.base import Setting
from langcov.filters.libraries.plain import page
from langcov.filters.libraries.trafilatura import RULES, Trafilatura, make

ENGLISH = "It was the best of times, it was the worst of times, it was the age of wisdom. " * 4
GERMAN = (
    "Habe nun, ach! Philosophie, Juristerei und Medizin, und leider auch Theologie durchaus studiert. " * 4
)


def made(language: str) -> Trafilatura:
    one = make("bare_extraction", {}, Setting(language, language))
    assert not isinstance(one, str), one
    return one


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, f"{ENGLISH}\n{GERMAN}\n{GERMAN}", "", "\u200b", "Yes."])
@pytest.mark.parametrize(("language", "code"), [("eng_Latn", "en"), ("deu_Latn", "de"), ("tat_Cyrl", "tt")])
def test_it_keeps_what_the_library_keeps(text: str, language: str, code: str) -> None:
    kept = library.bare_extraction(page(text), target_language=code) is not None
    assert made(language).judge(text).broken == [] if kept else made(language).judge(text).broken


def test_the_reason_is_told_with_the_language_that_was_seen() -> None:
    one = made("eng_Latn")
    judged = one.judge(GERMAN)
    assert [one.rules[i].name for i in judged.broken] == ["wrong language"]
    assert list(one.decided(judged, GERMAN)) == [(1, "de")]
    assert one.judge("").broken[:1] == [0]
    assert RULES[0].name == "discarding data"


def test_a_language_without_a_code_of_two_letters_is_asked_for_by_three() -> None:
    assert made("mhr_Cyrl").arguments["target_language"] == "mhr"
    assert made("azj_Latn").arguments["target_language"] == "az"  # of the macrolanguage
    assert made("mhr_Cyrl").remade({"target_language": "en"}).judge(ENGLISH).broken == []
