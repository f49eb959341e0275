"""What the tests of checks share: a verdict on one word, with what the file is said to hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from langcov.hygiene.checks import alphabet, apostrophe, lookalike, palochka
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Evidence, folded
from langcov.languages import find
from langcov.languages.alphabets import alphabet_of

Judge = Callable[..., list[Issue]]
CHECKS = [check for module in (palochka, lookalike, alphabet, apostrophe) for check in module.CHECKS]


@pytest.fixture(scope="session")
def judge() -> Judge:
    """The issues of a word in a file of a language that holds some words, and letters as often as said."""

    def judged(language: str, word: str, attested: Sequence[str] = (), letters: str = "") -> list[Issue]:
        evidence = Evidence(
            find(language), alphabet_of(language), Counter(letters), Counter(map(folded, attested))
        )
        return [issue for check in CHECKS for issue in check.word(word, evidence)]  # type: ignore[misc]

    return judged


def brief(issues: Sequence[Issue]) -> list[tuple[str, str, str | None, bool]]:
    """What matters of each issue."""
    return [(issue.check, issue.severity, issue.suggestion, issue.automatic) for issue in issues]
