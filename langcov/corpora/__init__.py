"""Corpora: what the user named, read as lines or as counted words."""

from langcov.corpora.align import check_lines, content_hash, count_lines
from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions, Source, WordCounts
from langcov.corpora.best import Picked, best_bundled
from langcov.corpora.readers.formats import no_text, read
from langcov.corpora.readers.numbered import Numbered
from langcov.corpora.resolve import bundled_corpora, resolve
from langcov.corpora.tables.condense import Summary, condense
from langcov.corpora.tables.read import read_words

__all__ = [
    "Corpus",
    "Lines",
    "Numbered",
    "Picked",
    "Provenance",
    "ReadOptions",
    "Source",
    "Summary",
    "WordCounts",
    "best_bundled",
    "bundled_corpora",
    "check_lines",
    "condense",
    "content_hash",
    "count_lines",
    "no_text",
    "read",
    "read_words",
    "resolve",
]
