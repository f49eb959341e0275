"""What the name of a file says: its language and its format, as the makers of corpora write them."""

from __future__ import annotations

import re
from contextlib import suppress

from langcov.corpora.readers.formats import format_of
from langcov.corpora.readers.streams import bare
from langcov.errors import UserError
from langcov.languages import find

_PARTS = ("dev", "devtest", "test", "train", "valid")
"""FLORES names files of plain text so: ``tat_Cyrl.devtest``."""
_PAIR = re.compile(r"(?:.*\.)?([a-zA-Z_]+)-([a-zA-Z_]+)")
"""OPUS names one side of a parallel text so: ``Tatoeba.ru-tt.tt``."""
_TREEBANK = re.compile(r"([a-z]{2,3})_[a-z0-9]+-ud-[a-z-]+")
"""Universal Dependencies: ``tt_nmctt-ud-test.conllu``."""
_LAST = re.compile(r".*\.([a-z]{2,3}(?:[-_][A-Z][a-z]{3})?(?:[-_][A-Z]{2})?)")
"""NTREX and others: ``newstest2019-ref.tat.txt``."""


def told(path: str) -> tuple[str | None, str | None]:
    """The id of the language and the format that the name of a file says, None for what it doesn't.

    >>> told("tat_Cyrl.devtest"), told("tt_nmctt-ud-test.conllu.gz")
    (('tat_Cyrl', 'txt'), ('tat_Cyrl', 'conllu'))
    >>> told("newstest2019-ref.tat.txt"), told("Tatoeba.ru-tt.tt"), told("README.md")
    (('tat_Cyrl', 'txt'), ('tat_Cyrl', 'txt'), (None, None))
    """
    form, name = format_of(path), bare(path).rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    pair = _PAIR.fullmatch(stem)
    if form is None and pair and ending in pair.groups():
        return _known(ending), "txt"
    if form is None and ending in _PARTS:
        form = "txt"
    others = (pattern.fullmatch(stem) for pattern in (_TREEBANK, _LAST))
    names = [stem or name, *(found[1] for found in others if found)]
    return next((language for language in map(_known, names) if language), None), form


def _known(name: str) -> str | None:
    with suppress(UserError):
        return find(name).id
    return None
