"""CoNLL-U treebanks: the text of each sentence is a line, ``# newdoc`` begins a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from operator import attrgetter, itemgetter
from typing import NamedTuple

import numpy as np

from langcov.corpora.base import ReadOptions, Source
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Block, Piece, Record, Texts
from langcov.errors import UserError
from langcov.text.scan import find_lines

MOST_BYTES = 64 << 20  # text without an empty line that is still taken for one sentence
_HASH = ord("#")
_NUMBER = re.compile(r"(?P<first>[0-9]+)(?:-(?P<last>[0-9]+))?")
_EMPTY_NODE = re.compile(r"[0-9]+\.[0-9]+")
_COMMENT = re.compile(
    rb"^\#[ \t]*(?: text[ \t]*=[ ]?(?P<text>[^\r\n]*) | newdoc\b(?:[ \t]+id[ \t]*=[ ]?(?P<id>[^\r\n]*))? )",
    re.MULTILINE | re.VERBOSE,
)


class Form(NamedTuple):
    """A row whose form stands in the text of its sentence.

    Attributes:
        row: its place in the sentence.
        column: code points before the form in the row.
        form: as it stands.
        glued: whether the next one follows without a space.
        within: it is a word of a range like 1-2, whose form stands for it.
    """

    row: int
    column: int
    form: str
    glued: bool
    within: bool = False


def forms_of(rows: Sequence[str]) -> Iterator[Form]:
    """The forms of a sentence, but for empty nodes.

    Raises:
        ValueError: a row is none of CoNLL-U; with its place.
    """
    last_of_range = 0
    for place, row in enumerate(rows):
        cells = row.split("\t")
        if cells[0].startswith("#") or _EMPTY_NODE.fullmatch(cells[0]):
            continue
        number = _NUMBER.fullmatch(cells[0])
        if not number or len(cells) != 10:
            raise ValueError(place)
        within = not number["last"] and int(number["first"]) <= last_of_range
        yield Form(place, len(cells[0]) + 1, cells[1], "SpaceAfter=No" in cells[9].split("|"), within)
        last_of_range = int(number["last"] or last_of_range)


def joined(forms: Iterable[tuple[str, bool]]) -> str:
    """The text that forms make up, each with whether the next one follows without a space.

    >>> joined([("Ак", False), ("барс", True), (".", False)])
    'Ак барс.'
    """
    return "".join(form + " " * (not glued) for form, glued in forms).removesuffix(" ")


def read_conllu(file: File) -> Iterator[Texts]:
    """The sentences of a treebank, as their ``# text`` spells them, else made of their forms and counted.

    Those of a block are whole.

    Raises:
        UserError: there are no empty lines between sentences, or a row that a text is made of is wrong.
    """
    document, name = -1, None
    for block in file.blocks(whole_sentences):
        sentences = _Sentences(block)
        records, comments = [*_lost(block)], list(sentences.comments())
        told = [record.line for record in records]
        told += [line for line, comment in comments if comment["text"] is not None]
        made = [_made(rows, first, block, file) for first, rows in sentences.without(told)]
        found: list[tuple[int, re.Match[bytes] | Record]] = [*comments, *((one.line, one) for one in made)]
        for line, one in sorted(found, key=itemgetter(0)):
            if isinstance(one, Record):
                document = max(document, 0)
                records.append(one._replace(document=document, name=name))
            elif one["text"] is None:
                document, name = document + 1, one["id"]
            else:
                document, before = max(document, 0), one.start("text") - one.start()
                records.append(Record(one["text"], line, before, document, name))
        texts = file.pack(sorted(records, key=attrgetter("line")) if block.lost else records, block)
        file.provenance.joined += len(texts.parts)
        yield texts


class _Sentences:
    """The lines of a block, and which sentence each is in."""

    def __init__(self, block: Block) -> None:
        self._block = block
        lines, _ = find_lines(block.bytes)
        self._lines, empty = lines, lines.lengths == 0
        empty[[place for place in block.lost if place < len(empty)]] = False
        self._hashes = ~empty & (block.bytes[np.minimum(lines.starts, len(block.data) - 1)] == _HASH)
        self._rows = ~empty & ~self._hashes
        self._sentence = np.cumsum(empty)

    def comments(self) -> Iterator[tuple[int, re.Match[bytes]]]:
        """The comments that tell a text or begin a document, with the numbers of their lines."""
        places = np.flatnonzero(self._hashes)
        for place, start in zip(places.tolist(), self._lines.starts[places].tolist()):
            if found := _COMMENT.match(self._block.data, start):
                yield self._block.first + place, found

    def without(self, told: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
        """The sentences that have words but no text: the place of the first line in the block, and the lines.

        Args:
            told: lines of the file that tell the text of their sentence.
        """
        silent = np.zeros(len(self._sentence) + 1, bool)
        silent[self._sentence[self._rows]] = True
        silent[self._sentence[np.array(told, np.int64) - self._block.first]] = False
        for sentence in np.flatnonzero(silent).tolist():
            start, end = np.searchsorted(self._sentence, [sentence, sentence + 1]).tolist()
            start += not (self._rows[start] or self._hashes[start])
            yield start, self._lines[start:end].to_list()


def _made(rows: Sequence[str], first: int, block: Block, file: File) -> Record:
    """The text of a sentence out of its forms, at the line of the first.

    Raises:
        UserError: a row is none of CoNLL-U.
    """
    lost = [place for place in range(first, first + len(rows)) if place in block.lost]
    if lost:
        return Record(b"", block.first + lost[0], left_out=True)
    line = block.first + first
    try:
        forms = [form for form in forms_of(rows) if not form.within]
    except ValueError as problem:
        place = file.source.place(line + int(problem.args[0]))
        raise UserError(f"{place}: no # text, and no row of ten columns to make it of: fix the row") from None
    ends = accumulate(len(one.form) + (not one.glued) for one in forms)
    parts = [Piece(start, line + one.row, one.column) for start, one in zip(chain([0], ends), forms)]
    text = joined((one.form, one.glued) for one in forms)
    return Record(text.encode(), parts[0].line, parts[0].column, parts=tuple(parts))


def _lost(block: Block) -> Iterator[Record]:
    """The places of sentences that can't be read."""
    for place, line in block.lost.items():
        comment = _COMMENT.match(line)
        if comment and comment["text"] is not None:
            yield Record(b"", block.first + place, document=0, left_out=True)


