from __future__ import annotations

import re
import sys

import pytest
from rich.cells import cell_len

from langcov.cli import main
from langcov.languages import all_languages


def test_a_page_is_written_as_html(run, tmp_path):
    target = tmp_path / "tat.html"
    assert run(*f"languages tat --format html --ui ru -o {target}".split())[0] == 0
    page = target.read_text("utf-8")
    assert '<html lang="ru">' in page
    assert "татарский язык (tat_Cyrl)" in page


def test_an_html_page_is_of_one_language(run):
    code, _out, err = run("languages", "--format", "html")
    assert (code, err.count("\n")) == (2, 1)
    assert "langcov languages tat --format html" in err


def test_a_folder_is_no_target(run, tmp_path):
    assert "is a folder" in run("languages", "tat", "-o", tmp_path)[2]


@pytest.mark.parametrize("ui", ["en", "ru"])
def test_the_table_keeps_codes_whole_in_a_terminal_of_80_columns(ui, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["languages", "--ui", ui]) == 0
    lines = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).split("\n")
    assert max(map(cell_len, lines)) <= 80
    rows = [line.split() for line in lines]
    whole = [row[0] for row in rows if row and re.fullmatch(r"[FUC·]{3}", row[-2:][0])]
    assert sorted(whole) == sorted(language.id for language in all_languages())
