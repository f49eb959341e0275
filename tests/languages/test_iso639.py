"""The codes of ISO 639 against langcodes (IANA's registry and CLDR) and the table of languages."""

from __future__ import annotations

import pytest

from langcov.data import read_table
from langcov.languages import all_languages
from langcov.languages.iso639 import look_up, members

ROWS = read_table("iso639.tsv")


def test_codes_of_two_letters_mean_what_cldr_says() -> None:
    langcodes = pytest.importorskip("langcodes")
    short = [row["iso639_1"] for row in ROWS if row["iso639_1"]]
    assert len(short) == len(set(short)) == 184
    for code in short:
        found = look_up(code)
        assert found and found.code == langcodes.Language.get(code, normalize=False).to_alpha3()


def test_macrolanguages_hold_what_ianas_registry_says() -> None:
    parser = pytest.importorskip("langcodes.registry_parser")
    for entry in parser.parse_registry():
        if entry["Type"] == "language" and "Macrolanguage" in entry and "Deprecated" not in entry:
            found, holds = look_up(entry["Subtag"]), look_up(entry["Macrolanguage"])
            assert found and holds
            assert found.retired or found.macrolanguage == holds.code, entry["Subtag"]


def test_a_retired_code_leads_to_a_living_one() -> None:
    for row in ROWS:
        found = look_up(row["now"]) if row["now"] else None
        assert not row["now"] or (found and not found.retired and row["retired"]), row["code"]


def test_a_macrolanguage_is_in_no_other() -> None:
    held = {row["macrolanguage"] for row in ROWS} - {""}
    codes = [look_up(code) for code in held]
    assert len(held) == 63
    assert all(code and not code.macrolanguage and not code.retired for code in codes)
    assert members("est") == ("ekk", "vro")
    assert members("hbs") == ("bos", "cnr", "hrv", "srp")


def test_the_table_of_languages_says_the_same() -> None:
    for language in all_languages():
        code = look_up(language.iso639_3)
        assert code and not code.retired
        assert language.iso639_1 == code.iso639_1
        assert bool(members(language.iso639_3)) == (language.scope == "macrolanguage")
        if language.iso639_3 != "srp":  # "hbs" would name Serbian alone, as no other member is in that table
            assert language.macrolanguage == code.macrolanguage


@pytest.mark.parametrize("code", ["und", "zxx", "mis", "mul", "xx", "xxz", "", "TAT", "nah", "qaa"])
def test_codes_of_no_one_language_are_none(code: str) -> None:
    assert look_up(code) is None