def whole_sentences(blocks: Iterator[bytes], path: str) -> Iterator[bytes]:
    """The same bytes in blocks that end with an empty line, but for the last.

    Raises:
        UserError: there are no empty lines.
    """
    held: list[bytes] = []
    for block in blocks:
        cut = _after_empty_line(block)
        if cut:
            yield b"".join((*held, block[:cut]))
            held = []
        held.append(block[cut:])
        if sum(map(len, held)) > MOST_BYTES:
            megabytes = MOST_BYTES >> 20
            raise UserError(f"{path}: no empty line in {megabytes} MB: CoNLL-U has one after each sentence")
    if any(held):
        yield b"".join(held)


def _after_empty_line(block: bytes) -> int:
    """The end of the last empty line of some lines, 0 if there is none."""
    lines = b"\n" + block
    found = (lines.rfind(empty) + len(empty) - 1 for empty in (b"\n\n", b"\n\r\n") if empty in lines)
    return max(found, default=0)


def has_documents(path: str, options: ReadOptions) -> bool:
    """Whether the first sentence of a treebank begins a document."""
    for block in File(Source("", path, "conllu"), options, again=True).blocks():
        head = block.data.partition(b"\n\n")[0]
        return any(comment["text"] is None for comment in _COMMENT.finditer(head))
    return False
