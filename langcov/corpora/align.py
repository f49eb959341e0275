"""Checks across the files of a corpus, and the hash that names its content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from langcov.corpora.base import Corpus, Provenance, ReadOptions, Source
from langcov.corpora.readers.formats import WORDS, read
from langcov.errors import UserError


def content_hash(parts: Iterable[tuple[str, str]]) -> str:
    """The sha256 of a corpus: over its sorted (language, sha256 of decoded text), a line each.

    >>> parts = [("tat_Cyrl", "9f"), ("rus_Cyrl", "2c")]
    >>> content_hash(parts) == content_hash(reversed(parts))
    True
    """
    lines = "".join(f"{language} {sha256}\n" for language, sha256 in sorted(parts))
    return hashlib.sha256(lines.encode()).hexdigest()


def check_lines(corpus: Corpus, counts: Iterable[tuple[Source, int]]) -> None:
    """See that files aligned by line are of one length; of several files a language, first with first.

    Args:
        corpus: only one aligned by ``lines`` is checked.
        counts: lines read of each source, empty and skipped ones too, in the order of the corpus.

    Raises:
        UserError: names two files and their lines.
    """
    if corpus.alignment != "lines":
        return
    files: dict[str, list[tuple[str, int]]] = {}
    for source, lines in counts:
        if source.format != WORDS:
            files.setdefault(source.language, []).append((source.shown, lines))
    if not files:
        return
    model = max(files.values(), key=len)
    for ours in files.values():
        if len(ours) != len(model):
            raise UserError(
                f"{corpus.name} is said to be aligned by line, but {model[-1][0]} has no partner "
                f"beside {ours[-1][0]}"
            )
        for (path, lines), (other, others) in zip(ours, model):
            if lines != others:
                raise UserError(
                    f"aligned files must have as many lines: {other} has {others}, {path} has {lines}; "
                    f"fix them, or leave out --aligned"
                )


def count_lines(source: Source, corpus: Corpus, options: ReadOptions) -> int:
    """Lines of a source, by reading it through."""
    provenance = Provenance()
    for _ in read(source, corpus, options, provenance):
        pass
    return provenance.lines
