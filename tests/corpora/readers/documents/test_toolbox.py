"""Toolbox: one field of each record."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.errors import UserError
from tests.corpora.readers.documents.made import read

TEXT = """\\_sh v3.0  400  Text
\\_DateStampHasFourDigitYear

\\id Text
\\ref 001
\\tx Барлык   кешеләр
\\mb барлык   кеше -ләр
\\tx азат
\\ge free
\\ft All people
\\ref 002
\\tx һәм
  үз
\\ft and
\\tx
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "tat.toolbox"
    path.write_text(TEXT, "utf-8")
    return path


def test_the_lines_of_a_record_are_one_text(path: Path) -> None:
    assert read(path) == [("Барлык кешеләр азат", "line 6 (001)"), ("һәм үз", "line 12 (002)")]
    assert [text for text, _ in read(path, tier="ft")] == ["All people", "and"]
    path.write_text(TEXT.replace("\n", "\r\n"), "utf-8")
    assert read(path)[1] == ("һәм үз", "line 12 (002)")


def test_records_without_a_reference(path: Path) -> None:
    path.write_text("\\t бер\n\\g one\n\\t ике\n", "utf-8")
    assert read(path) == [("бер", "line 1"), ("ике", "line 3")]


def test_the_library_finds_the_same_fields(path: Path) -> None:
    toolbox = pytest.importorskip("nltk.toolbox")
    standard = toolbox.StandardFormat()
    standard.open_string(TEXT)
    values = {name: [] for name in ("tx", "ft", "mb")}
    for marker, value in standard.fields():
        if marker in values and value:
            values[marker].append(" ".join(value.split()))
    for marker, several in values.items():
        assert " ".join(text for text, _ in read(path, tier=marker)) == " ".join(several)


def test_a_dictionary_has_no_text_line(path: Path) -> None:
    path.write_text("\\lx бала\n\\ps n\n\\xv бала килде\n", "utf-8")
    with pytest.raises(UserError, match=r"side by side \('lx', 'ps', 'xv'\): name one with --tier"):
        read(path)
    assert read(path, tier="xv") == [("бала килде", "line 3")]
    path.write_text("бер\nике\n", "utf-8")
    with pytest.raises(UserError, match="no Toolbox file"):
        read(path)
