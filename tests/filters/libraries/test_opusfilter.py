"""Filters of OpusFilter on one language: what the library's own pipeline keeps of the same lines."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("opusfilter")

from opusfilter import filters as library

from langcov.errors import UserError
from langcov.filters.libraries.base import Setting
from langcov.filters.libraries.opusfilter import OpusFilter, make
from langcov.filters.recipe import load

LINES = [
    "A line of words that is kept.",
    "",
    "12345 67890 -- !!",
    "<b>bold</b> and <i>more</i> words",
    "word " * 120,
    "incomprehensibilities" * 3,
    "a b c d e",
    "again again again again again",
    "Кот и кит",
    "mixed кот",
]
SETTING = Setting("eng_Latn", "eng_Latn")


def names() -> list[str]:
    return [step.name for step in load("opusfilter").steps if not step.not_judged]


@pytest.mark.parametrize("name", names())
def test_a_line_is_kept_if_the_library_accepts_it(name: str) -> None:
    own = {"CharacterScoreFilter": {"scripts": ["Latin"]}, "LinguaFilter": {"languages": ["en"]}}
    accepted = list(getattr(library, name)(**own.get(name, {})).decisions([(line,) for line in LINES]))
    one = make(name, {}, SETTING)
    assert not isinstance(one, str)
    assert [not one.judge(line).broken for line in LINES] == accepted
    assert False in accepted or name == "LinguaFilter"


def test_the_recipe_has_the_filters_of_the_generator_in_its_order() -> None:
    from opusfilter.autogen import DefaultParameterFilters

    generated = [one if isinstance(one, str) else one[0] for one in DefaultParameterFilters.DEFAULT_FILTERS]
    named = dict.fromkeys(name.partition(".")[0] for name in generated)
    assert [step.name for step in load("opusfilter").steps] == list(named)


def test_what_none_stands_for_is_known() -> None:
    one = make("CharacterScoreFilter", {}, Setting("tat_Cyrl", "tat_Cyrl"))
    assert isinstance(one, OpusFilter)
    assert (one.arguments["scripts"], one.arguments["thresholds"]) == (["Cyrillic"], [1])
    assert one.remade({"thresholds": [0.4]}).arguments["thresholds"] == [0.4]


def test_an_unknown_filter_or_argument_names_the_nearest() -> None:
    with pytest.raises(UserError, match="opusfilter has no filter 'LongWord'; did you mean 'LongWordFilter'"):
        make("LongWord", {}, SETTING)
    with pytest.raises(UserError, match="has no argument 'treshold'; did you mean 'threshold'"):
        make("LongWordFilter", {"treshold": 3}, SETTING)
    with pytest.raises(UserError, match="RepetitionFilter can't be made: threshold"):
        make("RepetitionFilter", {"threshold": 0}, SETTING)


def test_without_the_library_its_own_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from langcov.errors import MissingLibrary
    from langcov.filters import recipe as module

    def missing(_: str) -> str:
        raise module.PackageNotFoundError

    monkeypatch.setattr(module, "version", missing)
    with pytest.raises(MissingLibrary, match=r"pip install 'langcov\[opusfilter\]'"):
        load("opusfilter").installed()
