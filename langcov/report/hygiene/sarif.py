"""What a check of a corpus found, as SARIF 2.1.0: for editors and for the review of changes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from langcov import __version__
from langcov.core.ui import _
from langcov.hygiene.engine.finding import Finding
from langcov.hygiene.engine.report import Report
from langcov.report.hygiene.findings_json import count_parts
from langcov.report.hygiene.view import known, message, unlisted
from langcov.results.result import json_text

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(*reports: Report) -> str:
    """A SARIF log of a run for each language.

    Places are counted in code points. What was not judged, and how many places are not listed, stand among
    the notifications of a run. Who takes one run of a tool only tells several by their ids.
    """
    ids = [{"automationDetails": {"id": f"langcov/{one.language}"}} if reports[1:] else {} for one in reports]
    # Each result on a line of its own; json's own indentation is many times as slow.
    runs = ",\n".join(json_text({**_run(one), **id}).rstrip() for one, id in zip(reports, ids))
    return f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [\n{runs}\n]}}\n'


def _run(report: Report) -> dict[str, Any]:
    rules = sorted({count.check for count in report.counts} | set(report.not_judged))
    return {
        "tool": {"driver": {"name": "langcov", "version": __version__, "rules": [_rule(id) for id in rules]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(report)}],
        "results": [_result(finding, rules) for finding in report.findings],
        "properties": {
            "language": report.language,
            "orthography": report.orthography,
            "verdict": report.verdict,
            "words": report.words,
            "counts": [count_parts(report, count) for count in report.counts],
        },
    }


def _rule(id: str) -> dict[str, Any]:
    check = known(id)
    if check is None:
        return {"id": id}
    title, why = {"text": _(check.title)}, {"text": _(check.why)}
    return {"id": id, "shortDescription": title, "fullDescription": why, "help": why}


def _notifications(report: Report) -> list[dict[str, Any]]:
    said = [(id, _("Not judged: {reason}", reason=_(reason))) for id, reason in report.not_judged.items()]
    said += [(count.check, unlisted(count)) for count in report.counts]
    return [
        {"level": "note", "associatedRule": {"id": id}, "message": {"text": text}}
        for id, text in said
        if text
    ]


def _result(finding: Finding, rules: Sequence[str]) -> dict[str, Any]:
    issue = finding.issue
    result = {
        "ruleId": issue.check,
        "ruleIndex": rules.index(issue.check),
        "level": issue.severity,
        "message": {"text": message(finding)},
        "locations": [_location(finding)],
    }
    if issue.suggestion is not None and finding.column is not None and not finding.place:
        result["fixes"] = [_fix(finding, finding.column - issue.start, issue.suggestion)]
    if {"file", "line"} <= issue.values.keys():  # the line that this one repeats
        place = {"artifactLocation": {"uri": _uri(issue.values["file"])}}
        there = {**place, "region": {"startLine": int(issue.values["line"])}}
        result["relatedLocations"] = [{"physicalLocation": there}]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    """Of a document the place in it, as it has no lines."""
    if finding.place:
        physical = {"artifactLocation": {"uri": _uri(finding.file)}}
        return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": finding.place}]}
    return {"physicalLocation": _physical(finding)}


def _physical(finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if finding.line is not None and finding.column is not None:
        snippet = {"text": finding.text[finding.issue.start : finding.issue.end]}
        location["region"] = {**_region(finding, finding.column, finding.length), "snippet": snippet}
    elif finding.line is not None:
        location["region"] = {"startLine": finding.line}
    return location


def _region(finding: Finding, column: int, length: int) -> dict[str, Any]:
    return {"startLine": finding.line, "startColumn": column, "endColumn": column + length}


def _fix(finding: Finding, column: int, suggestion: str) -> dict[str, Any]:
    """The whole word, or line, replaced by what it should be."""
    replacement = {
        "deletedRegion": _region(finding, column, len(finding.text)),
        "insertedContent": {"text": suggestion},
    }
    change = {"artifactLocation": {"uri": _uri(finding.file)}, "replacements": [replacement]}
    return {"artifactChanges": [change]}


@cache
def _uri(file: str) -> str:
    """A path as a URI: relative ones stay relative, to whatever the reader takes for the root.

    >>> _uri("корпус/a b.txt"), _uri("s3://bucket/a.txt")
    ('%D0%BA%D0%BE%D1%80%D0%BF%D1%83%D1%81/a%20b.txt', 's3://bucket/a.txt')
    """
    if "://" in file:
        return file
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogateescape")
