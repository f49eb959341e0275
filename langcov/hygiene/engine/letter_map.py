"""Letters of an old font: a table that a user gives, as a check of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from langcov.errors import UserError
from langcov.hygiene.engine.finding import Issue, name_of
from langcov.hygiene.engine.protocol import About, Check, Evidence

ABOUT = About(
    "letter-map",
    "Letters of an old font",
    "Old fonts show the letters of a language in the places of others: without the font they are others.",
)
_PROPOSAL = re.compile(r"(\S) → (\S) \(([^()]+)\)")
_CODE_POINT = re.compile(r"U\+([0-9A-Fa-f]{4,6})")


def letter_map(path: Path) -> Check:
    """The check that finds the letters of a table and fixes them.

    Raises:
        UserError: the table can't be read or contradicts itself; names file and line.
    """
    letters = read_letter_map(path)
    table = str.maketrans(dict(letters))

    def issues(word: str, evidence: Evidence) -> Iterable[Issue]:
        places = [place for place, letter in enumerate(word) if letter in letters]
        if not places:
            return []
        wrong = "".join(word[place] for place in places)
        return [
            Issue(
                ABOUT.id,
                "error",
                places[0],
                places[-1] + 1,
                wrong,
                "By the letter map {wrong} stands for {right}.",
                {"wrong": wrong, "right": wrong.translate(table)},
                word.translate(table),
                automatic=True,
            )
        ]

    return Check(**vars(ABOUT), word=issues, suspects=lambda evidence: letters)


def read_letter_map(path: Path) -> Mapping[str, str]:
    """Each wrong letter, to the right one.

    Args:
        path: rows ``wrong<TAB>right``; either may be written as ``U+E0A1``; empty rows and those that begin
            with # and a space are left out.

    Raises:
        UserError: the table can't be read; a wrong letter is not one code point, stands there twice, or is in
            a right letter; a right one is not NFC. Names file and line.
    """
    try:
        rows = path.read_text("utf-8-sig").split("\n")
    except OSError as problem:
        raise UserError(f"{path}: can't be read: {problem.strerror}") from None
    except UnicodeDecodeError as problem:
        raise UserError(f"{path}: a letter map must be UTF-8 ({problem.reason}): save it as that") from None
    letters: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        row = row.rstrip("\r")
        if not row or row.startswith("# "):
            continue
        wrong, _, right = (_CODE_POINT.sub(_character, part) for part in row.partition("\t"))
        odd = _problem(wrong, right)
        if wrong in letters:
            odd = f"{name_of(wrong)} is in line {lines[wrong]} too"
        if odd:
            raise UserError(f"{path}, line {number}: {odd}; a row is wrong<TAB>right, as in ї<TAB>ҥ")
        letters[wrong], lines[wrong] = right, number
    if not letters:
        raise UserError(f"{path}: a letter map without letters; a row is wrong<TAB>right, as in ї<TAB>ҥ")
    for wrong, right in letters.items():
        again = next((letter for letter in right if letter in letters), None)
        if again:
            raise UserError(
                f"{path}, line {lines[wrong]}: {again!r} on the right is on the left in line {lines[again]}: "
                "fixing twice would change it again, so leave one of the rows out"
            )
    return letters


def proposed(issues: Iterable[Issue]) -> str:
    """The letter map that issues of `declared-language` propose, in both cases; empty if none does.

    >>> values = {"map": "ќ → қ (ќала: қала); º → ң (маºа: маңа)"}
    >>> print(proposed([Issue("declared-language", "error", 0, 0, "", "", values)]), end="")
    # ќала: қала
    ќ\tқ
    Ќ\tҚ
    # маºа: маңа
    º\tң
    """
    rows: dict[str, str] = {}
    for issue in issues:
        for wrong, right, example in _PROPOSAL.findall(issue.values.get("map", "")):
            capital, other = wrong.upper(), right.upper()
            rows.setdefault(wrong, f"# {example}\n{wrong}\t{right}\n")
            if capital.lower() == wrong != capital and len(capital) == len(other) == 1:
                rows.setdefault(capital, f"{capital}\t{other}\n")
    return "".join(rows.values())


def _problem(wrong: str, right: str) -> str:
    if len(wrong) != 1:
        return f"{wrong!r} on the left is not one code point"
    if wrong.isspace() or any(letter.isspace() for letter in right):
        return "white space is no letter"
    if not right:
        return f"nothing stands on the right of {wrong!r}"
    if not unicodedata.is_normalized("NFC", right):
        return f"{right!r} on the right is not in the normal form NFC"
    return ""


def _character(match: re.Match[str]) -> str:
    point = int(match[1], 16)
    return chr(point) if point <= 0x10FFFF and not 0xD800 <= point < 0xE000 else match[0]
