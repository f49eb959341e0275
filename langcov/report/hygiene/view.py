"""What a check of a corpus found, in the order in which a person reads it: checks, words, places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from langcov.core.ui import _, decimal, plural, whole
from langcov.hygiene.engine.finding import SEVERITIES, Finding, Issue
from langcov.hygiene.engine.protocol import About
from langcov.hygiene.engine.registry import checks
from langcov.hygiene.engine.report import Count, Report, Verdict
from langcov.report import wording as words
from langcov.report.characters import spoken_name_of, with_names
from langcov.report.hygiene.text import shown
from langcov.report.languages.name import language_name, language_title, script_name

CHARACTERS = 8  # of a check
_ID = re.compile(r"\b[a-z]{3}_[A-Z][a-z]{3}\b")


@dataclass(frozen=True)
class Group:
    """The listed places of one issue: the same word, wrong in the same way; or one line."""

    findings: Sequence[Finding]

    @property
    def first(self) -> Finding:
        """The place that stands for all."""
        return self.findings[0]

    @property
    def message(self) -> str:
        """Why it is an issue."""
        return message(self.first)

    @property
    def characters(self) -> list[str]:
        """The characters concerned that the message doesn't name, each once, by number and name."""
        names = map(spoken_name_of, dict.fromkeys(self.first.issue.wrong))
        return [name for name in names if name not in self.message]


@dataclass(frozen=True)
class Section:
    """What one check found of one severity."""

    count: Count
    title: str
    why: str
    groups: Sequence[Group]

    @property
    def id(self) -> str:
        """Of the section: no other has it."""
        return f"{self.count.check}-{self.count.severity}"

    @property
    def told(self) -> bool:
        """Whether the ``headlines`` say all of it."""
        return all(_is_headline(finding) for group in self.groups for finding in group.findings)

    @property
    def of_words(self) -> bool:
        """Whether it is about words, which can be shown in a table, and not about lines or files."""
        return self.count.words is not None


def sections(report: Report) -> list[Section]:
    """The gravest first, then those of the most places; in each the words of the most places first."""
    key = _kind
    listed = {kind: list(found) for kind, found in groupby(sorted(report.findings, key=key), key)}
    counts = sorted(
        report.counts, key=lambda count: (SEVERITIES.index(count.severity), -count.places, count.check)
    )
    return [
        _section(count, listed.get((count.check, count.severity), [])) for count in counts if count.places
    ]


def _kind(finding: Finding) -> tuple[str, str]:
    return finding.issue.check, finding.issue.severity


def _section(count: Count, findings: Sequence[Finding]) -> Section:
    same: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        issue = finding.issue
        key = (finding.text, issue.start, issue.end, issue.suggestion, message(finding))
        same.setdefault(key, []).append(finding)
    groups = sorted(map(Group, same.values()), key=lambda group: -len(group.findings))
    check = known(count.check)
    return Section(count, _(check.title) if check else count.check, _(check.why) if check else "", groups)


def known(check: str) -> About | None:
    """A check by its id; None where the plug-in that has it isn't installed here."""
    return checks().get(check)


def message(finding: Finding) -> str:
    """Why it is an issue, in the language of the reader, safe to print."""
    return shown(said(finding.issue))


def said(issue: Issue) -> str:
    """Why it is an issue, in the language of the reader; languages are called by their names in it."""
    return _(issue.message, **{name: _value(name, value) for name, value in issue.values.items()})


def _value(name: str, value: str) -> str:
    """A value of a message as it is said: languages, scripts and characters by their names."""
    if name in ("script", "own"):
        return script_name(value)
    if name in ("other", "votes") or _ID.fullmatch(value):
        return _ID.sub(lambda id: language_name(id[0]), value)
    return with_names(value)


def headlines(report: Report) -> list[str]:
    """What is wrong with whole files, a sentence each; a reader should know it before all else."""
    found = [finding for finding in report.findings if _is_headline(finding)]
    several = len(report.files) > 1
    return [f"{place(finding)}: {message(finding)}" if several else message(finding) for finding in found]


def _is_headline(finding: Finding) -> bool:
    return finding.line is None and finding.issue.severity == "error"


def place(finding: Finding) -> str:
    """``file:line:column``, as far as they are known; of a document ``file, paragraph 12``."""
    if finding.place:
        return f"{shown(finding.file)}, {shown(place_name(finding.place))}"
    parts = [shown(finding.file), finding.line, finding.column]
    return ":".join(str(part) for part in parts if part is not None)


def place_name(where: str) -> str:
    """A place in a document, in the language of the reader."""
    kind, _space, rest = where.partition(" ")
    kinds = {
        "paragraph": _("paragraph"),
        "footnote": _("footnote"),
        "endnote": _("endnote"),
        "line": _("line"),
        "unit": _("unit"),
    }
    return f"{kinds[kind]} {rest}" if kind in kinds else where


