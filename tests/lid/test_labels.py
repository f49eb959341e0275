"""Every label of every model, row by row, against langcodes (IANA and CLDR) and the table of languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from langcov.errors import UserError
from langcov.languages import Language, all_languages, lid_label
from langcov.languages.iso639 import collections, look_up
from langcov.lid.kinds import KINDS, load
from langcov.lid.labels import UNEXPLAINED, Meaning, meanings, prefix_of
from langcov.text.scripts import is_script

LABELS = {path.stem: path.read_text().split() for path in (Path(__file__).parent / "labels").glob("*.txt")}
"""The labels of each model, as its adapter gives them."""
ROWS = [(model, label) for model, labels in sorted(LABELS.items()) for label in labels]
OWN = {
    ("lid176", "als"): ("gsw", "", ""),
    ("lid176", "bh"): ("bho", "", ""),
    ("cld2", "xx-Qaai"): ("", "Zinh", "unsure"),
    ("cld2", "un"): ("", "", "unsure"),
    ("cld3", "und"): ("", "", "unsure"),
    ("heliport", "und"): ("", "", "unsure"),
    ("heliport", "zxx"): ("", "", "not-language"),
    ("langid", "zxx"): ("", "", "not-language"),
    ("cld2", "zzp"): ("", "", "unmapped"),
}
"""The labels that are not what IANA's registry and CLDR say of the code: language, script, sentinel."""
NOT_IN_TABLE = {
    "langid": {
        "tat_Cyrl": "the column is of langid.py; the new model of py3langid 0.4.0 knows more",
        "tat_Latn": "as tat_Cyrl",
        "tat_Arab": "as tat_Cyrl",
        "bak_Cyrl": "as tat_Cyrl",
        "bak_Latn": "as tat_Cyrl",
        "crh_Cyrl": "as tat_Cyrl",
        "crh_Latn": "as tat_Cyrl",
        "uzb_Latn": "as tat_Cyrl",
        "tuk_Latn": "as tat_Cyrl",
        "tuk_Cyrl": "as tat_Cyrl",
        "tgk_Cyrl": "as tat_Cyrl",
    },
}
"""Languages that a label of a model means, though the table of languages names no label of it; and why."""


@cache
def of(model: str) -> dict[str, Meaning]:
    kind = "fasttext" if model == "lid176" else model
    return {meaning.label: meaning for meaning in meanings(kind, LABELS[model])}


def fields(meaning: Meaning) -> tuple[str, str, str]:
    return meaning.iso639_3, meaning.script, meaning.sentinel.value if meaning.sentinel else ""


@pytest.mark.parametrize(("model", "label"), ROWS)
def test_label_means_what_the_registries_say(model: str, label: str) -> None:
    found = fields(of(model)[label])
    if (model, label) in OWN:
        assert found == OWN[model, label]
    elif label.startswith("xx-"):
        assert found == ("", label[3:], "unsure")
    elif model == "lingua":
        lingua = pytest.importorskip("lingua")
        assert found == (getattr(lingua.Language, label).iso_code_639_3.name.lower(), "", "")
    else:
        langcodes = pytest.importorskip("langcodes")
        tag = langcodes.Language.get(label, normalize=False)
        assert found == (tag.to_alpha3(), tag.script or "", "")


@pytest.mark.parametrize("model", sorted(LABELS))
def test_the_lists_are_those_of_the_models(model: str, shared: Path) -> None:
    kind = KINDS.builtin.get(model)
    pytest.importorskip(kind.library if kind else "fasttext")
    labels = load(model if kind else shared / "lid/lid.176.ftz").model.labels
    assert sorted(labels) == sorted(LABELS[model])


def test_all_that_cld2_lists_is_explained_though_never_given() -> None:
    listed = {code for _, code in pytest.importorskip("pycld2").LANGUAGES} - set(LABELS["cld2"])
    found = {meaning.label: fields(meaning) for meaning in meanings("cld2", sorted(listed))}
    plain = {label: (code.code, "", "") for label in listed if (code := look_up(label))}
    assert {label: found[label] for label in found if found[label] != plain.get(label)} == {
        "sr-ME": ("cnr", "", ""),
        "xxx": ("", "", "not-language"),
        "zzb": ("", "", "unmapped"),
        "zze": ("", "", "unmapped"),
        "zzh": ("", "", "unmapped"),
    }


@pytest.mark.parametrize("language", all_languages(), ids=lambda language: language.id)
@pytest.mark.parametrize("model", sorted(LABELS))
def test_the_table_of_languages_agrees(model: str, language: Language) -> None:
    label = lid_label(language, model)
    code = look_up(language.iso639_3)
    assert code is not None
    right = [
        meaning.label
        for meaning in of(model).values()
        if meaning.iso639_3 == language.iso639_3 and meaning.script in ("", language.script)
    ]
    if language.id in NOT_IN_TABLE.get(model, {}):
        assert label is None and right
    elif label is None:
        assert not right
    else:
        found = of(model)[label]
        assert found.iso639_3 in (language.iso639_3, code.macrolanguage)
        assert found.script in ("", language.script)


