from __future__ import annotations

from pathlib import Path

import pytest

from langcov import check_corpus
from tests.hygiene.checks.characters_asked import issues


def found(*lines: str, language: str = "tat") -> list[tuple[int | None, int | None, str]]:
    """Line, column and severity of what ``lost-letters`` finds in a file of these lines."""
    report = check_corpus(list(lines), language, only=["lost-letters"])
    return [(one.line, one.column, one.issue.severity) for one in report.findings]


def test_letters_between_letters_are_lost_for_certain() -> None:
    (issue,) = issues("lost-letters", "Т?шк?нд?")
    assert (issue.wrong, issue.start, issue.end, issue.severity) == ("??", 1, 5, "error")


@pytest.mark.parametrize("word", ["кем?", "Кем?Ул", "«кем?»", "x.tt/?сүз=а", "a.php?сүз", "?", "кем?!"])
def test_questions_and_addresses(word: str) -> None:
    assert not issues("lost-letters", word)


def test_words_of_question_marks_alone() -> None:
    assert found("??? ?????, 2020 ???.") == [(1, 1, "error")]
    assert found("Б?????? сүз", "????? сүз") == [(1, 2, "error"), (2, 1, "error")]
    assert found("Ничек ???", "???") == []


def test_ends_of_words_count_where_the_file_has_lost_letters() -> None:
    lines = ["Китте д? югалды.", "Кояш кил?.", "?йтте кич??, бер?? керек", "Кая? Кем?.. Шул?"]
    assert found(*lines) == []
    ends = [(1, 8), (2, 9), (3, 1), (3, 10), (3, 17)]
    assert found(*lines, "т?рле м?н") == [
        *((*place, "warning") for place in ends),
        (5, 2, "error"),
        (5, 8, "error"),
    ]


def test_questions_stay_questions_where_hardly_a_letter_is_lost() -> None:
    assert found(*["Килә микән? дип сорады."] * 4, "т?рле") == [(5, 2, "error")]


def test_an_address_is_no_lost_letter() -> None:
    assert found("Китте д? югалды.", "x.tt/сүз?сүз=1") == []


def test_each_line_that_went_through_a_code_page_is_found(shared: Path) -> None:
    text = (shared / "corpora" / "commonvoice" / "tat.txt").read_text("utf-8").splitlines()[:400]
    lost = [line.encode("cp1251", "replace").decode("cp1251") for line in text]
    changed = [number for number, line in enumerate(text) if line != lost[number]][::13][:20]
    for number in changed:
        text[number] = lost[number]
    assert {line for line, _, _ in found(*text)} == {number + 1 for number in changed}
    assert len(changed) == 20


def test_equal_marks_at_both_ends_of_a_line_are_no_words() -> None:
    assert not check_corpus(["?? Click to finish ??"], "rus", only=["lost-letters"]).findings
    assert check_corpus(["?? ???? слово", "?? слово ????"], "rus", only=["lost-letters"]).findings


def test_the_condition_of_a_format_has_question_marks_of_its_own() -> None:
    lost = "т?рле м?н"
    assert found("Яңа: %?n?сүз? юк &сүз? юк", lost) == found("", lost)
    assert found("Яңа: сүз? юк", lost) == [(1, 9, "warning"), *found("", lost)]
