"""A report of a check whose every finding was put there by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from langcov.hygiene.engine.finding import Finding, Issue
from langcov.hygiene.engine.report import Count, FileReport, Report

HOSTILE = "<script>document.title='x'</script>\x1b[31m\u202eб\u200bв"


def issue(check: str = "palochka", start: int = 1, end: int = 2, wrong: str = "1", **parts: Any) -> Issue:
    """The digit 1 in х1ун, unless something else is said."""
    given = {
        "severity": "error",
        "message": "{wrong} stands where the letter palochka belongs.",
        "values": {"wrong": "U+0031 DIGIT ONE"},
        "suggestion": "хӏун",
        "automatic": True,
    }
    return Issue(check, start=start, end=end, wrong=wrong, **{**given, **parts})


def finding(line: int | None = 3, column: int | None = 7, text: str = "х1ун", **parts: Any) -> Finding:
    """An issue at its place."""
    what = parts.pop("issue", None) or issue()
    given = {"file": "texts/a.txt", "length": what.end - what.start, "before": "", "after": ""}
    return Finding(line=line, column=column, text=text, issue=what, **{**given, **parts})


def of_line(text: str, line: int = 8, **parts: Any) -> Finding:
    """A warning about a whole line."""
    given: dict[str, Any] = {
        "check": "russian-line",
        "start": 0,
        "end": len(text),
        "wrong": "",
        "severity": "warning",
        "message": "This line looks Russian.",
        "values": {},
        "suggestion": None,
        "automatic": False,
    }
    return finding(line, 1, text, issue=issue(**{**given, **parts}))


def report(findings: Sequence[Finding], **parts: Any) -> Report:
    """A report of these findings, with the counts they have."""
    kinds = Counter((found.issue.check, found.issue.severity) for found in findings)
    counts = []
    for (check, severity), places in kinds.items():
        mine = [found for found in findings if (found.issue.check, found.issue.severity) == (check, severity)]
        characters = Counter("".join(found.issue.wrong for found in mine))
        of_words = places if check != "russian-line" else None
        lines = len({(found.file, found.line) for found in mine})
        counts.append(Count(check, severity, places, of_words, lines, places, characters))
    given = {
        "language": "che_Cyrl",
        "orthography": "",
        "files": [FileReport("texts/a.txt", lines=120, words=1000, letters=6400)],
        "counts": counts,
        "not_judged": {"sister-language": "No language-ID model that knows this language is installed."},
        "findings": findings,
    }
    return Report(**{**given, **parts})


def sample() -> Report:
    """Errors, warnings and notes; a word at many places, a line, a file, and text that does harm."""
    stress = issue(
        "nfc",
        1,
        3,
        "е\u0306",
        message="A letter and a mark that have one code point.",
        values={},
        suggestion="дӗша",
    )
    escape = issue(
        "control",
        HOSTILE.index("\x1b"),
        HOSTILE.index("\x1b") + 1,
        "\x1b",
        suggestion=HOSTILE.replace("\x1b", ""),
        message="A control character.",
        values={},
    )
    found = [
        *(finding(line, 7, before="Цу дийнахь ", after=" вара бохуш") for line in range(3, 30, 2)),
        finding(40, 2, "Х1УН", issue=issue(suggestion="ХӀУН")),
        finding(41, 5, "де\u0306ша", issue=stress),
        finding(42, 40, HOSTILE, issue=escape),
        of_line("Все люди рождаются свободными и равными."),
        finding(None, None, "", issue=issue(
            "palochka-form", 0, 0, "", severity="note", suggestion=None,
            message="The palochka is written {capital} times as U+04C0 and {small} times as U+04CF.",
            values={"capital": "12", "small": "3"},
        )),
    ]  # fmt: skip
    return report(found, faulty_words=17, silenced=2)
