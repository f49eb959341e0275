"""What a corpus is: sources to read, of all or some languages; chunks of lines, or counted words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from langcov.core.names import visible
from langcov.errors import UserError
from langcov.languages import find
from langcov.text.strings import Strings

MAX_LINE = 64_000_000
Alignment = Literal["none", "lines", "keys"]


@dataclass(frozen=True, eq=False)
class Lines:
    """A buffer of lines, each with its address; where a chunk begins and ends shows in no result."""

    text: Strings  # the lines without line ends; empty lines are there too
    numbers: NDArray[np.int64]  # index of each line in its file, from 0, int64 [n]
    # a 64-bit digest of what aligns the line (its number, or its key), uint64 [n]
    digests: NDArray[np.uint64]
    places: NDArray[np.int64]  # the line of the file, or the record, that each is in, from 0, int64 [n]
    # ordinal of the line's document in its file, int64 [n]; None where the corpus names none
    documents: NDArray[np.int64] | None = None
    # a 64-bit digest of the document's name, uint64 [n]; None where ``documents`` is None
    labels: NDArray[np.uint64] | None = None

    def __getitem__(self, which: slice) -> Lines:
        """Some of the lines."""
        values = {part.name: getattr(self, part.name) for part in fields(self)}
        return replace(self, **{name: v[which] for name, v in values.items() if v is not None})


@dataclass(frozen=True, eq=False)
class WordCounts:
    """One language of a word table: the counts of its words, by row."""

    words: Strings  # distinct words; one inside a line begins with U+0020
    # row, word, count: ``words[word]`` stands ``count`` times in row ``row``, int64 [m] each
    row: NDArray[np.int64]
    word: NDArray[np.int64]
    count: NDArray[np.int64]
    # a 64-bit label of each row (of the document's name, or the run's index), uint64 [rows]
    labels: NDArray[np.uint64]
    digests: NDArray[np.uint64]  # sum modulo 2**64 of the digests of the lines each row covers, uint64 [rows]
    lines: NDArray[np.int64]  # non-empty lines of each row, int64 [rows]
    # runs of White_Space of the text that are one U+0020 here, or none at an end; None: the table doesn't say
    changed_runs: int | None = None


@dataclass(frozen=True)
class Source:
    """One file, or one language of a word table, of a corpus."""

    language: str  # ``tat_Cyrl``
    path: str  # a local path or an fsspec URL, or ``<memory>`` for lines given through the API
    format: str  # ``txt``, ``tsv``, ``csv``, ``jsonl``, ``parquet``, ``conllu``, ``words`` or ``memory``
    lines: tuple[str, ...] = ()  # the lines themselves where ``format`` is ``memory``
    # of a file of several languages, how rows of this one name it; None: all rows are in it
    only: tuple[str, ...] | None = None

    @property
    def shown(self) -> str:
        """What an error calls it: one place may hold the lines of several languages."""
        return f"{self.path} {self.language}" if self.format == "memory" else self.path

    def place(self, line: int) -> str:
        """What an error calls a line of it, from 0; of Parquet, a record."""
        return f"{visible(self.shown)}, {'record' if self.format == 'parquet' else 'line'} {line + 1}"


@dataclass(frozen=True)
class Corpus:
    """A named set of sources, as its card or the command line describes it.

    Attributes:
        sources: what to read; several may share a language.
        kind: running ``text`` or a ``lexicon`` of words and phrases.
        alignment: whether lines or keys stand for the same sentence in each language.
        documents: how documents are known: ``none``, ``key-prefix`` (what stands before ``/`` in the
            key), ``record`` (JSONL, Parquet, ``newdoc``) or the path of a file with one name a line.
        licence, source: SPDX name and where the text is from, None if not said.
        orthography: language to the name of its spelling, where the card says it.
        keys: only lines whose whole key matches this regular expression take part.
        before: of a part of a corpus, how many files of its language stand before it.
    """

    name: str
    sources: tuple[Source, ...]
    kind: Literal["text", "lexicon"] = "text"
    alignment: Alignment = "none"
    documents: str = "none"
    licence: str | None = None
    source: str | None = None
    orthography: dict[str, str] = field(default_factory=dict)
    keys: str | None = None
    before: int = 0

    def part(self, source: Source) -> Corpus:
        """The corpus with one source alone, whose lines are addressed as among all of them."""
        return replace(self, sources=(source,), before=self.before_of(source))

    @cached_property
    def _ordinals(self) -> dict[Source, int]:
        """How many files of its language stand before each."""
        seen: Counter[str] = Counter()
        found: dict[Source, int] = {}
        for source in self.sources:
            found.setdefault(source, seen[source.language] + self.before)
            seen[source.language] += 1
        return found

    def before_of(self, source: Source) -> int:
        """How many files of its language stand before a source; 0 of one that is none of its own."""
        return self._ordinals.get(source, 0)

    @property
    def languages(self) -> list[str]:
        """The languages in it, sorted."""
        return sorted({source.language for source in self.sources})

    @property
    def keyed(self) -> bool:
        """Whether its lines are known by their keys."""
        return self.alignment == "keys" or self.documents == "key-prefix" or self.keys is not None


_DELIMITERS = "\t!#$%&*+,-./:;<=>?@^_|~ "


@dataclass
class ReadOptions:
    """How files are read (the command's ``--encoding``, ``--encoding-errors``, ``--text-field``, …).

    Attributes:
        encoding: of files of text.
        encoding_errors: what becomes of lines that are not valid in it.
        text_field: of JSONL and Parquet records: a field, or a path (``translation.tt``).
        null: what becomes of records whose text is null.
        lang_field: of such records, the path to what says their language, where a file holds several.
        lang_column: of tables, the column that does, as ``text_column`` names the other.
        tier: the one that is read of ELAN's and Praat's, or several; of other documents that hold several
            texts side by side, what is like one.
        sheet: of spreadsheets: its name, or its number, from 1.
        text_column: of tables: its name in the header, or its number, from 1; None where the files say it
            (``langcov.corpora.readers.tsv``).
        delimiter: what parts the cells of tables; None where they show it.
        normalize: before anything is counted.
        max_lines: only so many of each file.
        max_line: bytes of a line in UTF-8; a longer one is refused, as it is hardly text, and takes memory.
        chunk_bytes: about how much is read at a time.
    """

    encoding: str = "utf-8"
    encoding_errors: Literal["strict", "replace", "skip"] = "strict"
    text_field: str = "text"
    null: Literal["error", "skip"] = "error"
    lang_field: str | None = None
    lang_column: str | int | None = None
    tier: str | Sequence[str] = ()
    sheet: str | int | None = None
    text_column: str | int | None = None
    delimiter: str | None = None
    normalize: Literal["none", "NFC", "NFKC", "NFD"] = "none"
    max_lines: int | None = None
    max_line: int = MAX_LINE
    chunk_bytes: int = 2 << 20

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tiers that are read; none for the only one."""
        return (self.tier,) if isinstance(self.tier, str) else tuple(self.tier)

    def __post_init__(self) -> None:
        """Refuse what no reader can follow."""
        if self.encoding_errors not in ("strict", "replace", "skip"):
            raise UserError(f"encoding errors can't be {self.encoding_errors!r}: strict, replace or skip")
        if self.null not in ("error", "skip"):
            raise UserError(f"records that are null can't be {self.null!r}: error or skip")
        if self.normalize not in ("none", "NFC", "NFKC", "NFD"):
            raise UserError(f"no normal form is called {self.normalize!r}: none, NFC, NFKC or NFD")
        for what, column in (("text", self.text_column), ("language", self.lang_column)):
            if isinstance(column, int) and column < 1:
                raise UserError(f"{what} column {column}: columns are counted from 1")
        if isinstance(self.sheet, int) and self.sheet < 1:
            raise UserError(f"sheet {self.sheet}: sheets are counted from 1")
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter not in _DELIMITERS):
            raise UserError(
                f"cells can't be parted by {self.delimiter!r}: name a sign like ; , or |, or a TAB"
            )
        if self.max_lines is not None and self.max_lines < 1:
            raise UserError(f"the first {self.max_lines} lines: it must be 1 or more")
        if self.max_line < 1:
            raise UserError(f"lines of at most {self.max_line} bytes: it must be 1 or more")
        if self.chunk_bytes < 1:
            raise UserError(f"chunks of {self.chunk_bytes} bytes: it must be 1 or more")


