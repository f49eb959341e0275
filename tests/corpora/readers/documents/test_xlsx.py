"""Spreadsheets: which cells are read, and what is read in them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from langcov.corpora.base import ReadOptions
from langcov.corpora.names import files_of
from langcov.errors import UserError
from tests.corpora.readers.documents.made import read, skipped, xlsx


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tat.xlsx"


def _one(path: Path, rows: list[list[Any]], **options: Any) -> list[tuple[str, str]]:
    xlsx(path, {"Sheet": rows})
    return read(path, **options)


def test_the_only_column(path: Path) -> None:
    rows = [["бер"], [None], ["ике\nөч"], ["дүрт\r\nбиш"], [5], [5.5], [" алты "]]
    assert _one(path, rows) == [
        ("бер", "'Sheet'!A1"),
        ("ике", "'Sheet'!A3"),
        ("өч", "'Sheet'!A3"),
        ("дүрт", "'Sheet'!A4"),
        ("биш", "'Sheet'!A4"),
        ("5", "'Sheet'!A5"),
        ("5.5", "'Sheet'!A6"),
        (" алты ", "'Sheet'!A7"),
    ]


@pytest.mark.parametrize(
    ("options", "texts"),
    [
        ({}, ["сүз"]),
        ({"text_column": "text"}, ["сүз"]),
        ({"text_column": "рус"}, ["слово"]),
        ({"text_column": 3}, ["рус", "слово"]),
        ({"text_column": "C"}, ["рус", "слово"]),
        ({"text_column": 4}, []),
    ],
)
def test_which_column(options: dict[str, Any], texts: list[str], path: Path) -> None:
    rows = [[], ["id", "text", "рус" if options else "rus"], [1, "сүз", "слово"]]
    assert [text for text, _ in _one(path, rows, **options)] == texts


def test_columns_that_cannot_be_told(path: Path) -> None:
    rows = [["id", "сүз", "слово"]]
    with pytest.raises(
        UserError, match=r"'Sheet': any column may be the text \(1 'id', 2 'сүз', 3 'слово'\)"
    ):
        _one(path, rows)
    with pytest.raises(UserError, match=r"no column 'text'.* name the right one with --text-column"):
        _one(path, rows, text_column="text")
    with pytest.raises(UserError, match=r"no column 'язык'.* name the right one with --lang-column"):
        _one(path, rows, text_column=2, lang_column="язык")


def test_which_sheet(path: Path) -> None:
    xlsx(path, {"a b": [["бер"]], "empty": [], "c": [["ике"]]})
    with pytest.raises(
        UserError, match=r"several sheets \(1 'a b', 2 'empty', 3 'c'\): name one with --sheet"
    ):
        read(path)
    assert read(path, sheet="a b") == read(path, sheet=1) == [("бер", "'a b'!A1")]
    assert read(path, sheet="c") == [("ике", "'c'!A1")]
    for wrong in ("d", 4):
        with pytest.raises(UserError, match=f"no sheet {wrong!r}"):
            read(path, sheet=wrong)
    xlsx(path, {"empty": [], "c": [["ике"]]})
    assert read(path) == [("ике", "'c'!A1")]


def test_rows_of_several_languages(path: Path) -> None:
    xlsx(path, {"Sheet": [["lang", "text"], ["tat", "сүз"], ["rus", "слово"], ["tat", "бер"]]})
    sources = files_of([str(path)], ReadOptions(lang_column="lang"))
    assert [(source.language, source.only) for source in sources] == [
        ("rus_Cyrl", ("rus",)),
        ("tat_Cyrl", ("tat",)),
    ]
    assert [text for text, _ in read(path, only=("tat",), lang_column="lang")] == ["сүз", "бер"]


def test_escapes_are_undone(path: Path) -> None:
    rows = [["а_x000D_\nб"], ["_x0041_"], ["_x00e4_л"], ["_x41_"], ["a_x005f_x"]]
    assert [text for text, _ in _one(path, rows)] == ["а", "б", "A", "äл", "_x41_", "a_x"]


def test_a_clitic_is_no_formula(path: Path) -> None:
    """A script that writes it as a text makes a formula of it, without a value."""
    assert [text for text, _ in _one(path, [["=да"], ["=-мы"], ["-да"]])] == ["=да", "=-мы", "-да"]


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("=A1&B1", "a formula whose value was not saved"),
        (datetime.date(2026, 5, 9), "a date or time"),
        (True, "true or false"),
        ("#N/A", "the error #N/A"),
    ],
)
def test_cells_without_text(value: Any, what: str, path: Path) -> None:
    with pytest.raises(UserError, match=f"'Sheet'!A2: the cell holds {what}, not text.*--null skip"):
        _one(path, [["бер"], [value], ["ике"]])
    assert [text for text, _ in read(path, null="skip")] == ["бер", "ике"]
    assert skipped(path, null="skip") == 1


def test_names_of_cells_are_no_clitics(path: Path) -> None:
    import openpyxl
    from openpyxl.workbook.defined_name import DefinedName

    xlsx(path, {"Sheet": [["=сумма"]]})
    book = openpyxl.load_workbook(path)
    book.defined_names["сумма"] = DefinedName("сумма", attr_text="Sheet!$B$1")
    book.save(path)
    with pytest.raises(UserError, match="a formula whose value was not saved"):
        read(path)


def test_a_sheet_that_states_a_wrong_size_is_read_to_its_end(path: Path) -> None:
    import zipfile

    xlsx(path, {"Sheet": [["бер"], ["ике"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert b'ref="A1:A2"' in parts[sheet]
    parts[sheet] = parts[sheet].replace(b'ref="A1:A2"', b'ref="A1"')
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert [text for text, _ in read(path)] == ["бер", "ике"]


def test_comments_of_the_sheet_are_said_to_be_left_out(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    comment = pytest.importorskip("openpyxl.comments").Comment
    book = openpyxl.Workbook()
    book.active.append(["бер"])
    book.active["A1"].comment = comment("?!", "A")
    book.create_sheet("Икенче").append(["ике"])
    for cell, text in (("A1", "тикшерергә"), ("C9", "монда да")):
        book["Икенче"][cell].comment = comment(text, "A")
    book.save(path)
    assert read(path, sheet=1) == [("бер", "'Sheet'!A1")]
    assert caplog.text == ""
    assert read(path, sheet=2) == [("ике", "'Икенче'!A1")]
    said = [record.getMessage().partition(": ")[2] for record in caplog.records]
    assert said == ["comments with text, which are not read: 2"]


def test_rows_that_are_hidden_are_read(path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for text in ("бер", "ике"):
        book.active.append([text])
    book.active.row_dimensions[2].hidden = True
    book.save(path)
    assert [text for text, _ in read(path)] == ["бер", "ике"]
