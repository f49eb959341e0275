"""CoNLL-U treebanks: the ``# text`` of each sentence is a line, ``# newdoc`` begins a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter

import numpy as np

from langcov.corpora.base import ReadOptions, Source
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Block, Record, Texts
from langcov.errors import UserError
from langcov.text.strings import LF

MOST_BYTES = 64 << 20  # text without an empty line that is still taken for one sentence
_HASH = ord("#")
_COMMENT = re.compile(
    rb"^\#[ \t]*(?: text[ \t]*=[ ]?(?P<text>[^\r\n]*) | newdoc\b(?:[ \t]+id[ \t]*=[ ]?(?P<id>[^\r\n]*))? )",
    re.MULTILINE | re.VERBOSE,
)


def read_conllu(file: File) -> Iterator[Texts]:
    """The sentences of a treebank, as their ``# text`` comments spell them; those of a block are whole.

    Raises:
        UserError: there are no empty lines between sentences.
    """
    document, name = -1, None
    for block in file.blocks(whole_sentences):
        records = [*_lost(block)]
        for line, start in _comment_lines(block):
            comment = _COMMENT.match(block.data, start)
            if comment is None:
                continue
            if comment["text"] is None:
                document, name = document + 1, comment["id"]
            else:
                document, before = max(document, 0), comment.start("text") - start
                records.append(Record(comment["text"], line, before, document, name))
        yield file.pack(sorted(records, key=attrgetter("line")) if block.lost else records, block)


def _comment_lines(block: Block) -> Iterator[tuple[int, int]]:
    """The number of each line that begins with ``#``, and its first byte in the block."""
    starts = np.append(0, np.flatnonzero(block.bytes == LF) + 1)
    comments = np.flatnonzero(block.bytes[starts[starts < len(block.data)]] == _HASH)
    return zip((block.first + comments).tolist(), starts[comments].tolist())


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
