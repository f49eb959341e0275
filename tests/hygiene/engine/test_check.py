"""A whole check: places, counts, and that they don't depend on how a file is read."""

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langcov.corpora.base import ReadOptions
from langcov.errors import UserError
from langcov.hygiene.engine import check
from langcov.hygiene.engine.check import Settings, check_corpora, check_corpus
from langcov.lid.kinds import LidSystem
from tests.hygiene.lines.test_languages import model

WORDS = [
    "ҫын",
    "çын",
    "ӑна",
    "ӑна",
    "пÿрт",
    "XIX",
    "Cap",
    "ки\u00adтап",
    "&#1241;",
    "<b>",
    "a@b.ru",
    "ФБР",
    "—",
]
QUICK = ["russian-line", "sister-language", "other-language", "near-duplicate-line"]
"""Left out of many small examples: each asks models."""
LINES = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), min_size=1, max_size=12)


@settings(max_examples=30)
@given(st.lists(LINES, min_size=2, max_size=3))
def test_each_file_has_its_own_places(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("c")
    names = ["test.txt", "train.txt", "more.txt"][: len(files)]
    for name, lines in zip(names, files):
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    report = check_corpora([str(folder / name) for name in names], "chv", Settings(skip=QUICK))[0]
    assert [Path(file.file).name for file in report.files] == [
        name for name in ("more.txt", "train.txt", "test.txt") if name in names
    ]
    for severity in ("error", "warning"):
        found = Counter(one.file for one in report.findings if one.issue.severity == severity)
        assert {file.file: getattr(file, f"{severity}s") for file in report.files} == {
            file.file: found[file.file] for file in report.files
        }


@settings(max_examples=60)
@given(LINES, st.integers(1, 40))
def test_places_and_counts(tmp_path_factory: pytest.TempPathFactory, lines: list[str], chunk: int) -> None:
    path = tmp_path_factory.mktemp("c") / "chv.txt"
    path.write_text("".join(line + "\n" for line in lines), "utf-8", newline="")
    report = check_corpora([str(path)], "chv", Settings(skip=QUICK))[0]
    again = check_corpora([str(path)], "chv", Settings(skip=QUICK, options=ReadOptions(chunk_bytes=chunk)))[0]
    assert again == report
    assert report.lines == len(lines)
    assert report.words == sum(len(line.split()) for line in lines)
    assert report.characters == Counter("".join(line + "\n" for line in lines))
    places = Counter((finding.issue.check, finding.issue.severity) for finding in report.findings)
    assert {(count.check, count.severity): count.places for count in report.counts} == places
    for finding in report.findings:
        if finding.line is None or finding.column is None:
            continue
        line = lines[finding.line - 1]
        wrong = line[finding.column - 1 : finding.column - 1 + finding.length]
        assert not finding.issue.wrong or (wrong[0], wrong[-1]) == (
            finding.issue.wrong[0],
            finding.issue.wrong[-1],
        )
        assert finding.before + finding.text + finding.after in line


def test_a_place_as_an_editor_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "che.txt"
    path.write_text("хӏун\nдуккха «х1ун», хӏун\n", "utf-8")
    (finding,) = [
        one for one in check_corpora([str(path)], None)[0].findings if one.issue.check == "palochka"
    ]
    assert (finding.line, finding.column, finding.length) == (2, 10, 1)
    assert (finding.text, finding.issue.suggestion, finding.codepoints) == ("х1ун", "хӏун", ["0031"])
    assert (finding.before, finding.after) == ("дуккха «", "», хӏун")


def test_a_issue_far_into_a_line_is_marked_in_what_is_shown() -> None:
    report = check_corpus(["а " * 100 + "a@b.ru"], "tat", Settings(only=["email"]))
    (finding,) = report.findings
    assert (finding.column, finding.length) == (201, 6)
    assert finding.text[finding.issue.start : finding.issue.end] == "a@b.ru"


def test_columns_of_other_formats(tmp_path: Path) -> None:
    table, treebank = tmp_path / "chv.tsv", tmp_path / "chv.conllu"
    table.write_text("01/key1\tçын\n", "utf-8")
    treebank.write_text("# text = çын\n1\tçын\tçын\n", "utf-8")
    for path, column in ((table, 9), (treebank, 10)):
        (finding,) = [one for one in check_corpora([str(path)], None)[0].findings if one.line]
        assert (finding.line, finding.column, finding.text) == (1, column, "çын")


def test_what_can_not_be_judged_is_said() -> None:
    report = check_corpus(["тест"], "kim")
    assert {"palochka", "twin", "alphabet"} <= report.not_judged.keys()
    assert not {"lookalike", "mixed-script-word"} & report.not_judged.keys()  # the script is known
    assert report.verdict == "clean"


def test_what_can_not_be_read_again_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "chv.txt")
    with pytest.raises(UserError, match="only once"):
        check_corpora([str(tmp_path / "chv.txt")], "chv")
    with pytest.raises(UserError, match="word table"):
        check_corpora(["udhr"], "rus")