@dataclass
class Provenance:
    """What a reader did to one source; complete once the source has been read to its end."""

    sha256: str = ""  # of the decoded text (decompressed, as UTF-8), so ``.gz`` equals ``.txt``
    lines: int = 0  # lines read, empty ones too
    # carriage_returns, byte_order_marks: dropped characters
    carriage_returns: int = 0
    byte_order_marks: int = 0
    # skipped, replaced: lines left out, or fixed with U+FFFD, because they were not valid text (or null)
    skipped: int = 0
    replaced: int = 0
    changed_runs: int = 0  # of a word table, as ``WordCounts`` has them; text is read as it is
    unsaid: int = 0  # word tables that don't say how many
    joined: int = 0  # sentences of a treebank without ``# text``, made of their forms


def only(corpora: Sequence[Corpus], languages: Sequence[str], references: Sequence[str]) -> list[Corpus]:
    """Keep the sources of some languages, and the corpora that have any of them.

    Raises:
        UserError: nothing has that name.
    """
    there = {language for corpus in corpora for language in corpus.languages}
    wanted = {name: among(there, name) for name in languages}
    asked = set().union(*wanted.values())
    kept = asked.union(*(among(there, name) for name in references))
    return [
        replace(corpus, sources=tuple(source for source in corpus.sources if source.language in kept))
        for corpus in corpora
        if asked & set(corpus.languages)
    ]


def among(there: set[str], name: str) -> set[str]:
    """Of some languages the one meant; all, if the name has no script and the main one isn't there."""
    language = find(name)
    if language.id in there or "_" in name:
        return {language.id} & there
    return {one for one in there if one.startswith(f"{language.iso639_3}_")}
