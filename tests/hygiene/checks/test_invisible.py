from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langcov.hygiene.checks.invisible import INVISIBLE
from tests.hygiene.checks.characters_asked import issue, issues


def test_a_soft_hyphen_goes_where_the_file_has_the_whole_word() -> None:
    found = issue("invisible", "«ки\u00adтаплар,", attested={"китаплар": 1})
    assert (found.suggestion, found.automatic, found.severity) == ("«китаплар,", True, "error")
    assert (found.start, found.end, found.wrong) == (3, 4, "\u00ad")


def test_elsewhere_a_soft_hyphen_is_only_reported() -> None:
    found = issue("invisible", "ки\u00adтаплар", attested={"ки": 2})
    assert (found.suggestion, found.automatic, found.severity) == ("китаплар", False, "warning")


def test_a_soft_hyphen_at_the_end_is_half_a_word() -> None:
    found = issue("invisible", "кита\u00ad", attested={"кита": 3})
    assert (found.suggestion, found.automatic, found.severity) == (None, False, "warning")


@pytest.mark.parametrize("character", ["\u200b", "\u200c", "\u2060", "\ufeff", "\u180e", "\u034f"])
def test_a_zero_width_character_between_letters_goes(character: str) -> None:
    found = issue("invisible", f"китап{character}лар", attested={"китап": 3})
    assert (found.suggestion, found.automatic, found.severity) == ("китаплар", True, "error")


def test_two_words_of_the_file_are_not_joined_without_being_asked() -> None:
    counts = {"жерлеринде": 2, "саатына": 1}
    apart = issue("invisible", "жерлеринде\u200b\u200bсаатына", "kir", counts)
    assert (apart.severity, apart.suggestion, apart.automatic) == ("error", None, False)
    assert issue("invisible", "жерлеринде\u200bсаатына", "kir", counts | {"жерлериндесаатына": 1}).automatic


def test_at_the_edge_of_a_word() -> None:
    assert issue("invisible", "\u200b\u200bва", "tgk").suggestion == "ва"
    assert issue("invisible", "\ufeff«ва", "tgk").automatic
    assert not issue("invisible", "юк.\u200bБар", "tat").automatic  # stands for a space
    assert not issue("invisible", "\u200b", "tat").automatic  # a word of its own


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("می\u200cخواهم", "fas"),
        ("👩\u200d🔬", "tat"),
        ("❤\ufe0f", "tat"),
        ("क्\u200dष", "hin"),
        ("китап", "tat"),
    ],
)
def test_joiners_are_right_in_emoji_and_in_joined_scripts(word: str, language: str) -> None:
    assert not issues("invisible", word, language)


def test_a_joiner_in_a_cyrillic_word_is_never_taken_out_without_being_asked() -> None:
    found = issue("invisible", "ки\u200dтап", attested={"китап": 5})
    assert (found.severity, found.automatic) == ("warning", False)


@settings(deadline=None)  # the tables are made on first use
@given(st.text(st.sampled_from([*sorted(INVISIBLE), *"аңk-,1👩"]), max_size=10))
def test_nothing_visible_is_taken_out(word: str) -> None:
    for found in issues("invisible", word):
        if found.suggestion is not None:
            visible = [character for character in word if character not in INVISIBLE]
            assert [character for character in found.suggestion if character not in INVISIBLE] == visible
