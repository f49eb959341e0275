"""What the tests of checks of lines share: what such a check is told of a file, and its lines, in pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Context, LineCheck
from langcov.hygiene.reading.fields import Fields
from langcov.languages import find
from langcov.languages.alphabets import alphabet_of
from langcov.lid.kinds import LidSystem


def context(language: str = "tat", models: Sequence[LidSystem] | None = None, **parts: Any) -> Context:
    """Of a file in a language."""
    return Context(find(language), alphabet_of(language), models, **parts)


def issues_of(check: LineCheck, lines: Sequence[str], piece: int = 1 << 20) -> list[tuple[int | None, Issue]]:
    """What a check finds in some lines, given to it a few at a time."""
    for start in range(0, len(lines), piece):
        part = lines[start : start + piece]
        check.add(Fields.of(part, start))
    found = list(check.issues())
    assert {issue.check for _, issue in found} <= set(check.ids())
    for number, issue in found:
        assert issue.message.format(**issue.values)
        assert (issue.severity == "error") == (issue.check == "declared-language")
        assert number is None or 0 <= issue.start <= issue.end <= len(lines[number])
    return found


def numbers_of(found: Sequence[tuple[int | None, Issue]]) -> list[int | None]:
    """The faulty lines."""
    return [number for number, _ in found]
