"""Alphabets letter by letter, and letters that come back as others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langcov.report import wording as words
from langcov.report.page.html import Part, folded, sortable
from langcov.results.result import Result

LETTERS = 60  # of a language, the most frequent first
COLUMNS = 20  # systems that have a column each; of more it is told how many
Counts = dict[
    str, dict[str, int]
]  # by letter: how often it stands in the text, by the system it isn't single in


def parts(result: Result, corpus: str, prefix: str) -> list[Part]:
    """What is known of single letters."""
    return [
        Part(prefix + "alphabets", "Alphabets, letter by letter", _alphabets(result, corpus), within=True),
        Part(prefix + "changed", "Letters that come back as others", _changed(result, corpus), within=True),
    ]


def _alphabets(result: Result, corpus: str) -> str:
    """The letters that some tokenizer has no token of its own for, a table a language."""
    found: dict[str, Counts] = {}
    for row in result.details.get("letters_not_single", []):
        if row["corpus"] == corpus:
            letters = found.setdefault(row["language"], {})
            letters.setdefault(row["letter"], {})[row["system"]] = row["count"]
    if not found:
        return ""
    systems = [one["name"] for one in result.systems if not one.get("skipped")]
    names = words.language_names(sorted(found))
    intro = "<p>×: the letter is no token of its own. Letters that are one everywhere are left out.</p>"
    return intro + "\n".join(
        folded(_heading(names[id], found[id]), _letters(names[id], found[id], systems))
        for id in sorted(found, key=lambda id: names[id])
    )


def _heading(name: str, letters: Counts) -> str:
    most = sorted(letters, key=lambda letter: (-max(letters[letter].values()), letter))
    return f"{name}: {words.some([words.visible(letter) for letter in most])}"


def _letters(name: str, letters: Counts, systems: list[str]) -> str:
    often = {letter: max(counts.values()) for letter, counts in letters.items()}
    most = sorted(often, key=lambda letter: (-often[letter], letter))
    few = len(systems) <= COLUMNS
    rows = [
        [words.visible(letter), str(often[letter]), *_without(letters[letter], systems, few)]
        for letter in most[:LETTERS]
    ]
    columns = [*map(words.visible, systems)] if few else [f"Systems without it, of {len(systems)}"]
    heads = ["Letter", "In the text", *columns]
    left = f"<p>{len(most) - LETTERS} rarer letters are left out.</p>" if len(most) > LETTERS else ""
    return sortable(f"Letters of {name} that are no token of their own", heads, rows, 1) + left


def _without(counts: dict[str, int], systems: list[str], few: bool) -> list[str]:
    return ["×" * (system in counts) for system in systems] if few else [str(len(counts))]


def _changed(result: Result, corpus: str) -> str:
    rows = [_change(row) for row in result.details.get("changed_letters", []) if row["corpus"] == corpus]
    heads = ["System", "Language", "Letter", "comes back as", "Times"]
    return sortable("Letters that come back as others", heads, rows, 4) if rows else ""


def _change(row: Mapping[str, Any]) -> list[str]:
    name = words.language_names([row["language"]])[row["language"]]
    texts = (row["system"], name, row["letter"], row["became"], row["count"])
    return [words.visible(text) for text in texts]
