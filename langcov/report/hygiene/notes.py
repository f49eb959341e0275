"""The hygiene of a corpus beside its numbers: which languages are marked, and what stands under the table."""

from __future__ import annotations

from collections.abc import Mapping

from langcov.report import wording as words
from langcov.report.wording import some
from langcov.results.result import Result

MARK = "§"
MOST = 0.01
"""A language with errors in more than this share of its words is marked."""
ANY = "any"


def marked(result: Result, corpus: str, names: Mapping[str, str]) -> dict[str, str]:
    """The names of languages; those whose text has many errors with a mark."""
    faulty = _faulty(result, corpus)
    return {id: f"{name} {MARK}" if id in faulty else name for id, name in names.items()}


def hygiene(result: Result, corpus: str, names: Mapping[str, str]) -> list[str]:
    """What the mark means, and which errors they are, the languages with the largest share first."""
    faulty = _faulty(result, corpus)
    if not faulty:
        return []
    order = sorted(faulty, key=lambda id: -faulty[id])
    shares = some([f"{names.get(id, id)} {words.number(faulty[id], 'share')}" for id in order])
    checks: dict[str, list[tuple[float, str]]] = {}
    for row in result.hygiene:
        if row["corpus"] == corpus and row["language"] in faulty and _is_error(row) and row["check"] != ANY:
            checks.setdefault(row["check"], []).append((row["share"] or 0.0, row["language"]))
    lines = [
        f"{MARK} more than 1 % of the words have errors of spelling or encoding ({shares}): "
        "the figures are of the text as it is; langcov corpora check shows the places"
    ]
    for check, found in sorted(checks.items(), key=lambda item: -max(item[1])[0]):
        some_of = [
            f"{names.get(id, id)} {words.number(share, 'share')}" for share, id in sorted(found, reverse=True)
        ]
        lines.append(f"  {words.visible(check)}: {some(some_of)}")
    return lines


def _is_error(row: Mapping[str, object]) -> bool:
    return row.get("severity", "error") == "error"


def _faulty(result: Result, corpus: str) -> dict[str, float]:
    """The languages to be marked, and their shares of words with an error."""
    return {
        row["language"]: row["share"]
        for row in result.hygiene
        if row["corpus"] == corpus and row["check"] == ANY and (row["share"] or 0.0) > MOST
    }
