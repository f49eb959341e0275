"""The table of languages: where it comes from, and what it keeps."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from pathlib import Path

import pytest
import regex
from rich.cells import cell_len

from langcov.cli import main
from langcov.errors import UserError
from langcov.languages import (
    MODELS,
    Language,
    all_languages,
    alphabet,
    find,
    lid_label,
    members,
    orthographies,
    sources,
)
from tests.languages.every import EVERY_ROW
from tools.build_languages import COLUMNS, HERE, build

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_table_is_what_the_script_makes(shared: Path, tmp_path: Path) -> None:
    build(shared, tmp_path)
    for name in ("languages.tsv", "languages_columns.tsv"):
        assert (tmp_path / name).read_bytes() == (HERE / name).read_bytes()


def test_every_added_fact_has_a_column_and_a_source() -> None:
    facts = read(HERE / "added_facts.tsv")
    assert all(fact["column"] in COLUMNS and fact["source"] for fact in facts)
    keys = [(fact["id"], fact["orthography"], fact["column"]) for fact in facts]
    assert len(set(keys)) == len(keys)


def test_every_known_fact_has_a_source() -> None:
    for language in EVERY_ROW:
        named = sources(language)
        shown = {column for column, value in language.facts.items() if value} - {
            "autonym_source",
            "alphabet_source",
            "official_status_source",
        }
        assert set(named) == shown
        assert all(source != "added_facts.tsv" for source in named.values()), (language.id, named)


def test_facts_of_the_shared_table_are_kept(shared: Path) -> None:
    replaced = {(fact["id"], fact["column"]) for fact in read(HERE / "added_facts.tsv")}
    plain = {
        new: old
        for new, (old, _) in COLUMNS.items()
        if old and not new.startswith("label_") and new not in ("letters", "common_voice", "udhr")
    }
    for row in read(shared / "languages.tsv"):
        language = find(row["iso639_3"])
        for new, old in plain.items():
            by = {"alphabet_source": "letters", "autonym_source": "autonym"}.get(new, new)
            if (language.id, by) not in replaced:
                assert language.facts[new] == unicodedata.normalize("NFC", row[old]), (language.id, new)


def test_letters_of_the_shared_table_are_all_kept(shared: Path) -> None:
    for row in read(shared / "languages.tsv"):
        facts = find(row["iso639_3"]).facts
        listed = re.sub(r"\(.*?\)( beyond a-z:)?", "", row["letters_beyond_russian33"]).split()
        variants = [pair.split("=")[0] for pair in facts["variant_letters"].split()]
        columns = ("letters", "optional_letters", "doubted_letters")
        ours = {*variants, *(letter for column in columns for letter in facts[column].split())}
        assert {unicodedata.normalize("NFC", letter) for letter in listed} <= ours, facts["id"]


def test_the_review_is_worked_in(shared: Path) -> None:
    facts = read(HERE / "added_facts.tsv")
    reviewed = {fact["id"][:3] for fact in facts if "alphabet_review.tsv" in fact["source"]}
    added = {
        fact["id"][:3]
        for fact in facts
        if fact["column"] == "letters" or "Cyrillic alphabet" in fact["value"]
    }
    no_source = {"udi", "aqc", "ess"}  # the review asks for a row per script; no source gives the letters
    for row in read(shared / "hygiene" / "alphabet_review.tsv"):
        if "table" in row["verdict"] or "other" in row["verdict"]:
            left = set(re.findall(r"\b[a-z]{3}\b", row["language"])) - reviewed - added - no_source
            assert not {code for code in left if not find(code).facts["letters"]} and len(left) < 2, left


def test_every_corpus_resolves(shared: Path) -> None:
    for row in read(shared / "corpora" / "MANIFEST.tsv"):
        if row["iso639_3"] in ("mul", "iso639_3"):
            continue
        code = row["iso639_3"]
        assert find(code).iso639_3 == code
        script = re.search(r"[A-Z][a-z]{3}", row["script"])
        assert script and find(f"{code}_{script[0]}").id == f"{code}_{script[0]}", row["file"]


@pytest.mark.parametrize(
    ("code", "lower"),
    [
        ("tat", RUSSIAN + "әҗңөүһ"),
        ("che", RUSSIAN + "ӏ"),
        ("sah", RUSSIAN + "ҕҥөүһ"),
        ("rus", RUSSIAN),
        ("srp", "абвгдежзиклмнопрстуфхцчшђјљњћџ"),
        ("ykg", RUSSIAN + "ҕҥөԝ"),
        ("nog", RUSSIAN.replace("ё", "")),
        ("eng", "abcdefghijklmnopqrstuvwxyz"),
    ],
)
def test_alphabet(code: str, lower: str) -> None:
    assert alphabet(find(code)) == (*lower, *lower.upper())


def test_alphabets_with_letters_of_two_code_points_and_odd_capitals() -> None:
    assert {"э̄", "Э̄"} <= set(alphabet(find("gld")))
    assert {"İ", "I", "ı", "i"} <= set(alphabet(find("crh_Latn")))
    assert "ß" in alphabet(find("deu")) and "SS" not in alphabet(find("deu"))
    assert len(alphabet(find("kat"))) == 33
    assert alphabet(find("zho")) == alphabet(find("kim")) == ()
    assert alphabet(orthographies(find("eve"))[1])[33:36] == ("ҥ", "ө", "һ")


@pytest.mark.parametrize("language", EVERY_ROW, ids=lambda row: f"{row.id}{row.orthography}")
def test_letters_are_single_graphemes_in_nfc_and_in_their_script(language: Language) -> None:
    letters = alphabet(language)
    assert len(set(letters)) == len(letters)
    script = {"Hans": "Han", "Hant": "Han"}.get(language.script, language.script)
    for letter in letters:
        assert unicodedata.is_normalized("NFC", letter)
        assert regex.fullmatch(r"\X", letter)
        assert regex.match(rf"[\p{{Script={script}}}\p{{Script=Common}}]", letter), (language.id, letter)


def test_lid_labels() -> None:
    assert lid_label(find("crh_Latn"), "glotlid") == "crh_Latn"
    assert lid_label(find("crh_Cyrl"), "openlid") is None
    assert lid_label(find("kpv"), "lid176") == "kv"
    assert lid_label(find("rus"), "cld3") == "ru"
    for language in all_languages():
        assert all(re.fullmatch(r"[\w-]+", lid_label(language, model) or "none") for model in MODELS)
    with pytest.raises(UserError, match="known are lid176"):
        lid_label(find("tat"), "cld9")


def test_members_of_a_macrolanguage() -> None:
    assert [language.id for language in members("aze")] == ["azj_Latn", "azj_Cyrl"]
    assert members("aze")[0].scope == "" and find("aze").scope == "macrolanguage"
    assert members("xxx") == []


def test_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["languages"]) == 0
    table = capsys.readouterr().out
    assert all(language.id in table for language in all_languages())
    assert max(map(cell_len, table.splitlines())) <= 100
    assert main(["languages", "ykg"]) == 0
    assert "Primary letters after" in re.sub(r"\s+", " ", capsys.readouterr().out)
    assert main(["languages", "eve", "--format", "json"]) == 0
    both = json.loads(capsys.readouterr().out)
    assert [one["facts"]["orthography"] for one in both] == ["", "yakutia"]
    assert both[0]["sources"]["glottocode"] == "Glottolog 5.1"
    assert main(["languages", "--format", "tsv"]) == 0
    header, *lines = capsys.readouterr().out.splitlines()
    assert header.split("\t") == list(COLUMNS) and len(lines) == len(all_languages())
    assert main(["languages", "xx"]) == 2
