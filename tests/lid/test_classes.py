"""Classes: what the policies merge, and what they leave apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.data import read_table
from langcov.errors import UserError
from langcov.languages import all_languages
from langcov.languages.iso639 import look_up, members
from langcov.lid.classes import POLICIES, Policy, class_codes, groups, stands_for
from langcov.lid.labels import Meaning, meanings

MACROLANGUAGES = sorted({row["macrolanguage"] for row in read_table("iso639.tsv")} - {""})
CODES = sorted(
    {*MACROLANGUAGES, *(member for macro in MACROLANGUAGES for member in members(macro)), "tat", "fin"}
)
some = st.lists(st.sampled_from(CODES), max_size=8)
LID176 = (Path(__file__).parent / "labels/lid176.txt").read_text().split()


def test_strict_merges_nothing_but_compares_scripts_as_one_can() -> None:
    classes = class_codes("strict", ["kpv", "tat"], ["kom", "tat"])
    assert classes.name("kpv", "Cyrl") == "kpv_Cyrl"
    assert classes.name("cmn", "Hans") == classes.name("cmn", "Hant") == classes.name("cmn", "Hani")
    assert classes.name("tat", "Latn") != classes.name("tat", "Cyrl")
    assert classes.name("tat", "") == classes.name("tat", "Zyyy") == "tat"


def test_macro_merges_both_ways() -> None:
    by_label = class_codes("macro", ["kpv", "koi", "udm"], ["kom", "udm"])
    assert {by_label.code(code, "Cyrl") for code in ("kpv", "koi", "kom")} == {"kom"}
    assert by_label.code("udm", "Cyrl") == "udm"
    by_gold = class_codes("macro", ["aze", "est"], ["azj", "azb", "ekk", "vro"])
    assert [by_gold.code(code, "Latn") for code in ("azj", "azb", "ekk", "vro")] == [
        "aze",
        "aze",
        "est",
        "est",
    ]
    neither = class_codes("macro", ["kpv"], ["koi"])
    assert neither.code("kpv", "Cyrl") == "kpv"


@given(some, some)
def test_macro_is_the_code_or_its_macrolanguage_where_that_is_used(
    gold: list[str], labels: list[str]
) -> None:
    classes = class_codes("macro", gold, labels)
    for code in CODES:
        found = look_up(code)
        assert found is not None
        used = found.macrolanguage in {*gold, *labels}
        assert classes.code(code, "Latn") == (found.macrolanguage if used else code)


@given(some, some)
def test_group_never_parts_what_macro_merges(gold: list[str], labels: list[str]) -> None:
    macro, group = class_codes("macro", gold, labels), class_codes("group", gold, labels)
    for one in CODES:
        for other in {macro.code(one, "Cyrl"), *members(one)}:
            if macro.code(one, "Cyrl") == macro.code(other, "Cyrl"):
                assert group.code(one, "Cyrl") == group.code(other, "Cyrl")


def test_groups_are_those_of_the_definition() -> None:
    classes = class_codes("group", ["khk", "bxr", "vep"], ["mon", "xal", "crh"])
    steppe = {classes.name(code, "Cyrl") for code in ("khk", "bxr", "xal", "mon")}
    assert steppe == {"bxr-khk-xal_Cyrl"}
    assert classes.code("mvf", "Mong") == "bxr-khk-xal"
    assert classes.code("crh", "Cyrl") == classes.code("kum", "Cyrl") != classes.code("crh", "Latn")
    assert classes.code("crh", "Latn") == classes.code("tur", "Latn")
    assert classes.code("crh", "Arab") == "crh"
    assert {groups()[code] for code in ("rus", "ukr", "bel", "bul")} == {"rus-ukr-bel-bul"}


def test_a_group_names_living_codes_and_no_macrolanguage_stands_in_two() -> None:
    codes = {member[:3] for member in groups()}
    for code in codes:
        found = look_up(code)
        assert found and not found.retired, code
    known = {language.iso639_3 for language in all_languages()}
    assert codes - known == {"bph", "gdo", "kpt"}
    for macro in MACROLANGUAGES:
        assert len({groups()[code] for code in (macro, *members(macro)) if code in groups()}) <= 1, macro
    assert len(groups()) == len(read_table("lid_groups.tsv"))


def test_what_a_label_stands_for() -> None:
    classes = class_codes("macro", ["tat", "kpv"], ["tat", "kom"])
    bare, cyrillic, komi, unsure = meanings("cld2", ["tt", "tat_Cyrl", "kv", "un"])
    right = {
        gold: [stands_for(classes.predicted(label), gold) for label in (bare, cyrillic, komi, unsure)]
        for gold in ("tat_Cyrl", "tat_Latn", classes.name("kpv", "Cyrl"))
    }
    assert right == {
        "tat_Cyrl": [True, True, False, False],
        "tat_Latn": [True, False, False, False],
        "kom_Cyrl": [False, False, True, False],
    }


@pytest.mark.parametrize("policy", ["strict", "macro", "group"])
def test_a_label_without_a_script_is_read_in_that_of_the_gold(policy: Policy) -> None:
    """Crimean Tatar is of one group in Cyrillic and of another in Latin letters."""
    codes = ["crh", "kum", "tur", "tat", "hbs", "srp"]
    classes = class_codes(policy, codes, codes)
    for label in meanings("fasttext", codes):
        for code in codes:
            for script in ("Cyrl", "Latn"):
                gold = classes.name(code, script)
                read = classes.name(label.iso639_3, script)
                assert stands_for(classes.predicted(label), gold) == (read == gold), (label, gold)


def test_coverage_of_lid176() -> None:
    labels = meanings("fasttext", LID176)
    gold = ["tat_Cyrl", "kpv_Cyrl", "koi_Cyrl", "kbd_Cyrl", "ydd_Hebr", "cmn_Hant", "kum_Cyrl"]
    assert {policy: covered(policy, gold, labels) for policy in POLICIES} == {
        "strict": {"tat_Cyrl"},
        "macro": {"tat_Cyrl", "kpv_Cyrl", "koi_Cyrl", "ydd_Hebr", "cmn_Hant"},
        "group": {"tat_Cyrl", "kpv_Cyrl", "koi_Cyrl", "ydd_Hebr", "cmn_Hant", "kum_Cyrl"},
    }


def covered(policy: Policy, gold: list[str], labels: list[Meaning]) -> set[str]:
    """The gold languages that a label is right for."""
    classes = class_codes(policy, [one[:3] for one in gold], [label.iso639_3 for label in labels])
    names = [classes.predicted(label) for label in labels]
    return {one for one in gold if any(stands_for(name, classes.name(*one.split("_"))) for name in names)}


def test_a_script_that_the_label_names_must_be_that_of_the_gold() -> None:
    labels = meanings("fasttext", ["tat_Latn", "zho_Hans"])
    assert covered("strict", ["tat_Cyrl", "zho_Hani"], labels) == {"zho_Hani"}


def test_a_policy_that_is_none() -> None:
    with pytest.raises(UserError, match="strict, macro, group"):
        class_codes("loose", [], [])  # type: ignore[arg-type]
