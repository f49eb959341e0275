"""Spreadsheets: the cells of one column of one sheet, through openpyxl."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any, NamedTuple

from langcov.corpora.readers.columns import NAME, NAMES, numbered, shown
from langcov.corpora.readers.documents.contents import needs, unzipped, whole, xml_of
from langcov.corpora.readers.documents.passages import Passage, lines_of
from langcov.corpora.readers.documents.unread import COMMENTS, tell_of_unread
from langcov.corpora.readers.file import File
from langcov.corpora.readers.records import LEAVE_OUT
from langcov.corpora.readers.texts import Texts
from langcov.errors import ChoiceError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CLITIC = re.compile(r"=[-–]?[^\W\d_]+(?:[-'’][^\W\d_]+)*")
"""What a script that writes ``=да`` as a text makes: openpyxl takes it for a formula."""
_LETTERS = re.compile(r"[A-Z]{1,3}")
_NAME_IT = "say which is the text with --text-column (a name, a number or a letter), or in a header"


class _Cell(NamedTuple):
    """A cell: what it shows, and what was written into it."""

    shown: Any
    written: Any


_Row = Sequence[_Cell]


def read_xlsx(file: File) -> Iterator[Texts]:
    """The cells of the column that holds the text, empty ones left out.

    Comments of cells are left out, which is said where they hold text.

    Raises:
        MissingLibrary: openpyxl is not installed.
        UserError: no whole .xlsx, it can't be told which sheet or column is the text, or a cell holds none.
    """
    return lines_of(_passages(file), file)


def _passages(file: File) -> Iterator[Passage]:
    try:
        import openpyxl
        from openpyxl.utils import quote_sheetname
    except ImportError:
        raise needs("openpyxl", file.path) from None
    packed = unzipped(file, ".xlsx")
    with whole(file.path, ".xlsx"):
        shown_in = openpyxl.load_workbook(packed, read_only=True, data_only=True)
        written_in = openpyxl.load_workbook(packed, read_only=True)
        sheets = {one.title: partial(_rows, one, written_in[one.title]) for one in shown_in.worksheets}
        title = _sheet(file, sheets)
        name = quote_sheetname(title)
        with zipfile.ZipFile(packed) as archive:
            tell_of_unread(file, _comments(archive, shown_in[title]._worksheet_path, file.path))
        text = language = None
        for row in sheets[title]():
            if text is None:
                text, language, is_header = _columns(file, row, name)
                if is_header:
                    continue
            yield from _passage(file, row, text, language, name, shown_in.defined_names)


def _comments(archive: zipfile.ZipFile, sheet: str, path: str) -> Iterator[tuple[str, str]]:
    """The text of the comments of a sheet: those that are threads stand there too, for older programs."""
    from openpyxl.packaging.relationship import get_dependents, get_rels_path

    related = get_rels_path(sheet)
    for one in get_dependents(archive, related) if related in archive.namelist() else ():
        if one.Type.endswith("/comments"):
            for comment in xml_of(archive.read(one.target), path).iter(f"{_MAIN}comment"):
                yield COMMENTS, "".join(part.text or "" for part in comment.iter(f"{_MAIN}t"))


def _rows(shown_in: Any, written_in: Any) -> Iterator[_Row]:
    """The rows of a sheet that hold anything: what they say of their own size is not always true."""
    for sheet in (shown_in, written_in):
        sheet.reset_dimensions()
    for shown_cells, written_cells in zip(shown_in.iter_rows(), written_in.iter_rows()):
        row = [_Cell(*cells) for cells in zip_longest(shown_cells, written_cells)]
        if any(_is_filled(cell) for cell in row):
            yield row


def _is_filled(cell: _Cell) -> bool:
    return any(map(_has_value, cell))


def _has_value(one: Any) -> bool:
    return one is not None and one.value is not None


def _sheet(file: File, sheets: dict[str, Any]) -> str:
    """The name of the sheet that is read.

    Raises:
        ChoiceError: it is not there, or several have text and none is named.
    """
    asked, titles = file.options.sheet, list(sheets)
    listed = ", ".join(f"{number} {title!r}" for number, title in enumerate(titles, 1))
    choice = "--sheet", numbered(titles)
    if isinstance(asked, int) and asked <= len(titles):
        return titles[asked - 1]
    if asked in titles:
        return str(asked)
    if asked is not None:
        said = f"{file.path}: no sheet {asked!r} (there: {listed}): name another with --sheet"
        raise ChoiceError(said, *choice)
    filled = [title for title, rows in sheets.items() if next(rows(), None)]
    if len(filled) > 1:
        raise ChoiceError(f"{file.path} has several sheets ({listed}): name one with --sheet", *choice)
    return (filled or titles)[0]


def _columns(file: File, head: _Row, sheet: str) -> tuple[int, int | None, bool]:
    """By the first row that is not empty: the places of the text and of the language, and if it is a header.

    Raises:
        ChoiceError: it can't be told which column is the text.
    """
    names = [next((str(one.value).strip() for one in cell if _has_value(one)), "") for cell in head]
    known = [place for place, name in enumerate(names) if name.lower() in NAMES]
    header = bool(known) and all(NAME.fullmatch(name) for name in names)
    text, named = _place(file.options.text_column, names)
    language, also = _place(file.options.lang_column, names)
    filled = [place for place, name in enumerate(names) if name]
    if text is None and header and len(known) == 1:
        text = known[0]
    elif text is None and len(filled) == 1:
        text = filled[0]
    wanted = (
        ("--lang-column", file.options.lang_column)
        if text is not None
        else ("--text-column", file.options.text_column)
    )
    if text is None or (language is None and file.options.lang_column is not None):
        what = "any column may be the text" if wanted[1] is None else f"no column {wanted[1]!r}"
        way_out = _NAME_IT if wanted[1] is None else f"name the right one with {wanted[0]}"
        said = f"{file.path}, {sheet}: {what} ({shown(names)}): {way_out}"
        raise ChoiceError(said, wanted[0], numbered(names))
    return text, language, header or named or also


def _place(wanted: str | int | None, names: Sequence[str]) -> tuple[int | None, bool]:
    """The place of a column, and whether it is found by its name."""
    if isinstance(wanted, int):
        return wanted - 1, False
    if wanted in names:
        return names.index(str(wanted)), True
    if wanted and _LETTERS.fullmatch(wanted):
        from openpyxl.utils import column_index_from_string

        return column_index_from_string(wanted) - 1, False
    return None, False


def _passage(
    file: File, row: _Row, text: int, language: int | None, sheet: str, names: Any
) -> Iterator[Passage]:
    """The text of a row, if it has any and is of the language that is wanted."""
    cells = [row[place] if place is not None and place < len(row) else None for place in (text, language)]
    cell, named = cells
    if cell is None or not _is_filled(cell):
        return
    if language is not None:
        said = named.shown.value if named is not None and named.shown is not None else None
        if not file.wants("" if said is None else str(said).strip()):
            return
    place = f"{sheet}!{(cell.written or cell.shown).coordinate}"
    found = _text(cell, names)
    if isinstance(found, str):
        yield Passage(found, place)
    elif file.options.null == "error":
        (what,) = found
        raise ChoiceError(
            f"{file.path}, {place}: the cell holds {what}, not text: "
            "mend it, or leave it out with --null skip",
            *LEAVE_OUT,
        )
    else:
        file.provenance.skipped += 1


def _text(cell: _Cell, names: Any) -> str | tuple[str]:
    """The text of a cell, or what it holds instead."""
    shown, written = cell
    value = None if shown is None else shown.value
    if value is None:
        formula = str(written.value)
        if _CLITIC.fullmatch(formula) and formula[1:] not in names:
            return formula
        return ("a formula whose value was not saved",)
    if shown.data_type == "e":
        return (f"the error {value}",)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ("a date or time" if not isinstance(value, bool) else "true or false",)
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), str(value))
