"""What a project accepts as right though a check objects: ``langcov-exceptions.toml``, each with its reason.

A table ``[[accept]]`` holds any of ``word``, ``words``, ``names`` (with any ending) and ``letters`` (each may
stand anywhere); it may be narrowed by ``check`` and ``language``, and ``any_case = true`` widens it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from langcov.core import toml
from langcov.errors import UserError
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.search import Accepts
from langcov.languages import find

NAME = "langcov-exceptions.toml"
_TYPES: Mapping[str, type] = {
    "word": str,
    "words": list,
    "names": list,
    "letters": list,
    "check": str,
    "language": str,
    "any_case": bool,
    "reason": str,
}
_SAID = {str: "a string", list: "a list of strings", bool: "true or false"}
_TABLE = re.compile(r"^\s*\[\[\s*accept\s*\]\]", re.MULTILINE)


@dataclass(eq=False)
class Accepted:
    """One table of the file."""

    words: tuple[str, ...]  # exactly these, without punctuation around them
    names: tuple[str, ...]  # words that begin with one of these
    letters: frozenset[str]  # issues of these characters alone
    check: str  # id of the only check that this is about; empty for all
    language: str
    any_case: bool  # words and names in capitals, too
    where: str
    used: bool = False  # whether a check objected to any of it

    @cached_property
    def forms(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """Words and names as they are compared: made once, as there may be thousands of both."""
        return frozenset(map(self.same, self.words)), tuple(map(self.same, self.names))

    def same(self, word: str) -> str:
        """A word as it is compared."""
        return word.casefold() if self.any_case else word


class Exceptions:
    """All that a project accepts.

    Raises:
        UserError: a file can't be read or says something else; names file and line.
    """

    def __init__(self, files: Iterable[Path] = (), checks: Collection[str] = ()) -> None:
        self._all = [accepted for file in files for accepted in _read(file, checks)]

    @property
    def unused(self) -> list[str]:
        """Where those are that no check has objected to so far."""
        return [accepted.where for accepted in self._all if not accepted.used]

    def of(self, language: str) -> Accepts:
        """What is accepted in a language, by its id: whether an issue of a word, or of a line, is."""
        mine = [accepted for accepted in self._all if accepted.language in ("", language)]
        by_word: dict[str, list[Accepted]] = defaultdict(list)
        for accepted in mine:
            for word in accepted.words:
                by_word[word.casefold()].append(accepted)
        rest = [accepted for accepted in mine if accepted.names or accepted.letters]

        def accepts(word: str, issue: Issue) -> bool:
            if not mine:
                return False
            forms = _forms(word, issue)
            asked = [*(one for form in forms for one in by_word.get(form.casefold(), ())), *rest]
            found = [one for one in asked if _holds(one, forms, issue)]
            for one in found:
                one.used = True
            return bool(found)

        return accepts


def nearest(folder: Path) -> Path | None:
    """The exceptions of a folder or the nearest above it, up to the project (``.git``) or where we are."""
    here = Path.cwd()
    for one in (folder.resolve(), *folder.resolve().parents):
        if (one / NAME).is_file():
            return one / NAME
        if one == here or (one / ".git").exists():
            break
    return None


def _forms(word: str, issue: Issue) -> set[str]:
    """A word with and without what stands around it; of a line, the part that is concerned."""
    if len(word.split()) > 1:
        word = word[issue.start : issue.end]
    return {word, _bare(word, "'’"), _bare(word, "")}


def _bare(word: str, kept: str) -> str:
    inside = [
        place for place, char in enumerate(word) if char in kept or unicodedata.category(char)[0] not in "PZ"
    ]
    return word[inside[0] : inside[-1] + 1] if inside else word


def _holds(accepted: Accepted, forms: Collection[str], issue: Issue) -> bool:
    if accepted.check not in ("", issue.check):
        return False
    if issue.wrong and accepted.letters.issuperset(issue.wrong):
        return True
    words, names = accepted.forms
    return any(form in words or form.startswith(names) for form in map(accepted.same, forms))


def _read(path: Path, checks: Collection[str]) -> Iterator[Accepted]:
    content = toml.read(path)
    odd = next((key for key in content if key != "accept"), None)
    tables = content.get("accept", [])
    if odd is not None or not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise UserError(f"{path}: it holds tables [[accept]] and nothing else, not {odd or 'accept'!r}")
    text = path.read_text("utf-8-sig")
    lines = [text.count("\n", 0, found.end()) + 1 for found in _TABLE.finditer(text)]
    for number, table in enumerate(tables):
        where = (
            f"{path}, line {lines[number]}" if len(lines) == len(tables) else f"{path}, table {number + 1}"
        )
        yield _accepted(table, where, checks)


def _accepted(table: Mapping[str, Any], where: str, checks: Collection[str]) -> Accepted:
    for key, value in table.items():
        if key not in _TYPES:
            raise UserError(f"{where}: unknown key {key!r}; [[accept]] may say {', '.join(_TYPES)}")
        strings = (
            all(isinstance(one, str) and one for one in value) if isinstance(value, list) else value != ""
        )
        if type(value) is not _TYPES[key] or not strings:
            raise UserError(f"{where}: {key!r} must be {_SAID[_TYPES[key]]}, none of them empty")
    if not table.get("reason", "").strip():
        raise UserError(f"{where}: no reason: say why this is right, for those who come after")
    if not any(table.get(key) for key in ("word", "words", "names", "letters")):
        raise UserError(f"{where}: nothing is accepted: name a word, words, names or letters")
    if table.get("check", "") not in ("", *checks):
        raise UserError(f"{where}: no check is called {table['check']!r}: known are {', '.join(checks)}")
    try:
        language = find(table["language"]).id if "language" in table else ""
    except UserError as problem:
        raise UserError(f"{where}: {problem}") from None
    return Accepted(
        words=(*([table["word"]] if "word" in table else []), *table.get("words", [])),
        names=tuple(table.get("names", [])),
        letters=frozenset("".join(table.get("letters", []))),
        check=table.get("check", ""),
        language=language,
        any_case=table.get("any_case", False),
        where=where,
    )
