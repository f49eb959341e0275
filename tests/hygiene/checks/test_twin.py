"""A neighbour's letter: fixed only where the table, the file and the word are sure of the language."""

from __future__ import annotations

from collections.abc import Callable

from langcov.hygiene.engine.finding import Issue

Judge = Callable[..., list[Issue]]


def test_it_is_fixed_where_the_right_letter_is_twenty_times_as_frequent(judge: Judge) -> None:
    for times, automatic in ((19, False), (20, True)):
        (issue,) = judge("bak", "қала,", letters="ҡ" * times + "қ")
        assert (issue.check, issue.severity, issue.suggestion) == ("twin", "error", "ҡала,")
        assert issue.automatic == automatic


def test_where_the_file_has_it_more_often_it_is_no_slip(judge: Judge) -> None:
    (issue,) = judge("bak", "қала", letters="ҡққ")
    assert (issue.severity, issue.automatic) == ("warning", False)


def test_a_word_of_another_language_is_not_fixed(judge: Judge) -> None:
    (issue,) = judge("mhr", "жөндөмдүүлүк", letters="ӧӱ" * 500)
    assert (issue.check, issue.severity, issue.suggestion) == ("twin", "warning", None)
    assert issue.wrong == "өөүүү"
    (issue,) = judge("mhr", "үдыр", ["ӱдыр"], "ӧӱ" * 500)
    assert (issue.suggestion, issue.automatic) == ("ӱдыр", False)


def test_two_kinds_need_the_word_in_the_file(judge: Judge) -> None:
    letters = "ҥө" * 50
    assert [issue.automatic for issue in judge("sah", "іңі", letters=letters)] == [False]
    assert [issue.automatic for issue in judge("sah", "іңі", ["өҥө"], letters)] == [True]


def test_the_map_is_of_the_language(judge: Judge) -> None:
    (issue,) = judge("sah", "кірбүттэр", letters="ө" * 50)
    assert (issue.suggestion, issue.automatic) == ("көрбүттэр", True)
    assert not judge("kpv", "кірті")  # a letter there
    assert {issue.check for issue in judge("sah", "ІІІ")} == {"lookalike"}  # a numeral
