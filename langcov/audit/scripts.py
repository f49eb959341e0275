"""Pieces whose letters are of more than one script, and those that only look as if they were of one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from langcov.core.arrays import Ints
from langcov.languages import find
from langcov.languages.alphabets import stand_in
from langcov.text.properties import scripts
from langcov.text.scan import blocks
from langcov.text.scripts import NO_SCRIPT, SAME
from langcov.text.strings import Strings

LIKE = {"Cyrl": "rus", "Latn": "eng"}
"""Scripts that letters are written in for those of another, and a language that has each."""
_NONE = [index for index, code in enumerate(scripts()) if code in NO_SCRIPT]


class Mixed(NamedTuple):
    """A piece of several scripts: its place, their codes, whether one's letters all look like another's."""

    at: int
    scripts: tuple[str, ...]
    alike: bool


def mixed(texts: Strings) -> list[Mixed]:
    """The texts with letters of two scripts or more; scripts that are compared as one count as one.

    >>> [(one.scripts, one.alike) for one in mixed(Strings.of(["fж", "cок", "ок", "日ひ"]))]
    [(('Cyrl', 'Latn'), False), (('Cyrl', 'Latn'), True)]
    """
    pairs = np.unique(np.concatenate([np.zeros((0, 2), np.int64), *_of_blocks(texts)]), axis=0)
    owners, counts = np.unique(pairs[:, 0], return_counts=True)
    found = []
    for at in owners[counts > 1].tolist():
        codes = tuple(sorted(scripts()[script] for script in pairs[pairs[:, 0] == at, 1].tolist()))
        [text] = texts[np.array([at])]
        found.append(Mixed(at, codes, is_alike(text, codes)))
    return found


def _of_blocks(texts: Strings) -> list[Ints]:
    """Each text with each script of its letters, int64 [n, 2] of some texts at a time."""
    place = {code: index for index, code in enumerate(scripts())}
    same = np.array([place[SAME.get(code, code)] for code in scripts()])
    found = []
    for block in blocks(texts):
        script = block.get("script")
        at = np.flatnonzero(~np.isin(script, _NONE))
        owner = block.owners(at) + block.which.start
        found.append(np.stack([owner, same[script[at]]], axis=1))
    return found


def is_alike(text: str, codes: tuple[str, ...]) -> bool:
    """Whether all letters of one of two scripts look like letters of the other."""
    if len(codes) != 2:
        return False
    return any(
        all(char in _lookalikes(host) for char in text if _script(char) == guest)
        for host, guest in (codes, codes[::-1])
        if host in LIKE
    )


@cache
def _lookalikes(script: str) -> Mapping[str, tuple[str, ...]]:
    """Letters of other scripts that look like some of this."""
    made = stand_in(find(LIKE[script]))
    return {} if made is None else made.lookalikes


def _script(char: str) -> str:
    [block] = blocks(Strings.of([char]))
    code = scripts()[int(block.get("script")[0])]
    return SAME.get(code, code)
