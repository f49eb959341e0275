"""CoNLL-U treebanks: the ``# text`` of each sentence is a line, ``# newdoc`` begins a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions, Source
from langcov.corpora.readers.cutter import Cutter, Record, name_digests, pack, record_label
from langcov.corpora.readers.decode import text_blocks
from langcov.corpora.readers.streams import blocks

_COMMENT = re.compile(
    rb"^\#[ \t]*(?: text[ \t]*=[ ]?(?P<text>[^\r\n]*) | newdoc\b(?:[ \t]+id[ \t]*=[ ]?(?P<id>[^\r\n]*))? )",
    re.MULTILINE | re.VERBOSE,
)


def read_conllu(
    source: Source, corpus: Corpus, options: ReadOptions, provenance: Provenance
) -> Iterator[Lines]:
    """Chunks of the sentences of a treebank, as their ``# text`` comments spell them."""
    cutter = Cutter(source, corpus, options, provenance)
    return pack(_records(source.path, options, cutter.salt), cutter, "line", corpus.documents == "record")


def _records(path: str, options: ReadOptions, salt: int) -> Iterator[Record]:
    line, ordinal, label = 0, -1, 0
    for block in text_blocks(blocks(path, options.chunk_bytes), options, path):
        read_to = 0
        for comment in _COMMENT.finditer(block):
            line += block.count(b"\n", read_to, comment.start())
            read_to = comment.start()
            if comment["text"] is not None:
                yield Record(comment["text"], max(ordinal, 0), label, line)
            else:
                ordinal += 1
                name = comment["id"]
                label = int(name_digests([name])[0]) if name else record_label(ordinal + salt)
        line += block.count(b"\n", read_to)


def has_documents(path: str, options: ReadOptions) -> bool:
    """Whether the first sentence of a treebank begins a document."""
    for block in text_blocks(blocks(path), options, path):
        head = block.partition(b"\n\n")[0]
        return any(comment["text"] is None for comment in _COMMENT.finditer(head))
    return False
