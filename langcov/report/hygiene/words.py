"""Faulty words in a table: what they should be, whether ``fix`` changes them, and by which command."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Literal

from langcov.core.ui import _
from langcov.corpora.readers.formats import format_of
from langcov.hygiene.engine.report import Report
from langcov.hygiene.fixing.formats import PLACINGS
from langcov.report.hygiene.text import shown
from langcov.report.hygiene.view import Group, Section

FILES = 5  # that a command names
Fixing = Literal["itself", "asked", "no"]
"""Whether ``fix`` changes a word by itself, where its check is named with ``--also``, or not."""


def columns() -> tuple[str, str, str, str]:
    """The heads of the table."""
    return _("word"), _("should be"), _("times"), _("fix")


def fixing(group: Group) -> Fixing:
    """Whether ``fix`` changes a word."""
    issue, column = group.first.issue, group.first.column
    form = format_of(group.first.file) or "txt"
    if not column or issue.suggestion is None or len(issue.suggestion.split()) != 1 or form not in PLACINGS:
        return "no"
    return "itself" if issue.automatic else "asked"


def fixing_name(group: Group) -> str:
    """The same as a sign, or as the option that has it changed."""
    return {"itself": "✓", "asked": f"--also {group.first.issue.check}", "no": "–"}[fixing(group)]


def advice(report: Report, section: Section) -> list[tuple[str, str]]:
    """How the words of a section can be fixed: in a sentence, and by which command."""
    check = section.count.check
    ways: dict[Fixing, tuple[str, list[str]]] = {
        "itself": (
            _("These can be fixed automatically; this shows how, and with --write makes a fixed copy:"),
            [],
        ),
        "asked": (
            _("These are suggestions to be looked at; this shows them as changes:"),
            ["--also", check],
        ),
    }
    found = {way: [group for group in section.groups if fixing(group) == way] for way in ways}
    return [
        (said, _command(report, found[way], ["--only", check, *also]))
        for way, (said, also) in ways.items()
        if found[way]
    ]


def _command(report: Report, groups: Sequence[Group], what: Sequence[str]) -> str:
    """What fixes some words, to be copied into a shell."""
    files = dict.fromkeys(finding.file for group in groups for finding in group.findings)
    paths = ["PATH" if file.startswith("<memory>") else shown(file) for file in files][:FILES]
    language = ["--lang", shown(report.language)]
    return shlex.join(["langcov", "corpora", "fix", *paths, *language, *what, *report.options])
