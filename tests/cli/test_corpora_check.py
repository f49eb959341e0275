"""``langcov corpora check``: formats, exit codes, the language it speaks, wrong input."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from langcov.core import ui
from langcov.corpora import resolve
from langcov.corpora.base import Provenance, ReadOptions
from langcov.corpora.tables.read import read_words
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The locale is English, and so is what runs after the test."""
    monkeypatch.setenv("LC_ALL", "C")
    yield
    ui.use("en")


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Words of which one has the digit 1 for the palochka."""
    path = tmp_path / "texts.txt"
    path.write_text("хӏун хӏун\nх1ун\n", "utf-8")
    return path


def check(run: Run, *args: object) -> tuple[int, str]:
    done = run("corpora", "check", *args, "--quiet")
    assert done.err == ""
    return done.code, done.out


def test_errors_are_shown_and_told_by_the_exit_code(run: Run, faulty: Path) -> None:
    code, out = check(run, faulty, "--lang", "che")
    assert code == 1
    assert "  х[1]ун  х[ӏ]ун         1  ✓\n" in out
    assert f"    langcov corpora fix {faulty} --lang che_Cyrl --only palochka\n" in out
    assert f"{faulty}:2:2" in out
    assert out.splitlines()[-1].startswith("1 error: this text needs fixing.")


def test_clean_text_is_done(run: Run, faulty: Path) -> None:
    faulty.write_text("хӏун хӏун\n", "utf-8")
    code, out = check(run, faulty, "--lang", "che")
    assert code == 0
    assert "No issues found" in out


def test_formats(run: Run, faulty: Path, tmp_path: Path) -> None:
    code, out = check(run, faulty, "--lang", "che", "--format", "json")
    assert (code, json.loads(out)["verdict"]) == (1, "errors")
    code, out = check(run, faulty, "--lang", "che", "--format", "sarif")
    assert (code, json.loads(out)["version"]) == (1, "2.1.0")
    code, out = check(run, faulty, "--lang", "che", "--format", "md")
    assert code == 1 and out.startswith("# Corpus check: Chechen (che\\_Cyrl)\n")
    page = tmp_path / "page.html"
    assert check(run, faulty, "--lang", "che", "--format", "html", "-o", page) == (1, "")
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_it_speaks_russian_but_to_programs(run: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert "Палочка записана другим знаком" in check(run, faulty, "--lang", "che")[1]
    assert "1 error" in check(run, faulty, "--lang", "che", "--ui", "en")[1]
    (finding,) = json.loads(check(run, faulty, "--lang", "che", "--format", "json")[1])["findings"]
    assert finding["message"] == "The palochka is written as U+0031 DIGIT ONE."
    (finding,) = json.loads(check(run, faulty, "--lang", "che", "--format", "json", "--ui", "ru")[1])[
        "findings"
    ]
    assert finding["message"] == "Палочка записана как U+0031 цифра «1»."


def test_several_languages_are_told_after_all_files(
    run: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(faulty.parent)
    faulty.rename("che.txt")
    Path("tat.txt").write_text("китап\n", "utf-8")
    code, out = check(run, "che.txt", "tat.txt")
    assert code == 1
    head, first, second = out.splitlines()[:3]
    assert head.split() == ["file", "language", "verdict", "errors", "warnings"]
    assert re.fullmatch(r"che.txt +Chechen +needs fixing +1 +0", first)
    assert re.fullmatch(r"tat.txt +Tatar +no issues +0 +0", second)
    assert out.index("Chechen (che_Cyrl)") < out.index("х[1]ун") < out.index("Tatar (tat_Cyrl)")


def test_several_languages_make_one_report_for_programs_and_one_page(run: Run, faulty: Path) -> None:
    faulty.rename(faulty.with_name("che.txt"))
    (faulty.parent / "tat.txt").write_text("китап\n", "utf-8")
    code, out = check(run, faulty.parent, "--format", "json")
    found = json.loads(out)
    assert (code, found["schema"], found["verdict"]) == (1, "langcov.findings.several/1", "errors")
    assert [(one["language"], one["verdict"]) for one in found["reports"]] == [
        ("che_Cyrl", "errors"),
        ("tat_Cyrl", "clean"),
    ]
    assert [(one["errors"], one["warnings"]) for report in found["reports"] for one in report["files"]] == [
        (1, 0),
        (0, 0),
    ]
    code, out = check(run, faulty.parent, "--format", "sarif")
    runs = json.loads(out)["runs"]
    assert [one["automationDetails"]["id"] for one in runs] == ["langcov/che_Cyrl", "langcov/tat_Cyrl"]
    assert code == 1 and [len(one["results"]) for one in runs] == [1, 0]
    code, out = check(run, faulty.parent, "--format", "html")
    assert code == 1 and out.count("<!DOCTYPE") == 1 and "<h1>Corpus check: 2 languages</h1>" in out
    assert check(run, faulty.parent, "--lang", "tat", "--format", "html")[0] == 0


def test_a_line_of_another_file_is_found_with_both_places(run: Run, tmp_path: Path) -> None:
    line = "Барлык кешеләр дә азат булып туалар."
    for name, lines in {"test": [line], "train": ["Аларга акыл һәм вөҗдан бирелгән.", line]}.items():
        (tmp_path / f"tat_Cyrl.{name}.txt").write_text("\n".join(lines), "utf-8")
    code, out = check(run, tmp_path, "--only", "duplicate-line,split-leak")
    train = tmp_path / "tat_Cyrl.train.txt"
    assert code == 0 and f"This line of the test set stands in training: line 2 of {train}.\n" in out
    assert f"{tmp_path / 'tat_Cyrl.test.txt'}:1:1\n" in out
    assert (
        f"1 of 1 lines of this test set (100 %) stand in training: the first, line 1, is line 2 of {train}"
        in out
    )
    (result, leak) = json.loads(
        check(run, tmp_path, "--format", "sarif", "--only", "duplicate-line,split-leak")[1]
    )["runs"][0]["results"][::-1]
    assert leak["ruleId"] == "split-leak" and "region" not in leak["locations"][0]["physicalLocation"]
    [there] = result["relatedLocations"]
    assert there["physicalLocation"]["artifactLocation"]["uri"] == train.as_uri()
    assert there["physicalLocation"]["region"] == {"startLine": 2}


def test_a_file_named_twice_is_refused(run: Run, faulty: Path) -> None:
    done = run("corpora", "check", faulty, faulty, "--lang", "che")
    assert done.code == 2 and "is named twice for che_Cyrl: name it once" in done.complaint


def test_the_command_that_fixes_is_that_of_the_check(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "мой словарь.csv"
    path.write_text("слово;перевод\nх1ун;что\nхIун;что\n", "utf-8")
    options = ["--lang", "che", "--text-column", "слово", "--lid", "none"]
    out = check(run, path, *options)[1]
    [command] = [line.strip() for line in out.splitlines() if "corpora fix" in line]
    done = run(*shlex.split(command)[1:])
    assert done.code == 0 and "+хӏун;что" in done.out
    assert f"langcov corpora fix '{path}' --lang che_Cyrl --only palochka --text-column" in out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nowhere.txt", "--lang", "che"], "nowhere.txt"),
        (["texts.txt", "--lang", "xyzzy"], "unknown language"),
        (["texts.txt", "--lang", "che", "--ui", "fr"], "invalid choice"),
        (["texts.txt", "--lang", "che", "--tier", "tx"], "--tier is of no use: no file here is a document"),
        (
            ["texts.txt", "--lang", "che", "--text-column", "2"],
            "--text-column is of no use: no file here is a",
        ),
        (
            ["texts.txt", "--lang", "che", "--delimiter", ";"],
            "--delimiter is of no use: no file here is a table",
        ),
        (
            ["texts.txt", "--lang", "che", "--lang-column", "1"],
            "--lang-column is of no use: no file here is a",
        ),
        (
            ["texts.txt", "--lang", "che", "--lang-field", "l"],
            "--lang-field is of no use: no file here is a file of",
        ),
        (["texts.txt", "--lang", "che", "--delimiter", "ab"], "cells can't be parted by 'ab'"),
        (["texts.txt", "--lang", "che", "-o", "no/such/folder.txt"], "no such folder"),
        (["texts.txt", "--lang", "che", "--max-shown", "0"], "whole number"),
        (["texts.txt", "--lang", "che", "--orthography", "old"], "orthography"),
        (["texts.txt", "--lang", "che", "--only", "palochkaa"], "palochkaa"),
    ],
)
def test_wrong_input_is_one_line(
    run: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], said: str
) -> None:
    monkeypatch.chdir(faulty.parent)
    done = run("corpora", "check", *args)
    assert done.code == 2
    assert said in done.complaint


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_a_report_never_takes_the_place_of_the_text(run: Run, faulty: Path, link: str) -> None:
    same = faulty.with_name("report.txt")
    getattr(same, link)(faulty)
    for output in (faulty, same):
        done = run("corpora", "check", faulty, "--lang", "che", "-o", output)
        assert done.code == 2 and "never written over" in done.err
    assert "х1ун" in faulty.read_text("utf-8")


@pytest.mark.parametrize("options", [(), ("--format", "json"), ("--format", "sarif"), ("--only", "nfc")])
def test_a_file_without_text_is_no_clean_one(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "tat.txt").write_text(" \n\n", "utf-8")
    done = run("corpora", "check", tmp_path / "tat.txt", "--quiet", *options)
    assert done.code == 2
    assert (
        done.err
        == f"langcov: {tmp_path / 'tat.txt'} holds no text (lines read: 2): nothing was checked in it\n"
    )


def test_a_file_without_text_hides_no_other(run: Run, tmp_path: Path, faulty: Path) -> None:
    (tmp_path / "che.txt").write_text("", "utf-8")
    done = run("corpora", "check", f"che={tmp_path / 'che.txt'}", f"che={faulty}", "--quiet")
    assert done.code == 2 and "х[1]ун  х[ӏ]ун " in done.out and "che.txt holds no text" in done.err


def test_the_verdict_on_the_language_is_an_error(run: Run, tmp_path: Path) -> None:
    words = sorted(bundled_words("kaz_Cyrl"))[:200]
    path = tmp_path / "text.txt"
    path.write_text("\n".join(" ".join(words[at : at + 5]) for at in range(0, 200, 5)), "utf-8")
    code, out = check(run, path, "--lang", "tat", "--only", "declared-language")
    assert code == 1 and out.startswith("This text looks like Kazakh rather than Tatar: ")
    code, out = check(run, path, "--lang", "tat", "--only", "declared-language", "--ui", "ru")
    assert out.startswith("Язык этого текста похож на казахский, а не на татарский: ")
    code, out = check(run, path, "--lang", "kaz", "--only", "declared-language")
    assert code == 0 and out.endswith("No issues found by the checks that were made.\n")


def bundled_words(language: str) -> set[str]:
    """The words of the declaration of human rights in a language."""
    (corpus,) = resolve(["udhr"], languages=[language])
    return set(read_words(corpus.sources[0], corpus, ReadOptions(), Provenance()).words)


def test_a_letter_map_is_proposed_and_saved(run, tmp_path: Path, shared: Path) -> None:
    lines = (shared / "corpora/ntrex/kaz_Cyrl.txt").read_text("utf-8").split("\n")[:60]
    path, font = tmp_path / "kaz.txt", tmp_path / "map.tsv"
    path.write_text("\n".join(lines).translate(str.maketrans("қғәңҚ", "ќѓєѕЌ")), "utf-8")
    asked = ("corpora", "check", path, "--lang", "kaz", "--quiet", "--only")
    assert "--save-letter-map" in run(*asked, "declared-language").out and not font.exists()
    saved = run(*asked, "declared-language", "--save-letter-map", font)
    assert saved.code == 1 and "ќ\tқ\nЌ\tҚ\n" in font.read_text("utf-8")
    assert "letter-map" in run(*asked, "letter-map", "--letter-map", font).out
    path.write_text("\n".join(lines), "utf-8")
    none = run(*asked, "declared-language", "--save-letter-map", tmp_path / "none.tsv")
    assert (
        none.code == 2 and "no letter of a legacy font" in none.err and not (tmp_path / "none.tsv").exists()
    )
