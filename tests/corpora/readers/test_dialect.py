"""Tables with cells in quotation marks, beside Python's own reader of them."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.corpora import ReadOptions, Source
from langcov.corpora.readers.file import File
from langcov.corpora.readers.tsv import read_table
from langcov.errors import UserError
from langcov.hygiene.reading.fields import fields_of

CELL = st.text(st.sampled_from("аӏ́x \U0001f600\"',;\t\n"), max_size=8)
Found = list[tuple[int, int, str]]


def texts(path: Path, form: str = "csv", **options: str | int | None) -> Found:
    """Line, code points before it, and text of each."""
    file = File(Source("rus_Cyrl", str(path), form), ReadOptions(**options))  # type: ignore[arg-type]
    found: Found = []
    for one in read_table(file):
        kept = one.kept
        found += zip(one.lines[kept].tolist(), one.prefixes[kept].tolist(), one.text[kept])
    return found


def made(folder: Path, content: str, name: str = "rus.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode())
    return path


def complaint(path: Path, form: str = "csv", **options: str | int | None) -> str:
    with pytest.raises(UserError) as caught:
        texts(path, form, **options)
    message = str(caught.value)
    assert "\n" not in message and path.name in message
    return message


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6), st.data())
def test_cells_are_those_of_the_standard_library(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], data: st.DataObject
) -> None:
    delimiter, end = data.draw(st.sampled_from(",;\t")), data.draw(st.sampled_from(["\n", "\r\n"]))
    quoting, column = (
        data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        data.draw(st.integers(0, 2)),
    )
    file = StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    path = made(tmp_path_factory.mktemp("t"), file.getvalue())
    chunk = data.draw(st.integers(1, 30))
    found = texts(path, delimiter=delimiter, text_column=column + 1, chunk_bytes=chunk)
    reader = csv.reader(StringIO(file.getvalue(), newline=""), delimiter=delimiter)
    assert [text for _, _, text in found] == [line for row in reader for line in row[column].split("\n")]
    raw = file.getvalue().split("\n")
    for line, before, text in found:
        assert raw[line].startswith((text, text.replace('"', '""')), before)


@given(st.text(st.sampled_from('а"'), max_size=6), st.text(st.sampled_from('б"\n'), max_size=6))
def test_each_character_has_its_place(
    tmp_path_factory: pytest.TempPathFactory, other: str, cell: str
) -> None:
    file = StringIO()
    csv.writer(file, lineterminator="\n").writerow([other, cell, "в"])
    path = made(tmp_path_factory.mktemp("t"), file.getvalue())
    raw = file.getvalue().split("\n")
    read = File(Source("rus_Cyrl", str(path), "csv"), ReadOptions(delimiter=",", text_column=2))
    for fields in map(fields_of, read_table(read)):
        for text, number, before in zip(fields.texts, fields.numbers.tolist(), fields.prefixes.tolist()):
            places = [fields.place(number, before, at) for at in range(len(text))]
            assert [raw[line][column] for line, column in places] == list(text)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_delimiter_is_seen_and_the_header_known(tmp_path: Path, delimiter: str, mark: str) -> None:
    rows = [["id", "Text", "note"], ["1", "бер, ике; өч", "a"], ["2", 'дүрт "биш"\nалты', "b;c,d"]]
    file = StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path = made(tmp_path, mark + file.getvalue())
    assert [text for _, _, text in texts(path)] == ["бер, ике; өч", 'дүрт "биш"', "алты"]
    assert [text for _, _, text in texts(path, text_column="note")] == ["a", "b;c,d"]
    excel = made(tmp_path, f"{mark}sep={delimiter}\r\n{file.getvalue()}")
    assert [line for line, _, _ in texts(excel)] == [2, 3, 4]


def test_the_name_of_the_column_tells_the_delimiter(tmp_path: Path) -> None:
    path = made(tmp_path, "word;sense, note\nа;б, в\n")
    assert texts(path, text_column="word") == [(1, 0, "а")]
    assert "',' or ';' may stand between its cells" in complaint(path, text_column=1)


def test_a_long_row_is_shown_short(tmp_path: Path) -> None:
    path = made(tmp_path, f"text,note\n{'а' * 200_000},b,c\n")
    assert "line 2: 3 columns, but the header has 2 (1 'ааа" in complaint(path)


def test_a_code_page_is_read_as_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "rus.csv"
    path.write_bytes('слово;перевод\nдом;"дом; ""изба"""\n'.encode("cp1251"))
    assert texts(path, encoding="cp1251", text_column="перевод") == [(1, 5, 'дом; "изба"')]
    assert "line 1, byte 1: 0xf1 is not valid UTF-8: give --encoding cp1251" in complaint(path)


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        ("word;translation\nа;б\n", {}, "line 1: any column may be the text (1 'word', 2 'translation')"),
        ("а\nб\n", {}, "line 1: any column may be the text (1 'а'): say which is the text"),
        ("a;b,c\n1;2,3\n", {"text_column": 1}, "',' or ';' may stand between its cells: say which with"),
        ('id,text\n1,a "b"\n', {}, "line 2: a quotation mark inside a cell: put the cell in quotation marks"),
        ('id,text\n1,"a"b\n', {}, "line 2: a quotation mark inside a cell"),
        ('id,text\n1,"a\n2,b\n', {}, "line 2: a quotation mark opens a cell here and none closes it"),
        ("id,text\n1,a\n2\n", {}, "line 3: no column 2, which is the text (1 '2'): fix the row"),
        ('id,text\n1,"a\nb",c\n', {}, "line 2: 3 columns, but the header has 2 (1 '1', 2 'a\\nb', 3 'c')"),
        ("id,text\n1,a\n", {"text_column": "body"}, "line 1: no column 'body' (1 'id', 2 'text'): name the"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("chunk", [1, 7, 1000])
def test_what_is_not_clear_is_refused(
    tmp_path: Path, content: str, options: dict[str, int], message: str, chunk: int
) -> None:
    assert message in complaint(made(tmp_path, content), chunk_bytes=chunk, **options)


def test_a_stray_mark_does_not_hold_the_file(tmp_path: Path) -> None:
    path = made(tmp_path, 'id,text\n1,"a\n' + "2,b\n" * 400_000)
    assert "line 2: a quotation mark opens" in complaint(path, chunk_bytes=1 << 16)


def test_max_lines_cuts_inside_a_cell(tmp_path: Path) -> None:
    path = made(tmp_path, 'text\n"a\nb""\nc"\nd\n')
    assert texts(path, max_lines=3) == [(1, 1, "a"), (2, 0, 'b"')]


def test_semicolons_in_a_tsv_are_said(tmp_path: Path) -> None:
    path = made(tmp_path, "id;tat\n1;а\n", "rus.tsv")
    assert "or what parts its cells with --delimiter" in complaint(path, "tsv", text_column="tat")
    assert texts(path, "tsv", text_column="tat", delimiter=";") == [(1, 2, "а")]