@pytest.mark.parametrize("model", ["lid218e", "glotlid", "openlid"])
@pytest.mark.parametrize("language", all_languages(), ids=lambda language: language.id)
def test_labels_with_scripts_need_no_table(model: str, language: Language) -> None:
    label = lid_label(language, model)
    if label:
        assert fields(meanings("fasttext", [label])[0]) == (language.iso639_3, language.script, "")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("als", ("als", "", "")),
        ("als_Latn", ("als", "Latn", "")),
        ("TAT", ("tat", "", "")),
        ("zh-hant", ("zho", "Hant", "")),
        ("nah_Latn", ("nah", "Latn", "")),
        ("und_Xsux", ("", "Xsux", "unsure")),
        ("zxx_Zzzz", ("", "Zzzz", "not-language")),
        ("ajp_Arab", ("apc", "Arab", "")),
        ("eml_Latn", ("eml", "Latn", "")),
        ("bat-smg", ("sgs", "", "")),
        ("ger", ("deu", "", "")),
        ("iw", ("heb", "", "")),
        ("sh", ("hbs", "", "")),
        ("mo", ("ron", "", "")),
        ("mul", ("", "", "unmapped")),
    ],
)
def test_labels_of_other_models(label: str, expected: tuple[str, str, str]) -> None:
    assert fields(meanings("fasttext", [label, "tat_Cyrl"])[0]) == expected


def test_why_a_code_means_another_is_said() -> None:
    assert "2023-01-20: now apc" in meanings("fasttext", ["ajp"])[0].reason
    assert "no one code" in meanings("fasttext", ["eml"])[0].reason
    assert meanings("fasttext", ["tat"])[0].reason == ""


def test_a_label_that_nothing_explains_vetoes_no_other() -> None:
    found = meanings("fasttext", ["tat", "LABEL_1", "xxz", "rus", "tat_Cyrr"])
    assert [fields(meaning) for meaning in found] == [
        ("tat", "", ""), ("", "", "unmapped"), ("", "", "unmapped"), ("rus", "", ""), ("", "", "unmapped")
    ]  # fmt: skip
    assert {meaning.reason for meaning in found} == {"", UNEXPLAINED}


def test_collections_are_labels_like_others(tmp_path: Path) -> None:
    """The list of the Library of Congress, as pycountry carries it too."""
    for code, name in collections().items():
        assert look_up(code) is None
        found = meanings("fasttext", [f"{code}_Latn"])[0]
        assert fields(found) == (code, "Latn", "")
        assert found.reason == f"ISO 639-5 collection ({name}) without a code of ISO 639-3"
    assert len(collections()) == 115
    path = tmp_path / "oto.tsv"
    path.write_text("LABEL_1\toto\tLatn\n", encoding="utf-8")
    assert fields(meanings("fasttext", ["LABEL_1"], path)[0]) == ("oto", "Latn", "")


@pytest.mark.parametrize("prefix", ["__label__", "__lang__", "#", "lang:", "__", "LANG=", ""])
@pytest.mark.parametrize(
    "labels",
    [["ru", "tt", "en"], ["tat_Cyrl", "tat_Latn"], ["zh-Hans", "zh-Hant"], ["oto_Latn"], ["rus", "LABEL_1"]],
)
def test_the_prefix_of_labels_is_learnt(prefix: str, labels: list[str]) -> None:
    assert prefix_of([prefix + label for label in labels]) == prefix


def test_a_prefix_of_labels_that_mean_nothing() -> None:
    assert prefix_of(["__label__A1", "__label__B2"]) == "__label__"
    assert prefix_of(["A1", "B2"]) == ""


def test_a_users_table_goes_before(tmp_path: Path) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text(
        "label\tiso639_3\tscript\nLABEL_1\ttt\tCyrl\nals\tgsw\n\nnone\tunsure\t\n", encoding="utf-8"
    )
    found = meanings("fasttext", ["als", "rus", "none", "LABEL_1"], path)
    assert [meaning[:3] for meaning in found] == [
        ("als", "gsw", ""),
        ("rus", "rus", ""),
        ("none", "", ""),
        ("LABEL_1", "tat", "Cyrl"),
    ]
    assert [fields(meaning)[2] for meaning in found] == ["", "", "unsure", ""]
    assert found[0].reason == "given in labels.tsv"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("als", "between tabs"),
        ("als\tgsw\tLatn\tmore", "between tabs"),
        ("alz\tgsw", "'alz' is no label"),
        ("als\txxz", "'xxz' is no code"),
        ("als\t", "'' is no code"),
        ("als\tgsw\tLaten", "'Laten' is no code of ISO 15924"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text(f"label\tiso639_3\tscript\n{line}\n", encoding="utf-8")
    with pytest.raises(UserError, match=rf"labels\.tsv:2: .*{message}"):
        meanings("fasttext", ["als"], path)


def test_a_label_has_one_line(tmp_path: Path) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text("als\tgsw\nals\tsqi\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"labels\.tsv:2: 'als' has a line before this one"):
        meanings("fasttext", ["als"], path)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_table_that_is_none_is_an_error_of_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "labels.tsv"
    if content:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"labels\.tsv: .*cannot be read"):
        meanings("fasttext", ["als"], path)


def test_every_script_of_a_meaning_is_one() -> None:
    scripts = {meaning.script for model in LABELS for meaning in of(model).values()} - {""}
    assert all(map(is_script, scripts))