def heading(report: Report) -> str:
    """What was checked: ``Chechen (che_Cyrl)``."""
    name = language_title(report.language)
    if name == report.language:
        return shown(name)
    inside = ", ".join(part for part in (report.language, report.orthography) if part)
    return f"{name} ({inside})"


def read(report: Report) -> str:
    """How much was read, and of one file how long its lines are."""
    lengths = []
    if len(report.files) == 1 and report.files[0].longest:
        file = report.files[0]
        figures = {"median": whole(round(file.median or 0)), "longest": whole(file.longest or 0)}
        lengths.append(_("lines of {median} characters (median) to {longest}", **figures))
    return " · ".join(
        (
            plural("{n} file", "{n} files", len(report.files)),
            plural("{n} line", "{n} lines", report.lines),
            plural("{n} word", "{n} words", report.words),
            plural("{n} letter", "{n} letters", report.letters),
            *lengths,
        )
    )


def verdict(report: Report) -> str:
    """The conclusion, in a sentence or two; what wasn't judged is part of it."""
    places = report.places
    if report.verdict == "errors":
        sentence = plural(
            "{n} error: this text needs fixing.", "{n} errors: this text needs fixing.", places["error"]
        )
    elif report.verdict == "warnings":
        sentence = plural(
            "No errors; {n} place to look at.", "No errors; {n} places to look at.", places["warning"]
        )
    elif report.words:
        sentence = _("No issues found by the checks that were made.")
    else:
        sentence = _("There is no text in it: nothing was checked.")
    if not report.not_judged:
        return sentence
    unjudged = plural(
        "{n} check could not judge it.", "{n} checks could not judge it.", len(report.not_judged)
    )
    return f"{sentence} {unjudged}"


def characters(count: Count) -> str:
    """The characters concerned by number and name, the most frequent first."""
    often = [
        f"{spoken_name_of(wrong)} {whole(n)}×"
        for wrong, n in Counter(count.characters).most_common(CHARACTERS)
    ]
    return ", ".join(often) + ", …" * (len(count.characters) > CHARACTERS)


def more_words(rest: int) -> str:
    """Of the words or lines that are not shown."""
    return plural("and {n} more word or line", "and {n} more words or lines", rest)


def more_places(rest: int) -> str:
    """Of the places of a word that are not shown."""
    return plural("and {n} more place", "and {n} more places", rest)


def unlisted(count: Count) -> str:
    """Of the places that were counted and are not listed; empty if there are none."""
    rest = count.places - count.listed
    if not rest:
        return ""
    return plural(
        "{n} more place was counted but not listed", "{n} more places were counted but not listed", rest
    )


def silenced(report: Report) -> str:
    """What the exceptions file accepts; empty if nothing."""
    n = report.silenced
    if not n:
        return ""
    return plural(
        "{n} place is accepted by the exceptions file.", "{n} places are accepted by the exceptions file.", n
    )


def unjudged(report: Report) -> list[tuple[str, str, str]]:
    """Each check that couldn't judge: its id, its title and why it couldn't."""
    found = ((id, known(id), reason) for id, reason in report.not_judged.items())
    return [(id, _(check.title) if check else id, shown(_(reason))) for id, check, reason in found]


def severity(count: Count) -> str:
    """Its name for a reader."""
    return {"error": _("error"), "warning": _("warning"), "note": _("note")}[count.severity]


def columns() -> tuple[str, str, str, str]:
    return _("places"), _("characters"), _("lines"), _("share of words")


def overview() -> list[str]:
    """The heads of the columns of ``overviews``."""
    return [_("file"), _("language"), _("verdict"), _("errors"), _("warnings")]


def overviews(reports: Sequence[Report]) -> list[tuple[str, Report, Verdict, list[str]]]:
    """Each file of some reports: what it is called, its report, its verdict, and its places by severity."""
    return [
        (shown(file.file), report, file.verdict, [whole(file.errors), whole(file.warnings)])
        for report in reports
        for file in report.files
    ]


def verdict_name(verdict: Verdict) -> str:
    """A verdict on a file, in a word or two."""
    return {"errors": _("needs fixing"), "warnings": _("to be looked at"), "clean": _("no issues")}[verdict]


def figures(report: Report, count: Count) -> tuple[str, str, str, str]:
    """Places, characters concerned, lines, and the share of words."""
    share = report.share(count)
    per_cent = "–" if share is None else decimal(words.number(share, "share"))
    return whole(count.places), whole(count.letters), whole(count.lines), per_cent
