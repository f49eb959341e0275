"""Findings at their places: each once, in order, however many there are."""

import json
from pathlib import Path

import pytest

from langcov.corpora import resolve
from langcov.errors import UserError
from langcov.hygiene.engine.check import Settings, check_corpora, check_corpus, exceptions_of, make_plan
from langcov.hygiene.engine.examine import examine
from langcov.hygiene.engine.places import collect
from langcov.hygiene.engine.report import Ledger

LINE = "Бер дә юк икән бит инде бу авылда безнең."


def test_a_line_of_a_record_is_shown_and_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "tat.jsonl"
    texts = [LINE, f"Беренче\n{LINE}\nөченче"]
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    report = check_corpora([str(path)], None, Settings(only=["duplicate-line"]))[0]
    assert [(one.line, one.text) for one in report.findings] == [(2, LINE)]
    assert [(one.places, one.lines) for one in report.counts] == [(1, 1)]


def test_what_is_accepted_is_no_issue_of_a_file_either(tmp_path: Path) -> None:
    path, exceptions = tmp_path / "kjh.txt", tmp_path / "langcov-exceptions.toml"
    path.write_text("хаҷан\nхаӌан\nхаӌан\n", "utf-8")
    settings = Settings(only=["variant"])
    assert check_corpora([str(path)], None, settings)[0].verdict == "warnings"
    accepted = 'letters = ["ҷ"]\ncheck = "variant"\nreason = "usual in print"\n'
    exceptions.write_text(f"[[accept]]\n{accepted}", "utf-8")
    report = check_corpora([str(path)], None, settings)[0]
    assert (report.findings, report.silenced) == ([], 2)


def test_very_many_places_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("langcov.hygiene.engine.report.MOST_LISTED", 2)
    report = check_corpus(
        ["çын çын", "çын", "çын"] + 3 * [LINE], "chv", Settings(only=["lookalike", "duplicate-line"])
    )
    assert [(one.check, one.places, one.lines, one.listed) for one in report.counts] == [
        ("lookalike", 4, 3, 2),
        ("duplicate-line", 2, 2, 2),
        ("duplicate-line", 1, 1, 1),
    ]
    assert [one.line for one in report.findings] == [1, 1, 3, 5, 6]


def test_a_file_that_is_written_to_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "chv.txt"
    path.write_text("çын\n", "utf-8")
    corpora, settings = resolve([str(path)]), Settings(only=["lookalike"])
    examined = examine(
        corpora[0].sources[0], make_plan("chv_Cyrl", settings, exceptions_of(corpora, settings))
    )
    path.write_text("çын çырт\n", "utf-8")
    with pytest.raises(UserError, match="changed while it was read"):
        collect(examined, Ledger())
