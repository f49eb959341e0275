"""Names and codes of languages: each has its own, and each leads to its language and to no other."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

import pytest
from babel.core import get_global

from langcov.errors import UserError
from langcov.languages import Language, all_languages, find
from tests.languages.every import EVERY_ROW


@pytest.mark.parametrize("language", all_languages(), ids=lambda language: language.id)
def test_every_name_leads_back(language: Language) -> None:
    assert find(language.id) == find(language.id.lower().replace("_", "-")) == language
    for text in (language.iso639_3, language.iso639_1, language.name, language.autonym, language.name_ru):
        if not text:
            continue
        try:
            found = find(unicodedata.normalize("NFD", text.casefold()))
        except UserError as error:
            assert "several languages" in str(error) and language.id in str(error)
            continue
        assert related(found, language)


def related(one: Language, other: Language) -> bool:
    """Whether two rows are one language, or a macrolanguage and its member."""
    return one.iso639_3 in (other.iso639_3, other.macrolanguage) or one.macrolanguage == other.iso639_3


NO_OWN_NAME = {"clw", "neg", "oac", "ude", "alr", "bua", "gin", "khv", "kva", "tin"}
"""What they call themselves no source of the table says."""


@pytest.mark.parametrize("language", EVERY_ROW, ids=lambda row: f"{row.id}{row.orthography}")
def test_every_language_has_names_in_russian_and_english(language: Language) -> None:
    """In lower case, as Russian writes them; each leads to the language, or to a choice that has it."""
    assert re.fullmatch("[а-яё]+([- ][а-яё]+)*", language.name_ru)
    first = find(language.iso639_3)
    assert first.autonym or language.iso639_3 in NO_OWN_NAME
    for name in (*language.other_names, *language.other_names_ru, language.name_ru, language.name):
        try:
            assert related(find(name.upper()), language)
        except UserError as error:
            assert f"({first.id})" in str(error)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("якутский", "sah_Cyrl"),
        ("хантыйский", "kca_Cyrl"),
        ("лакский", "lbe_Cyrl"),
        ("ненецкий", "yrk_Cyrl"),
        ("крымскотатарский", "crh_Cyrl"),
        ("алтайский", "alt_Cyrl"),
        ("коми", "kpv_Cyrl"),
        ("узбекский", "uzb_Latn"),
        ("Buryat", "bxr_Cyrl"),
        ("бурятский", "bxr_Cyrl"),
        ("Meadow Mari", "mhr_Cyrl"),
        ("Dargin", "dar_Cyrl"),
        ("Lezgi", "lez_Cyrl"),
        ("Khalkha", "khk_Cyrl"),
        ("tat", "tat_Cyrl"),
        ("TT", "tat_Cyrl"),
        ("tt-Cyrl", "tat_Cyrl"),
        ("татарча", "tat_Cyrl"),
        ("чеченский", "che_Cyrl"),
        ("ГӀАЛГӀАЙ", "inh_Cyrl"),
        ("Yakut", "sah_Cyrl"),
        ("Qırımtatar", "crh_Latn"),
        ("crh", "crh_Cyrl"),
        ("sr-Latn", "srp_Latn"),
        ("uzb", "uzb_Latn"),
        ("uz-Cyrl", "uzn_Cyrl"),
        ("zh-Hant", "cmn_Hant"),
        ("ara", "arb_Arab"),
        ("yi", "ydd_Hebr"),
        ("bua", "bua_Cyrl"),
        ("English", "eng_Latn"),
        ("nort2745", "ykg_Cyrl"),
        ("татарский язык", "tat_Cyrl"),
        ("Язык коми", "kpv_Cyrl"),
        ("Tatar language", "tat_Cyrl"),
    ],
)
def test_find(text: str, id: str) -> None:
    assert find(text).id == id


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        *((text, ["kpv_Cyrl", "koi_Cyrl"]) for text in ("kom", "kv", "Komi")),
        *((text, ["mhr_Cyrl", "mrj_Cyrl"]) for text in ("Mari", "марийский")),
        ("Altai", ["alt_Cyrl", "atv_Cyrl"]),
        ("энецкий", ["enf_Cyrl", "enh_Cyrl"]),
        ("мордовский", ["myv_Cyrl", "mdf_Cyrl"]),
        ("Одул", ["ykg_Cyrl", "yux_Cyrl"]),
    ],
)
def test_what_means_several_languages_lists_them_by_name(text: str, ids: list[str]) -> None:
    with pytest.raises(UserError) as caught:
        find(text)
    listed = ", ".join(f"{find(id).name} ({id})" for id in ids)
    assert str(caught.value) == f"{text!r} means several languages; name one: {listed}"


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Tatat", ["tat"]),
        ("chechn", ["che"]),
        ("ненецкей", ["yrk"]),
        ("удэгэйский", ["ude"]),
        ("татарчо", ["tat"]),
        ("Ханти", ["kca"]),
        ("kbt", ["ket", "kbd", "kat"]),
        ("балкарский", ["krc"]),
        ("черкесский", ["kbd"]),
        ("Circassian", ["kbd", "ady"]),
    ],
)
def test_unknown_language_suggests_the_nearest(text: str, near: list[str]) -> None:
    """The nearest is named first, and all are in the script of what was asked for."""
    with pytest.raises(UserError, match=rf"unknown language '{text}': did you mean ") as caught:
        find(text)
    assert "\n" not in str(caught.value)
    ids = re.findall(r"\((\w{3})_\w{4}\)", str(caught.value))
    assert ids[: len(near)] == near


def test_nothing_near_is_no_suggestion() -> None:
    with pytest.raises(UserError, match=r"^unknown language '12345': 'langcov languages' lists all$"):
        find("12345")


def test_a_region_says_nothing_of_the_language() -> None:
    """A locale is its language; where the region changes the script, says CLDR, it is not known."""
    likely = get_global("likely_subtags")
    for code in {language.iso639_1 or language.iso639_3 for language in all_languages()}:
        for region in get_global("territory_languages"):
            script = str(likely.get(f"{code}_{region}", "")).split("_")[1:2]
            with suppress(UserError):
                assert find(f"{code}_{region}").script in (script or [find(code).script])
    assert [find(name).id for name in ("tt_RU", "en-GB", "uz_Cyrl_UZ")] == [
        "tat_Cyrl",
        "eng_Latn",
        "uzn_Cyrl",
    ]
    for name in ("tt-ru", "tt_ru", "RU_RU", "uz_AF"):
        with pytest.raises(UserError):
            find(name)
