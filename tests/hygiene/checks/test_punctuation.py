"""The Armenian full stop."""

from __future__ import annotations

import pytest

from tests.hygiene.checks.characters_asked import issue, issues


@pytest.mark.parametrize(("wrong", "right"), [("է:", "է։"), ("կղանք»:", "կղանք»։"), ("են:»", "են։»")])
def test_a_colon_for_the_armenian_full_stop(wrong: str, right: str) -> None:
    found = issue("full-stop", wrong, "hye")
    assert (found.suggestion, found.wrong, found.severity, found.automatic) == (right, ":", "warning", False)


@pytest.mark.parametrize("word", ["է։", "12:30", "http://a.am", "http:", ":", "է:ա"])
def test_no_full_stop(word: str) -> None:
    assert not issues("full-stop", word, "hye")


def test_other_languages_have_a_colon() -> None:
    assert not issues("full-stop", "әйтте:", "tat")
    assert not issues("full-stop", "է:", "tat")
