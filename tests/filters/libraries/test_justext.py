"""jusText through a recipe: the same paragraphs as the library by itself."""

from __future__ import annotations

import pytest

pytest.importorskip("justext")

import justext as library

from langcov.errors import UserError
from langcov.filters.libraries.base import Setting
from langcov.filters.libraries.justext import JusText, make

GOOD = (
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of "
    "foolishness, it was the epoch of belief, it was the epoch of incredulity, it was the season of Light, "
    "it was the season of Darkness, it was the spring of hope, it was the winter of despair."
)
BAD = "Kettle lamp spoon window garden copper bottle market orange river. " * 4


def made(language: str) -> JusText:
    one = make("justext", {}, Setting(language, language))
    assert not isinstance(one, str), one
    return one


def by_itself(text: str, name: str) -> list[str]:
    """The good paragraphs, of a page written by hand."""
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    found = library.justext(f"<html><body>{body}</body></html>", library.get_stoplist(name))
    return [one.text for one in found if not one.is_boilerplate]


@pytest.mark.parametrize("text", [GOOD, BAD, f"{BAD}\n{GOOD}\n{GOOD}", f"{GOOD}\nShort.\n{GOOD}", "Short."])
def test_what_is_left_is_what_the_library_leaves(text: str) -> None:
    judged = made("eng_Latn").judge(text)
    left = by_itself(text, "English")
    assert judged.text == "\n".join(left)
    assert bool(judged.broken) == (not left)


def test_the_classes_of_a_lost_text_are_told() -> None:
    one = made("eng_Latn")
    judged = one.judge(f"{BAD}\nShort.")
    assert list(one.decided(judged, "")) == [(0, "bad"), (0, "short")]
    assert list(one.decided(one.judge(GOOD), GOOD)) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("tat_Cyrl", "jusText has no stop list of Tatar"),
        ("mhr_Cyrl", "jusText has no stop list of Eastern (Meadow) Mari"),  # chm has no name of its own here
        ("azj_Cyrl", "jusText's stop list of Azerbaijani is in Latn"),
    ],
)
def test_a_language_without_a_list_is_not_judged(language: str, said: str) -> None:
    assert make("justext", {}, Setting(language, language)) == said


def test_a_list_is_found_by_any_name_and_that_of_the_macrolanguage() -> None:
    for language, name in (("kir_Cyrl", "Kyrgyz"), ("azj_Latn", "Azerbaijani"), ("chv_Cyrl", "Chuvash")):
        assert made(language).arguments["stoplist"] == library.get_stoplist(name)


def test_a_recipe_can_bring_a_list() -> None:
    one = make("justext", {"stoplist": ["it", "was", "the", "of"]}, Setting("tat_Cyrl", "tat_Cyrl"))
    assert not isinstance(one, str)
    assert not one.breaks(0, GOOD)
    assert one.remade({"stoplist": frozenset(["kettle"])}).breaks(0, GOOD)


def test_an_unknown_function_or_argument_names_the_nearest() -> None:
    with pytest.raises(UserError, match="jusText has no filter 'justex'; did you mean 'justext'"):
        make("justex", {}, Setting("eng_Latn", "eng_Latn"))
    with pytest.raises(UserError, match="has no argument 'stopword_low'; did you mean 'stopwords_low'"):
        make("justext", {"stopword_low": 1}, Setting("eng_Latn", "eng_Latn"))
