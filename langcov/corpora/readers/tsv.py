"""Tables (TSV, CSV): one column holds the text, and the first, if it is another, the keys.

The column is that of ``--text-column`` (a name of the header, or a number from 1), else the one that the
header calls by a name of ``NAMES``, else of a TSV the second of ``key<TAB>text``, where keys are different
and hold no space. A table that none of this fits is refused, with its columns shown: its text can't be told
from translations, addresses or counts. In a TSV quotation marks are part of the text.

Of a table that ELAN or Praat exported with several tiers one is read, of one in several languages
(``--lang-column``) the rows of one: other rows are as if they were not there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Growing, Offsets
from langcov.corpora.base import ReadOptions
from langcov.corpora.readers.chosen import Chosen, tier_in
from langcov.corpora.readers.columns import NAME, NAME_IT, NAMES, numbered, shown
from langcov.corpora.readers.dialect import SAMPLE, Dialect, Rows
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Texts
from langcov.errors import ChoiceError, UserError
from langcov.text.distinct import Distinct
from langcov.text.strings import Strings

_SPACE = 0x20


class Columns(NamedTuple):
    """What the columns of a table are.

    Attributes:
        text: the place of the text, from 0.
        header: whether the first row names them.
        most: how many a row may have; None where it does not matter.
        given: whether the header or the user says which is the text.
        tier, language: the places of what says which rows are read; None where all are.
    """

    text: int
    header: bool = False
    most: int | None = None
    given: bool = True
    tier: int | None = None
    language: int | None = None

    @property
    def keys(self) -> int | None:
        """The place of the keys: the first column, if it is no other."""
        return None if 0 in (self.text, self.tier, self.language) else 0


def read_table(file: File) -> Iterator[Texts]:
    """The texts of a table, each part of one line; empty rows and the header are none.

    Raises:
        UserError: it can't be told which column is the text, a row has no such column, or a key was there
            before; names file and line, and shows the columns.
    """
    columns: Columns | None = None
    keys, rows_of, dialect = _Keys(), Chosen(file), Dialect()
    for block in file.lines(lambda pieces, _: dialect.whole_rows(file, pieces)):
        rows = Rows(block, dialect, file.path)
        table, left_out = _Table(rows, file.path, dialect), rows.rows.lengths == 0
        left_out[: dialect.stated and block.first == 0] = True
        if columns is None and not left_out.all():
            head = int(np.argmin(left_out))
            columns = _columns(table, head, file.options)
            if file.keyed and columns.keys is None:
                raise table.unclear(head, "its corpus needs keys, but the first column holds none")
            left_out[head] = columns.header
        found = columns or Columns(0)
        wrong = table.wrong(found, ~left_out)
        chosen = rows_of.chosen(~left_out, *map(table.cells_of, (found.language, found.tier)))
        key = table.cells_of(found.keys)
        if key is not None and not file.again and (file.keyed or not found.given):
            there = ~left_out if chosen is None else chosen
            keys.check(key, np.flatnonzero(there[:wrong]), table, guessed=not found.given)
        if wrong < len(rows.rows):
            raise table.refused(wrong, found)
        pieces, which = rows.pieces(table.column(found.text)), rows.of_line
        left_out = left_out[which] if pieces.missing is None else left_out[which] | pieces.missing
        texts = Texts(
            pieces.text,
            block.first + np.arange(len(rows.lines)),
            rows.returns,
            origins=pieces.lines.starts,
            left_out=left_out if left_out.any() else None,
            keys=None if key is None else key[which],
            parts=pieces.parts,
            block=block,
        )
        yield texts if chosen is None else texts.picked(pieces.lines, chosen[which])
    rows_of.check()


class _Table:
    """Some rows, and where their columns are.

    Args:
        rows: and where their cells part.
        path: of the file, for an error.
        dialect: how they are written.
    """

    def __init__(self, rows: Rows, path: str, dialect: Dialect) -> None:
        self.rows, self.path, self.dialect = rows.rows, path, dialect
        self.lines = rows.first + rows.numbers
        self._bare, data = rows.bare, rows.rows.data
        self._tabs = np.append(rows.delimiters, len(data))
        self._before = np.searchsorted(self._tabs, self.rows.starts)
        self.tabs = np.searchsorted(self._tabs, self.rows.ends) - self._before

    def column(self, place: int) -> Strings:
        """A column, empty in rows that lack it."""
        rows, tabs = self.rows, self._tabs
        which, last = self._before + place, len(tabs) - 1
        ends = np.minimum(tabs[np.minimum(which, last)], rows.ends)
        starts = np.minimum(tabs[np.minimum(which - 1, last)] + 1, rows.ends) if place else rows.starts
        cells = Strings(rows.data, starts, np.maximum(starts, ends))
        return self._bare(cells) if self.dialect.quoted else cells

    def cells_of(self, place: int | None) -> Strings | None:
        """A column that may not be wanted."""
        return None if place is None else self.column(place)

    def cells(self, row: int) -> list[str]:
        """The columns of a row."""
        (text,) = self.rows[row : row + 1]
        if not self.dialect.quoted:
            return text.split(self.dialect.delimiter)
        return next(csv.reader(StringIO(text[:SAMPLE], newline=""), delimiter=self.dialect.delimiter), [])

    def place(self, row: int) -> str:
        """What an error calls a row."""
        return f"{self.path}, line {self.lines[row] + 1}"

    def problem(self, row: int, what: str, way_out: str) -> UserError:
        """An error that names a row and shows its columns."""
        return UserError(f"{self.place(row)}: {what} ({shown(self.cells(row))}): {way_out}")

    def unclear(self, row: int, what: str, way_out: str = NAME_IT) -> ChoiceError:
        """The same, where a person who sees the columns can say which is the text."""
        return ChoiceError(str(self.problem(row, what, way_out)), "--text-column", numbered(self.cells(row)))

    def wrong(self, columns: Columns, filled: NDArray[np.bool_]) -> int:
        """The first row that has too few columns or too many, or how many rows there are.

        Args:
            columns: that it should have.
            filled: rows that have any, bool [n].
        """
        wrong = self.tabs < columns.text
        if columns.most is not None:
            wrong |= self.tabs >= columns.most
        return next(iter(np.flatnonzero(wrong & filled).tolist()), len(self.rows))

    def refused(self, row: int, columns: Columns) -> UserError:
        """What to say of a row that is ``wrong``."""
        there = int(self.tabs[row]) + 1
        if there <= columns.text and not columns.given:
            way_out = "plain lines are .txt, another sign between the cells is that of --delimiter"
            return self.problem(row, "no TAB; a .tsv row is key<TAB>text", way_out)
        if there <= columns.text:
            return self.problem(row, f"no column {columns.text + 1}, which is the text", "fix the row")
        if columns.given:
            return self.problem(row, f"{there} columns, but the header has {columns.most}", "fix the row")
        return self.unclear(row, f"{there} columns")


class _Keys:
    """The keys met so far, each of which must be another."""

    def __init__(self) -> None:
        self._distinct, self._numbers = Distinct(), Growing(np.int64)

    def check(self, keys: Strings, rows: Offsets, table: _Table, guessed: bool) -> None:
        """Add the keys of some rows.

        Args:
            keys: of all rows of the table.
            rows: those that have one.
            table: the rows.
            guessed: nothing but its place says that the column holds keys.

        Raises:
            UserError: one was there before, or, where it is guessed, can't be one; names the first.
        """
        known, some = len(self._distinct), keys[rows].packed()
        which = self._distinct.add(some)
        self._numbers.extend(table.lines[rows])  # right up to the first that was there before
        wrong = which != known + np.arange(len(which))
        if guessed and (some.data == _SPACE).any():
            wrong |= some.sum(some.data == _SPACE) > 0
        if not wrong.any():
            return
        first = int(np.argmax(wrong))
        row, key = int(rows[first]), table.cells(int(rows[first]))[0]
        if guessed and " " in key:
            raise table.unclear(row, "the first column is no key, as it holds a space")
        line, before = int(table.lines[row]) + 1, int(self._numbers.values[which[first]]) + 1
        same = f"{table.path}: the key {key!r} of line {line} is that of line {before} too"
        if not guessed:
            raise UserError(same)
        cells = table.cells(row)
        raise ChoiceError(f"{same} ({shown(cells)}): {NAME_IT}", "--text-column", numbered(cells))


def _columns(table: _Table, head: int, options: ReadOptions) -> Columns:
    """What the first row that is not empty says of the columns."""
    cells = table.cells(head)
    names = [cell.strip() for cell in cells]
    known = [place for place, name in enumerate(names) if name.lower() in NAMES]
    filled = [name for name in names if name]
    header = bool(known) and len(set(filled)) == len(filled) and all(map(NAME.fullmatch, names))
    text, named = _place(table, head, options.text_column, "text-column")
    language, also = _place(table, head, options.lang_column, "lang-column")
    header = header or named or also
    tier = tier_in(cells, header)
    if options.tiers and tier is None:
        raise table.problem(head, "no tiers", "--tier is of tables that ELAN or Praat exported")
    if text is None and tier is not None and not header:
        text = len(cells) - 1
    elif text is None and header and len(known) > 1:
        raise table.unclear(head, "several columns may be the text", "name it with --text-column")
    elif text is None and header and known:
        text = known[0]
    if text is None and table.dialect.quoted:
        raise table.unclear(head, "any column may be the text")
    if text is None:
        return Columns(1, header, 2, given=False, language=language)
    most = None if isinstance(options.text_column, int) else len(names)
    return Columns(text, header, most, True, None if tier == language else tier, language)


def _place(table: _Table, head: int, wanted: str | int | None, option: str) -> tuple[int | None, bool]:
    """The place of a column that is asked for, and whether by its name, so that there is a header."""
    if wanted is None or isinstance(wanted, int):
        return None if wanted is None else wanted - 1, False
    names = [cell.strip() for cell in table.cells(head)]
    if wanted not in names:
        other = ", or what parts its cells with --delimiter" * (len(names) == 1)
        said = table.unclear if option == "text-column" else table.problem
        raise said(head, f"no column {wanted!r}", f"name the right one with --{option}{other}")
    return names.index(wanted), True
