"""What a test asks a check: the issues of a word or a line, with what a file would say."""

from __future__ import annotations

from collections.abc import Mapping

from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Check, Evidence, folded
from langcov.hygiene.engine.registry import checks
from langcov.hygiene.engine.suspects import Trigger
from langcov.languages import find
from langcov.languages.alphabets import alphabet_of


def evidence_of(language: str, attested: Mapping[str, int] | None = None, letters: str = "") -> Evidence:
    """A file in a language with some words and letters in it."""
    found = find(language)
    counts = {folded(word): count for word, count in (attested or {}).items()}
    return Evidence(found, alphabet_of(found.id), dict.fromkeys(letters, 1), counts)


def issues(
    check: str, text: str, language: str = "tat", attested: Mapping[str, int] | None = None, letters: str = ""
) -> list[Issue]:
    """All that a check says of a word, or of a line."""
    one = checks()[check]
    assert isinstance(one, Check)
    ask = one.word or one.line
    assert ask is not None
    evidence = evidence_of(language, attested, letters)
    found = list(ask(text, evidence))
    assert not found or Trigger.of(one, evidence).sees(text)
    for issue in found:
        assert issue.check == check
        assert issue.message.format(**issue.values)
        assert set(issue.wrong) <= set(text[issue.start : issue.end])
        assert text[issue.start] == issue.wrong[0]
        assert text[issue.end - 1] == issue.wrong[-1]
    return found


def issue(
    check: str, text: str, language: str = "tat", attested: Mapping[str, int] | None = None, letters: str = ""
) -> Issue:
    """The only one."""
    (found,) = issues(check, text, language, attested, letters)
    return found
