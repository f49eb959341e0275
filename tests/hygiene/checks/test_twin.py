"""A neighbour's letter: mended only where the table, the file and the word are sure of the language."""

from __future__ import annotations

from collections.abc import Callable

from langcov.hygiene.engine.finding import Fault

Judge = Callable[..., list[Fault]]


def test_it_is_mended_where_the_right_letter_is_twenty_times_as_frequent(judge: Judge) -> None:
    for times, automatic in ((19, False), (20, True)):
        (fault,) = judge("bak", "қала,", letters="ҡ" * times + "қ")
        assert (fault.check, fault.severity, fault.suggestion) == ("twin", "error", "ҡала,")
        assert fault.automatic == automatic


def test_where_the_file_has_it_more_often_it_is_no_slip(judge: Judge) -> None:
    (fault,) = judge("bak", "қала", letters="ҡққ")
    assert (fault.severity, fault.automatic) == ("warning", False)


def test_a_word_of_another_language_is_not_mended(judge: Judge) -> None:
    (fault,) = judge("mhr", "жөндөмдүүлүк", letters="ӧӱ" * 500)
    assert (fault.check, fault.severity, fault.suggestion) == ("twin", "warning", None)
    assert fault.wrong == "өөүүү"
    (fault,) = judge("mhr", "үдыр", ["ӱдыр"], "ӧӱ" * 500)
    assert (fault.suggestion, fault.automatic) == ("ӱдыр", False)


def test_two_kinds_need_the_word_in_the_file(judge: Judge) -> None:
    letters = "ҥө" * 50
    assert [fault.automatic for fault in judge("sah", "іңі", letters=letters)] == [False]
    assert [fault.automatic for fault in judge("sah", "іңі", ["өҥө"], letters)] == [True]


def test_the_map_is_of_the_language(judge: Judge) -> None:
    (fault,) = judge("sah", "кірбүттэр", letters="ө" * 50)
    assert (fault.suggestion, fault.automatic) == ("көрбүттэр", True)
    assert not judge("kpv", "кірті")  # a letter there
    assert {fault.check for fault in judge("sah", "ІІІ")} == {"lookalike"}  # a numeral
