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


def test_between_a_small_letter_and_a_capital_a_soft_hyphen_is_a_hyphen() -> None:
    for attested in ({}, {"СанктПетербург".lower(): 1}):
        found = issue("invisible", "Санкт\u00adПетербург", attested=attested)
        assert (found.suggestion, found.automatic) == ("Санкт-Петербург", False)


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


@pytest.mark.parametrize(
    "character", ["\0", "\v", "\f", "\x1b", "\x7f", "\x83", "\x85", "\ufdd0", "\ufffe", "\U0010ffff"]
)
def test_controls_and_noncharacters_are_errors(character: str) -> None:
    found = issue("control", f"Татар{character}стан")
    assert (found.severity, found.wrong, found.start) == ("error", character, 5)


def test_separators_are_a_warning_and_each_place_counts() -> None:
    first, second = issues("control", "а\u2028б\x01в")
    assert (first.severity, second.severity) == ("warning", "error")


@pytest.mark.parametrize("line", ["а\tб", "а\r", "а\u00a0б", "\U0001f469", "\u1c8a", "\u20c1"])
def test_tabs_ends_of_lines_and_new_letters_are_right(line: str) -> None:
    assert not issues("control", line)


@pytest.mark.parametrize("character", ["\ue0a1", "\U000f0000", "\U00100000"])
def test_private_use(character: str) -> None:
    found = issue("private-use", f"{character}ала", "bak")
    assert (found.severity, found.wrong, found.suggestion) == ("error", character, None)


def test_replacement() -> None:
    found = issue("replacement", "\ufffdал\ufffd", "bak")
    assert (found.wrong, found.start, found.end) == ("\ufffd\ufffd", 0, 4)


def test_marks_of_direction_in_a_text_from_left_to_right() -> None:
    found = issue("bidi", "\u200ekohti", "fin")
    assert (found.severity, found.suggestion, found.automatic) == ("warning", "kohti", False)
    assert issue("bidi", "а\u202eб\u202c").severity == "error"


def test_marks_of_direction_are_right_beside_letters_from_right_to_left() -> None:
    assert not issues("bidi", "\u200fيىل", "uig")
    assert not issues("bidi", "\u200fשלום", "tat")
    assert issue("bidi", "ي\u202eب", "uig").severity == "error"
