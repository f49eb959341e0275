from langcov.hygiene.lines.forms import Forms
from langcov.hygiene.reading.fields import Fields
from tests.hygiene.lines.asked import context


def found(language: str, *lines: str) -> list[tuple[int | None, str, str, str]]:
    forms = Forms(context(language))
    for number, line in enumerate(lines):
        forms.add(Fields.of([line], number))
    return [(number, issue.check, issue.severity, issue.wrong) for number, issue in forms.issues()]


def test_either_palochka_alone_is_right() -> None:
    assert found("che", "хӏун") == []
    assert found("che", "а", "хӀун", "хӀара") == [(None, "palochka-form", "note", "Ӏ")]


def test_a_capital_palochka_among_capitals_is_no_form() -> None:
    assert found("che", "ХӀУН", "хӏун") == []


def test_a_capital_palochka_that_begins_a_word_is_no_form() -> None:
    assert found("che", "Ӏуьйре дика", "хӏун") == []


def test_a_file_that_mixes_palochkas_is_told_where_the_rarer_begins() -> None:
    assert found("kbd", "цӀыху", "цӏыху", "лъӀэ") == [(1, "palochka-form", "warning", "ӏ")]


def test_each_line_with_the_rarer_palochka_is_a_place() -> None:
    lines = ["хӀун", "кхӏеташ хӏара", "хӀун хӀара", "хӀун", "а кхӏеташ"]
    forms = Forms(context("che"))
    forms.add(Fields.of(lines))
    places = [(number, issue.start, issue.end) for number, issue in forms.issues()]
    assert places == [(1, 2, 3), (4, 4, 5)]


def test_spelling_variants() -> None:
    assert found("kjh", "хаҷан") == []
    assert found("kjh", "хаҷан", "хаӌан", "хаӌан") == [(0, "variant", "warning", "ҷ")]
    assert found("kjh", "хаӌан") == []


def test_quotes_are_no_apostrophes() -> None:
    assert found("vep", "'pämez' on", "pä'mez") == [(None, "apostrophe", "note", "'")]
    assert not found("bel", "typedef'ы", "сямʼя")


def test_the_language_has_none() -> None:
    assert found("tat", "I") == []
