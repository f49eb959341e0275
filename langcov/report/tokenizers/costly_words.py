"""The most frequent and the costliest words as tables, one of each language and tokenizer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langcov.report import wording as words
from langcov.report.blocks import Cell, Column, Group, Row, Table
from langcov.report.tokenizers.numbers import TokenizerNumbers
from langcov.results.result import Result

LISTS = {"frequent": "most frequent", "costly": "costliest: most tokens above one a word, in all"}
WIDE = 40  # characters of a split that are shown
COLUMNS = [Column("count"), Column("tokens"), Column("split")]


def costly_words(
    result: Result, corpus: str, numbers: TokenizerNumbers, names: Mapping[str, str]
) -> list[Table]:
    """The tables of a corpus, without yardsticks; none where nobody asked for words."""
    found: dict[tuple[str, str], dict[str, list[Row]]] = {}
    for row in result.details.get("costly_words", []):
        if row["corpus"] == corpus:
            lists = found.setdefault((row["language"], row["system"]), {})
            lists.setdefault(row["list"], []).append(_row(row))
    return [
        Table(
            f"Words of {names.get(language, language)}: {numbers.called(system)}",
            "word",
            COLUMNS,
            [Group(title, lists[name]) for name, title in LISTS.items() if name in lists],
        )
        for language in numbers.languages
        for system in numbers.rivals or numbers.systems
        if (lists := found.get((language, system), {}))
    ]


def _row(row: Mapping[str, Any]) -> Row:
    figures = [Cell(str(row["count"])), Cell(str(row["tokens"])), Cell(_split(row["split"]))]
    return Row(words.visible(row["word"]), figures)


def _split(pieces: list[str] | None) -> str:
    """The pieces between bars, as many as there is room for.

    >>> _split(["▁ха", "т"]), _split(["12345678"] * 9)
    ('▁ха|т', '12345678|12345678|12345678|12345678|…')
    """
    if pieces is None:
        return "–"
    shown = [words.visible(piece) for piece in pieces]
    while len("|".join(shown)) > WIDE and len(shown) > 1:
        shown = [*shown[: -2 if shown[-1] == "…" else -1], "…"]
    return "|".join(shown)
