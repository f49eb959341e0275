"""The codes of ISO 639: which language a code means, and which macrolanguage holds it.

``langcov/data/iso639.tsv`` and ``iso639_5.tsv`` are made by ``tools/build_iso639.py`` from the tables of the
registration authorities.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from langcov.data import read_table


class Code(NamedTuple):
    """A code of ISO 639-3."""

    code: str  # three letters
    iso639_1: str  # its code of two letters, or empty
    iso639_2b: str  # its bibliographic code of three letters (``ger``) if that is another one, or empty
    macrolanguage: str  # the code of the macrolanguage that holds it, or empty
    retired: str  # since when it is no code any more (``2023-01-20``), or empty
    now: str  # the one code that took its place; empty if there is none, or several


def look_up(text: str) -> Code | None:
    """What a code of ISO 639-1, -2/B, -2/T or -3 means in ISO 639-3, None if it is no such code.

    >>> look_up("tt").code, look_up("ger").code, look_up("kv").code, look_up("ajp").now, look_up("xxz")
    ('tat', 'deu', 'kom', 'apc', None)
    """
    return _codes().get(text)


def members(macrolanguage: str) -> tuple[str, ...]:
    """The codes of the languages that a macrolanguage holds; none if it is no macrolanguage.

    >>> members("kom"), members("tat")
    (('koi', 'kpv'), ())
    """
    return _members().get(macrolanguage, ())


@cache
def _members() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for code in _codes().values():
        found.setdefault(code.macrolanguage, set()).add(code.code)
    return {macrolanguage: tuple(sorted(codes)) for macrolanguage, codes in found.items()}


@cache
def collections() -> Mapping[str, str]:
    """The codes of ISO 639-5 with their names: groups of languages that ISO 639-3 has no code for.

    >>> collections()["oto"], look_up("oto")
    ('Otomian languages', None)
    """
    return {row["code"]: row["name"] for row in read_table("iso639_5.tsv")}


@cache
def _codes() -> dict[str, Code]:
    codes = [Code(**row) for row in read_table("iso639.tsv")]
    shorter = {short: code for code in codes for short in (code.iso639_1, code.iso639_2b) if short}
    return shorter | {code.code: code for code in codes}
