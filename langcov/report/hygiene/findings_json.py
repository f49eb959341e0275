"""What a check of a corpus found, for programs: schema ``langcov.findings/1`` (CONTRACT, Findings)."""

from __future__ import annotations

from typing import Any

from langcov.core.ui import _
from langcov.hygiene.engine.finding import Finding
from langcov.hygiene.engine.report import Count, Report, worst
from langcov.report.hygiene.view import said
from langcov.results.result import json_text

SCHEMA = "langcov.findings/1"
SEVERAL = "langcov.findings.several/1"


def render(*reports: Report) -> str:
    """The report of a language as JSON, one finding a line; or of several languages in one."""
    if len(reports) == 1:
        return _report(reports[0])
    parts = ",\n".join(_report(report).rstrip() for report in reports)
    return f'{{\n"schema": "{SEVERAL}",\n"verdict": "{worst(reports)}",\n"reports": [\n{parts}\n]\n}}\n'


def _report(report: Report) -> str:
    return json_text(
        {
            "schema": SCHEMA,
            "language": report.language,
            "orthography": report.orthography,
            "verdict": report.verdict,
            "lines": report.lines,
            "words": report.words,
            "letters": report.letters,
            "faulty_words": report.faulty_words,
            "silenced": report.silenced,
            "files": [vars(file) for file in report.files],
            "not_judged": list(report.not_judged),
            "not_judged_reasons": {check: _(reason) for check, reason in report.not_judged.items()},
            "counts": [count_parts(report, count) for count in report.counts],
            "findings": [_finding(finding) for finding in report.findings],
        }
    )


def count_parts(report: Report, count: Count) -> dict[str, Any]:
    """How often one check found something of one severity."""
    return {
        "check": count.check,
        "severity": count.severity,
        "places": count.places,
        "listed": count.listed,
        "letters": count.letters,
        "words": count.words,
        "lines": count.lines,
        "share": report.share(count),
        "characters": {f"{ord(wrong):04X}": n for wrong, n in count.characters.items()},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    issue = finding.issue
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "place": finding.place or None,
        "length": finding.length,
        "check": issue.check,
        "severity": issue.severity,
        "text": finding.text,
        "codepoints": finding.codepoints,
        "suggestion": issue.suggestion,
        "message": said(issue),
    }
