from __future__ import annotations

import pytest

from tests.hygiene.checks.characters_asked import issue, issues


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
