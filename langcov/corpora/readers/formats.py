"""The formats of running text, each with its reader, and the lines that a measurement makes of its texts."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

from langcov.core.failures import given
from langcov.core.plugins import load_entry, registry
from langcov.core.work import Progress
from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions, Source
from langcov.corpora.readers.addresses import Addresses
from langcov.corpora.readers.conllu import has_documents, read_conllu
from langcov.corpora.readers.documents.chat import read_chat
from langcov.corpora.readers.documents.docx import read_docx
from langcov.corpora.readers.documents.eaf import read_eaf
from langcov.corpora.readers.documents.flextext import read_flextext
from langcov.corpora.readers.documents.odt import read_odt
from langcov.corpora.readers.documents.rtf import read_rtf
from langcov.corpora.readers.documents.subtitles import read_ass, read_srt, read_vtt
from langcov.corpora.readers.documents.textgrid import read_textgrid
from langcov.corpora.readers.documents.tmx import read_tmx
from langcov.corpora.readers.documents.toolbox import read_toolbox
from langcov.corpora.readers.documents.xlsx import read_xlsx
from langcov.corpora.readers.file import File
from langcov.corpora.readers.jsonl import read_jsonl
from langcov.corpora.readers.memory import read_memory
from langcov.corpora.readers.parquet import between_row_groups, read_parquet
from langcov.corpora.readers.parts import WHOLE, Cut, Part, at_line_ends
from langcov.corpora.readers.streams import bare, changed
from langcov.corpora.readers.texts import Texts
from langcov.corpora.readers.tsv import read_table
from langcov.corpora.readers.txt import read_txt
from langcov.errors import UserError
from langcov.text.strings import Strings

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Reader = Callable[[File], Iterator[Texts]]
"""Reads a file: its texts in order, each with its place."""


def _always(path: str, options: ReadOptions) -> bool:
    return True


def _never(path: str, options: ReadOptions) -> bool:
    return False


@dataclass(frozen=True)
class Format:
    """A format of running text.

    Attributes:
        read: its reader.
        keys: whether its lines can have keys.
        documents: whether a file, without a card, says which lines are a document.
        languages: the option of reading that says where a row names its language.
        told: whether each text names its language, without being asked.
        document: whether a file is no text but holds some, which is fixed in a copy of plain text.
        options: options of reading, besides ``languages``, that not all formats have.
        cut: says where a file can be cut into parts that are read alone; None where it can't.
    """

    read: Reader
    keys: bool = False
    documents: Callable[[str, ReadOptions], bool] = _never
    languages: str = ""
    told: bool = False
    document: bool = False
    options: tuple[str, ...] = ()
    cut: Cut | None = None


_OF_TABLES = ("text_column", "delimiter", "tier")
FORMATS: dict[str, Format] = {
    "txt": Format(read_txt, cut=at_line_ends),
    "tsv": Format(read_table, keys=True, languages="lang_column", options=_OF_TABLES),
    "csv": Format(read_table, keys=True, languages="lang_column", options=_OF_TABLES),
    "jsonl": Format(read_jsonl, documents=_always, languages="lang_field", cut=at_line_ends),
    "parquet": Format(read_parquet, documents=_always, languages="lang_field", cut=between_row_groups),
    "conllu": Format(read_conllu, documents=has_documents),
    "memory": Format(read_memory),
    "docx": Format(read_docx, document=True),
    "odt": Format(read_odt, document=True),
    "rtf": Format(read_rtf, document=True),
    "xlsx": Format(read_xlsx, languages="lang_column", document=True, options=("sheet", "text_column")),
    "eaf": Format(read_eaf, document=True, options=("tier",)),
    "textgrid": Format(read_textgrid, document=True, options=("tier",)),
    "flextext": Format(read_flextext, document=True, options=("tier",)),
    "toolbox": Format(read_toolbox, document=True, options=("tier",)),
    "sfm": Format(read_toolbox, document=True, options=("tier",)),
    "tmx": Format(read_tmx, document=True, told=True),
    "cha": Format(read_chat, document=True, options=("tier",)),
    "srt": Format(read_srt, document=True),
    "vtt": Format(read_vtt, document=True),
    "ass": Format(read_ass, document=True),
    "ssa": Format(read_ass, document=True),
}
DOCUMENTS = tuple(name for name, one in FORMATS.items() if one.document)
WORDS = "words"
ENTRY_POINTS = "langcov.readers"


def format_of(path: str) -> str | None:
    """The name of the format that a file's name says, None if it says none.

    >>> format_of("tat_Cyrl.txt.gz"), format_of("udhr.words.tsv.xz"), format_of("README.md")
    ('txt', 'words', None)
    >>> format_of("tat.DOCX")
    'docx'
    """
    path = bare(path)
    if path.endswith(".words.tsv"):
        return WORDS
    extension = path.rpartition("/")[2].rpartition(".")[2]
    names = (name for name in (extension, extension.lower()) if name != "memory")
    return next((name for name in names if name in FORMATS or name in _registered()), None)


@lru_cache
def _registered() -> Mapping[str, Format | EntryPoint]:
    """All formats by extension, those of other packages as entry points."""
    return registry(FORMATS, ENTRY_POINTS, "format", lambda point: [(point.name, point)])


def find_format(name: str) -> Format:
    """The format of that name, of this package or of another.

    Raises:
        UserError: there is none; names those that are known.
    """
    if name in FORMATS:
        return FORMATS[name]
    point = _registered().get(name)
    if isinstance(point, Format) or point is None:
        raise UserError(f"no reader for {name!r}: known are {', '.join(sorted(_registered()))}")
    return Format(load_entry(point))


def texts_in(file: File) -> Iterator[Texts]:
    """The texts of a file, by the reader of its format.

    Raises:
        UserError: it can't be read, or isn't what it should be.
    """
    with given(file.path):
        yield from find_format(file.source.format).read(file)


def languages_in(path: str, form: str, options: ReadOptions) -> Counter[str] | None:
    """How often the rows of a file name each language, as they write it; None where that is not asked for.

    Raises:
        UserError: the file can't be read.
    """
    format = find_format(form)
    if not format.told and (not format.languages or getattr(options, format.languages) is None):
        return None
    file = File(Source("", path, form, only=()), replace(options, encoding_errors="replace"))
    for _ in texts_in(file):  # no row is wanted, all are counted
        pass
    return file.languages


def read_told(
    source: Source, corpus: Corpus, options: ReadOptions, provenance: Provenance, progress: Progress
) -> Iterator[Lines]:
    """As ``read``; the progress is told how much was read, and that the source is done."""
    for lines in read(source, corpus, options, provenance):
        yield lines
        progress.advance(source.path, len(lines.text.data))
    progress.finish(source.path)


def read(
    source: Source,
    corpus: Corpus,
    options: ReadOptions,
    provenance: Provenance,
    part: Part | None = None,
) -> Iterator[Lines]:
    """The lines of a source that are measured, in chunks of about ``options.chunk_bytes``.

    Args:
        source: what to read; not a word table (that is ``read_words``).
        corpus: the corpus that it belongs to.
        options: how.
        provenance: filled in while reading; complete at the end.
        part: a range of it (``numbered.Numbered``); the sha256 is none then.

    Raises:
        UserError: the file can't be read, isn't what it should be, holds no text, or was changed since it
            was cut.
    """
    file = File(source, options, provenance, keyed=corpus.keyed, part=part or WHOLE)
    addresses, sha256, check = Addresses(source, corpus, file.part.text), hashlib.sha256(), 0
    filled = part is not None
    for texts in texts_in(file):
        if part is None:
            sha256.update(texts.text.data.data)
            provenance.sha256 = sha256.hexdigest()
        else:
            check = crc32(texts.text.data.data, check)
        provenance.lines += len(texts)
        provenance.carriage_returns += texts.returns
        lines = addresses.lines(texts)
        if options.normalize != "none":
            lines = replace(lines, text=_normalized(lines.text, options.normalize))
        filled = filled or bool((lines.text.lengths > 0).any())
        if len(lines.numbers):
            yield lines
    if part is not None and check != part.check:
        raise changed(source.path)
    if not filled:
        raise no_text(source.path, provenance, corpus.keys)


def no_text(path: str, provenance: Provenance, keys: str | None = None) -> UserError:
    """The error for a file that was read to its end without finding any text."""
    only = f" under keys that match {keys!r}" if keys and provenance.lines else ""
    return UserError(f"{path} holds no text{only} (lines read: {provenance.lines})")


def _normalized(text: Strings, form: str) -> Strings:
    return Strings.of([unicodedata.normalize(form, line) for line in text])  # type: ignore[arg-type]
