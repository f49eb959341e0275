"""Fixing a table: only the cell of the text changes."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.hygiene.fixing.rules import FEW, copied, fixed, opened, toy


def test_only_the_text_column_of_a_table_changes(tmp_path: Path) -> None:
    path = tmp_path / "che.tsv"
    path.write_bytes("I/1\tхIун\tI\r\nI/2\t\t\n\nI/3\tдIа\tI".encode())
    assert copied(path, toy(text_column=2)).decode() == "I/1\tхӏун\tI\r\nI/2\t\t\n\nI/3\tдӏа\tI"
    assert copied(path, toy(text_column=3)).decode() == "I/1\tхIун\tӏ\r\nI/2\t\t\n\nI/3\tдIа\tӏ"
    path.write_bytes("I/1\tхIун\r\nI/2\t\n\nI/3\tдIа".encode())
    assert copied(path).decode() == "I/1\tхӏун\r\nI/2\t\n\nI/3\tдӏа"
    path.write_bytes("I\ttext\nI\tдIа".encode())
    assert copied(path).decode() == "I\ttext\nI\tдӏа"


CELLS = st.lists(st.text(st.sampled_from('абIq", ;\n'), max_size=6), min_size=2, max_size=2)


@FEW
@given(st.lists(CELLS, min_size=1, max_size=4), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_only_the_cell_of_the_text_changes_in_csv(
    tmp_path: Path, rows: list[list[str]], quoting: Any
) -> None:
    path, file = tmp_path / "che.csv", StringIO()
    csv.writer(file, lineterminator="\r\n", quoting=quoting).writerows(rows)
    path.write_bytes(file.getvalue().encode())
    new = copied(path, toy(text_column=2, delimiter=",")).decode()
    for old, row in zip(rows, csv.reader(StringIO(new, newline=""), strict=True), strict=True):
        quoted = quoting == csv.QUOTE_ALL or set(old[1]) & set('",\n') or "q" not in old[1]
        assert row == [old[0], re.sub(r"\S+", lambda word: fixed(word[0]), old[1]) if quoted else old[1]]
    if not any("I" in cell or "q" in cell for _, cell in rows):
        assert new == file.getvalue()


def test_a_csv_stays_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "che.csv"
    path.write_bytes('\ufeffI;text\r\nI;"х""I"" ""а"\r\n"I";дIа\nI;кq'.encode())
    assert copied(path).decode() == '\ufeffI;text\r\nI;"х""ӏ"" ""а"\r\n"I";дӏа\nI;кq'
    assert next(iter(opened(path).blocks())).left[0][2].startswith("Fixed, it would hold a sign")
