"""What a test asks a check: the faults of a word or a line, with what a file would say."""

from __future__ import annotations

from collections.abc import Mapping

from langcov.hygiene.engine.evidence import Evidence, folded
from langcov.hygiene.engine.finding import Fault
from langcov.hygiene.engine.protocol import Check
from langcov.hygiene.engine.registry import checks
from langcov.hygiene.engine.triggers import Trigger
from langcov.languages import find
from langcov.languages.alphabets import alphabet_of


def evidence_of(language: str, attested: Mapping[str, int] | None = None, letters: str = "") -> Evidence:
    """A file in a language with some words and letters in it."""
    found = find(language)
    counts = {folded(word): count for word, count in (attested or {}).items()}
    return Evidence(found, alphabet_of(found.id), dict.fromkeys(letters, 1), counts)


def faults(
    check: str, text: str, language: str = "tat", attested: Mapping[str, int] | None = None, letters: str = ""
) -> list[Fault]:
    """All that a check says of a word, or of a line."""
    one = checks()[check]
    assert isinstance(one, Check)
    ask = one.word or one.line
    assert ask is not None
    evidence = evidence_of(language, attested, letters)
    found = list(ask(text, evidence))
    assert not found or Trigger.of(one, evidence).sees(text)
    for fault in found:
        assert fault.check == check
        assert fault.message.format(**fault.values)
        assert set(fault.wrong) <= set(text[fault.start : fault.end])
        assert text[fault.start] == fault.wrong[0]
        assert text[fault.end - 1] == fault.wrong[-1]
    return found


def fault(
    check: str, text: str, language: str = "tat", attested: Mapping[str, int] | None = None, letters: str = ""
) -> Fault:
    """The only one."""
    (found,) = faults(check, text, language, attested, letters)
    return found
