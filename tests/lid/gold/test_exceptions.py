"""Lists of lines that are not gold: whole, true of the shared corpora, and silent about other text."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions, Source
from langcov.corpora.readers.formats import read
from langcov.errors import UserError
from langcov.languages import find
from langcov.lid.gold.exceptions import excepted, gold_lists, line_digests
from langcov.text.properties import scripts
from langcov.text.scripts import comparable, majority_script
from langcov.text.strings import Strings

FOLDERS = ("udhr", "flores_plus", "ntrex", "commonvoice", "nllbseed")


def exceptions() -> list[dict[str, str]]:
    text = (files("langcov.data") / "gold_exceptions.tsv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def listed(corpus: str) -> dict[str, list[dict[str, str]]]:
    """Rows of the lists of a corpus, by language."""
    names = {one.name for one in gold_lists() if corpus in one.corpora}
    found: dict[str, list[dict[str, str]]] = {}
    for row in exceptions():
        if row["list"] in names:
            found.setdefault(row["language"], []).append(row)
    return found


@cache
def read_all(shared: Path, folder: str, language: str, **options: object) -> tuple[Lines, ...]:
    form = "tsv" if folder == "udhr" else "txt"
    path = next(p for p in (shared / "corpora" / folder).iterdir() if _says(p.stem) == language)
    source = Source(language, str(path), form)
    corpus = Corpus(folder, (source,), alignment="keys" if form == "tsv" else "none")
    return tuple(read(source, corpus, ReadOptions(**options), Provenance()))  # type: ignore[arg-type]


def _says(stem: str) -> str:
    try:
        return find(stem).id
    except UserError:
        return ""


def texts(shared: Path, folder: str, language: str) -> dict[str, list[str]]:
    """The excepted lines of one language, by list."""
    found: dict[str, list[str]] = {}
    for lines in read_all(shared, folder, language):
        made = excepted(language, lines.text)
        for at in np.flatnonzero(made.mask):
            name = made.lists[made.which[at]].name
            found.setdefault(name, []).append(lines.text.to_list()[at])
    return found


def test_the_tables_are_whole_and_hold_no_text() -> None:
    names = [one.name for one in gold_lists()]
    assert len(names) == len(set(names))
    assert {row["list"] for row in exceptions()} == set(names)
    places = [(row["list"].split("-")[0], row["language"], row["address"]) for row in exceptions()]
    assert len(places) == len(set(places))
    for row in exceptions():
        assert find(row["language"]).id == row["language"]
        assert re.fullmatch(r"[0-9]+|[0-9a-z]+/[0-9a-z]+", row["address"])
        assert re.fullmatch(r"[0-9a-f]{16}", row["digest"])
        assert int(row["bytes"]) > 0 and len(row) == 5
    assert {one.kind for one in gold_lists()} == {
        "other-language",
        "mixed",
        "shared",
        "other-script",
        "no-letters",
    }


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_lines_that_were_listed_are_found_and_no_other(shared: Path, folder: str) -> None:
    assert listed(folder)
    for language, rows in listed(folder).items():
        found: list[str] = []
        for lines in read_all(shared, folder, language):
            made = excepted(language, lines.text)
            found += [f"{digest:016x}" for digest in line_digests(lines.text[np.flatnonzero(made.mask)])]
        assert sorted(found) == sorted(row["digest"] for row in rows), (folder, language)


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_the_lists_say_is_true(shared: Path, folder: str) -> None:
    kinds = {one.name: one.kind for one in gold_lists()}
    by_language = {language: texts(shared, folder, language) for language in listed(folder)}
    for language, lists in by_language.items():
        for name, lines in lists.items():
            most = [scripts()[at] for at in majority_script(Strings.of(lines))]
            if kinds[name] == "other-script":
                assert comparable(find(language).script) not in most, (name, language)
            elif kinds[name] == "no-letters":
                assert set(most) == {"Zyyy"}
            elif kinds[name] == "shared":
                elsewhere = [found.get(name, []) for other, found in by_language.items() if other != language]
                assert set(lines) <= {line for found in elsewhere for line in found}, (name, language)


def test_titles_and_quotes_equal_the_other_language(shared: Path) -> None:
    russian = {line for lines in read_all(shared, "udhr", "rus_Cyrl") for line in lines.text}
    differ = [
        (language, line)
        for language in ("eve_Cyrl", "nio_Cyrl", "niv_Cyrl")
        for line in texts(shared, "udhr", language)["udhr-russian-titles"]
        if line not in russian
    ]
    assert [language for language, _ in differ] == ["eve_Cyrl"]
    assert differ[0][1].replace("ъ", "ь") in russian
    french = {line for lines in read_all(shared, "ntrex", "fra_Latn") for line in lines.text}
    for language in listed("ntrex"):
        assert set(texts(shared, "ntrex", language).get("ntrex-french-quote", [])) <= french
    english = {line for lines in read_all(shared, "nllbseed", "eng_Latn") for line in lines.text}
    assert set(texts(shared, "nllbseed", "crh_Latn")["nllbseed-english"]) <= english


def test_neither_chunks_nor_normal_forms_change_what_is_found(shared: Path) -> None:
    for options in ({"chunk_bytes": 4096}, {"normalize": "NFD"}, {"normalize": "NFKC"}):
        made = [
            excepted("kir_Cyrl", lines.text)
            for lines in read_all(shared, "commonvoice", "kir_Cyrl", **options)
        ]
        assert sum(int(one.mask.sum()) for one in made) == len(listed("commonvoice")["kir_Cyrl"])
    assert {made[0].lists[at].name for at in made[0].which[made[0].mask]} == {"commonvoice-russian"}


def test_a_line_is_known_by_its_content_alone() -> None:
    made = excepted("spa_Latn", Strings.of(["no", ",", "no", ";"]))
    assert made.mask.tolist() == [False, True, False, False]
    assert made.lists[made.which[1]].name == "ntrex-no-letters"
    assert not excepted("tat_Cyrl", Strings.of([","])).mask.any()
    for language in ("spa_Latn", "yid_Hebr"):
        assert excepted(language, Strings.of([])).which.tolist() == []


def test_a_list_names_the_corpus_by_all_its_names() -> None:
    flores = {one.corpora for one in gold_lists() if one.name.startswith("flores")}
    assert flores == {("flores", "flores_plus")}
    assert listed("flores") == listed("flores_plus") != {}
