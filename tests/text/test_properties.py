"""The tables against `regex`, whose own come from the Unicode Character Database by another way."""

from __future__ import annotations

import unicodedata
from enum import IntEnum

import numpy as np
import pytest
import regex

from langcov.text.properties import ConjunctBreak, GraphemeBreak, Property, WordBreak, scripts, table

EVERY = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))
LETTERS = "".join(regex.findall(r"\p{L}", EVERY))
OTHERS = "".join(regex.findall(r"[^\p{L}\p{sc=Zzzz}]", EVERY))  # those without a script are of no script
PINNED = {0x1CF5, 0x1CF6, 0x11A3A}
"""Signs that became linkers in Unicode 18, whose properties `regex` 2026.11 has."""


def differing(pattern: str, name: Property, value: int, among: str = EVERY) -> set[int]:
    theirs = {ord(char) for char in regex.findall(pattern, among)}
    ours = set(np.flatnonzero(table(name) == value).tolist())
    assert theirs
    return {point for point in theirs ^ ours if unicodedata.category(chr(point)) != "Cn"}


@pytest.mark.parametrize(
    ("name", "short", "kinds"),
    [
        ("word_break", "WB", WordBreak),
        ("grapheme_break", "GCB", GraphemeBreak),
        ("conjunct_break", "InCB", ConjunctBreak),
    ],
)
def test_break_classes_equal_regex(name: Property, short: str, kinds: type[IntEnum]) -> None:
    for kind in kinds:
        if kind:
            assert differing(rf"\p{{{short}={kind.name}}}", name, kind) <= PINNED, kind


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("white_space", r"\p{White_Space}"),
        ("pictographic", r"\p{Extended_Pictographic}"),
        ("alphanumeric", r"[\p{L}\p{N}]"),
    ],
)
def test_binary_properties_equal_regex(name: Property, pattern: str) -> None:
    assert differing(pattern, name, 1) == set()


@pytest.mark.parametrize("script", scripts()[1:])
def test_scripts_of_letters_equal_regex(script: str) -> None:
    pattern = rf"\p{{sc={script}}}"
    if script not in {"Brai", "Sgnw"}:  # signs without letters
        assert differing(pattern, "script", scripts().index(script), LETTERS) == set()
    assert not table("script")[[ord(char) for char in regex.findall(pattern, OTHERS)]].any()


def test_white_space_is_unicodes_and_not_pythons() -> None:
    white = set(np.flatnonzero(table("white_space")).tolist())
    assert len(white) == 25
    assert {0x85, 0xA0, 0x202F, 0x3000} <= white
    assert not white & {0x1C, 0x1D, 0x1E, 0x1F, 0x200B, 0xFEFF}
