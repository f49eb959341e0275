from __future__ import annotations

import pytest

from tests.hygiene.checks.characters_asked import issue, issues


@pytest.mark.parametrize(
    "markup",
    [
        "<p>",
        "</b>",
        "<br/>",
        '<a href="x">',
        "<seg id='15' t=\"User 03\">",
        "<!-- а б -->",
        "<!DOCTYPE html>",
        "[[Казан]]",
        "[[Файл:х.jpg|мини]]",
        "{{карточка|х=1}}",
        "'''",
    ],
)
def test_markup_is_found_where_it_stands(markup: str) -> None:
    found = issue("markup", f"Шәһәр {markup} зур")
    assert (found.wrong, found.start, found.severity) == (markup, 6, "warning")


def test_each_place_is_found() -> None:
    assert len(issues("markup", "<p> сюртев <p>", "yrk")) == 2


def test_programs_are_errors() -> None:
    assert [found.severity for found in issues("markup", "<script>alert(1)</script>")] == ["error", "error"]


@pytest.mark.parametrize(
    "line",
    [
        "а < б",
        "a < b > c",
        "<3",
        "<<",
        "«Казан»",
        "<Казан>",
        "[искәрмә]",
        "{а}",
        "''",
        "<http://x.y>",
        "pämez'",
    ],
)
def test_signs_that_are_no_markup(line: str) -> None:
    assert not issues("markup", line)


def test_letters_as_numbers_are_fixed() -> None:
    found = issue("entity", "&#1241;й&#1177;ә", "bak")
    assert (found.suggestion, found.automatic, found.severity) == ("әйҙә", True, "error")
    assert (found.start, found.end, found.wrong) == (0, 15, "&#1241;&#1177;")


@pytest.mark.parametrize(
    ("word", "right", "automatic"),
    [
        ("&#x4D9;ни", "әни", True),
        ("&amp;#1241;ни", "әни", True),
        ("p&auml;mez", "pämez", False),  # no letter of Tatar
        ("а&nbsp;б", "а\u00a0б", False),
        ("&amp;lt;", "<", False),
        ("AT&amp;T", "AT&T", False),
        ("L&#39;Oreal", "L'Oreal", False),
    ],
)
def test_entities(word: str, right: str, automatic: bool) -> None:
    found = issue("entity", word)
    assert (found.suggestion, found.automatic) == (right, automatic)


def test_a_named_letter_of_the_language() -> None:
    assert issue("entity", "p&auml;mez", "vep").automatic


@pytest.mark.parametrize("word", ["AT&T", "R&D", "&", "a&b;", "&;", "&#;", "?a=1&lt=3"])
def test_a_bare_ampersand_is_right(word: str) -> None:
    assert not issues("entity", word)


def test_an_entity_alone_in_quotation_marks_is_spoken_of() -> None:
    for word in ("“&lt;”)", "'&nbsp;',", "„&#1241;“"):
        assert not issues("entity", word, "bak")
    for word in ("“&lt;сүз”", "&lt;", "«&#1241;й»"):
        assert issues("entity", word, "bak")