def test_only_some_checks() -> None:
    lines = ["çын а\u0306на"]
    assert {one.issue.check for one in check_corpus(lines, "chv", Settings(only=["nfc"])).findings} == {"nfc"}
    assert "nfc" not in {
        one.issue.check for one in check_corpus(lines, "chv", Settings(skip=["nfc"])).findings
    }


COUNTED = [
    ("flores_plus/chv_Cyrl.txt", "chv", "lookalike", "ăĕçÿĂĔÇŸ", 3662, 789),
    ("commonvoice/bak.txt", "bak", "nfc", "\u0306", 201, None),
    ("commonvoice/bak.txt", "bak", "invisible", "\u00ad", 45, None),
    ("ud/UD_Abaza-ATB.conllu", "abq", "palochka", "I", 371, None),
    ("ud/UD_Buryat-BDT.conllu", "bxr", "lookalike", "h", 15, None),
    ("ud/UD_Komi_Permyak-UH.conllu", "koi", "lookalike", "ö", 86, None),
    ("commonvoice/sah.txt", "sah", "twin", "і", 22, None),
    ("udhr/gld_Cyrl.txt", "gld", "nfc", "\u0306\u0308\u0304", 267 + 80 + 11 + 6, None),
]
"""The counts that shared/corpora/SOURCES.md and alphabet_review.tsv name: letters, lines."""


@pytest.mark.parametrize(("name", "language", "check", "letters", "count", "lines"), COUNTED)
def test_counts_that_others_found(
    shared: Path, name: str, language: str, check: str, letters: str | None, count: int, lines: int | None
) -> None:
    report = check_corpora([str(shared / "corpora" / name)], language, Settings(only=[check]))[0]
    found = [one for one in report.counts if one.check == check and one.severity != "note"]
    assert (
        sum(n for one in found for letter, n in one.characters.items() if not letters or letter in letters)
        == count
    )
    if lines:
        numbers = {
            one.line
            for one in report.findings
            if one.issue.severity != "note" and set(one.issue.wrong) & set(letters or "")
        }
        assert len(numbers) == lines


def test_words_that_others_found(shared: Path) -> None:
    report = check_corpora(
        [str(shared / "corpora/commonvoice/tat.txt")], "tat", Settings(only=["lookalike"])
    )[0]
    assert sum(one.words or 0 for one in report.counts) == 158


def test_words_with_a_doubled_mark(shared: Path) -> None:
    path = shared / "corpora/udhr/evn_Cyrl.txt"
    report = check_corpora([str(path)], "evn", Settings(only=["doubled-mark"]))[0]
    doubled = re.findall(r"\S*\u0304\u0304\S*", path.read_text("utf-8"))
    assert [one.words for one in report.counts] == [len(doubled)] == [7]


def test_no_error_on_right_forms(shared: Path) -> None:
    with (shared / "hygiene/clean.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            report = check_corpus([row["text"]], row["language"])
            assert [one for one in report.findings if one.issue.severity == "error"] == [], row


def test_models_are_loaded_once_for_all_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []

    def load(spec: str) -> LidSystem:
        loaded.append(spec)
        return model("one", ["tat"], lambda line: "tat")

    monkeypatch.setattr(check, "load", load)
    for language in ("tat", "bak"):
        (tmp_path / f"{language}.txt").write_text("Бер дә юк икән бит инде бу авылда безнең.\n", "utf-8")
    reports = check_corpora([str(tmp_path)], None, Settings(models=["callable"], only=["other-language"]))
    assert [report.language for report in reports] == ["bak_Cyrl", "tat_Cyrl"]
    assert loaded == ["callable"]
