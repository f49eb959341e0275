"""What a check found, with ticks: which words are to be fixed, and which are right as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from langcov.core.ui import _, plural, whole
from langcov.hygiene.engine.report import Report
from langcov.report.hygiene import view
from langcov.report.hygiene.html import body
from langcov.report.hygiene.html_sections import AROUND, Room, Sections, element, tag
from langcov.report.hygiene.text import both, shown, word
from langcov.web.pages.elements import button, el, row_of, say, scrolled, section

ROWS = 1_000  # words with ticks
FIXES = "fixes"  # the form that holds the ticks

Choice = Mapping[str, Any]
"""A word that could be fixed: ``before``, ``after``, ``certain``, ``checks``, ``times``, ``forms``."""


def acceptable(reports: Sequence[Report]) -> list[dict[str, str]]:
    """The words that somebody may call right though a check objects: word, check and language of each."""
    found = (
        (report.language, part.count.check, group.first.text)
        for report in reports
        for part in view.sections(report)
        if part.of_words
        for group in part.groups
    )
    return [
        {"word": text, "check": check, "language": language} for language, check, text in dict.fromkeys(found)
    ]


def page(reports: Sequence[Report], offered: Sequence[Choice], accepts: Sequence[Mapping[str, str]]) -> str:
    """All that was found, in the language that is spoken."""
    numbers = {(one["language"], one["check"], one["word"]): at for at, one in enumerate(accepts)}
    fixes = {reports[0].language: _fixes(offered, tag(reports[0].language))}
    return "\n".join(body(reports, made=partial(_Ticked, numbers=numbers, tops=fixes)))


class _Ticked(Sections):
    """The sections of a report, whose words can be called right.

    Args:
        numbers: of the words among the acceptable ones, by language, check and word.
        tops: what stands before the sections, by language.
    """

    def __init__(
        self,
        report: Report,
        prefix: str,
        room: Room,
        *,
        numbers: Mapping[tuple[str, str, str], int],
        tops: Mapping[str, str],
    ) -> None:
        super().__init__(report, prefix, room)
        self._numbers, self._tops = numbers, tops

    @staticmethod
    def title(report: Report) -> str:
        """The language alone: the file is named above."""
        return view.heading(report)

    def top(self) -> str:
        """The words that could be fixed."""
        return self._tops.get(self.report.language, "")

    def advice(self, section: view.Section) -> str:
        """None: what can be fixed stands above."""
        return ""

    def words(self, groups: Sequence[view.Group]) -> str:
        """A row a word: as it is, as it should be, how often, and whether it is right."""
        heads = row_of([_("word"), _("should be"), _("times"), _("it is right")], figures=[2])
        return el("table", heads, el("tbody", *map(self._row, groups)), class_="words")

    def _row(self, group: view.Group) -> str:
        text = group.first.text
        number = self._numbers[self.report.language, group.first.issue.check, text]
        label = _("{word} is right", word=shown(text))
        tick = el("input", type="checkbox", form=FIXES, name="right", value=str(number), aria_label=label)
        return el(
            "tr",
            el("td", self.text(word(group.first, AROUND), "mark"), class_="word"),
            el("td", self.right(group, AROUND, "–"), class_="word"),
            say("td", whole(len(group.findings)), class_="figure", data_label=_("times")),
            el("td", tick, class_="tick", data_label=_("it is right")),
        )


def _fixes(offered: Sequence[Choice], language: str) -> str:
    """The words that could be fixed, those that surely are wrong ticked."""
    if not offered:
        return ""
    said = _(
        "What is surely wrong is ticked. The rest are suggestions: tick what is right to change. "
        "Your file stays as it is; you get a corrected copy."
    )
    title = plural("{n} word can be corrected", "{n} words can be corrected", len(offered))
    heads = row_of([_("correct"), _("word"), _("becomes"), _("times"), _("why")], figures=[3])
    rows = (_fix(number, one, language) for number, one in enumerate(offered[:ROWS]))
    table = el("table", heads, el("tbody", *rows), class_="words fixes")
    return section(title, say("p", said), _tools(), scrolled(title, table), _rest(offered), id="words")


def _tools() -> str:
    """What only a script can do: tick many at once, and find a word."""
    ways = {"sure": _("Tick what is sure"), "all": _("Tick all"), "none": _("Tick none")}
    buttons = (button(said, type="button", data_tick=how) for how, said in ways.items())
    find = _("Find a word")
    search = el("input", type="search", data_find=True, placeholder=find, aria_label=find)
    return el("div", *buttons, search, class_="tools", data_script=True, hidden=True)


def _fix(number: int, one: Choice, language: str) -> str:
    before, after = both(one["before"], one["after"], AROUND)
    name = f"fix{number}"
    said = _("{word} becomes {right}", word=shown(one["before"]), right=shown(one["after"]))
    tick = el(
        "input",
        type="checkbox",
        form=FIXES,
        name="fix",
        value=str(number),
        id=name,
        aria_label=said,
        checked=one["certain"],
    )
    return el(
        "tr",
        el("td", tick, class_="tick"),
        el("td", el("label", element(before, "mark", language), for_=name), class_="word"),
        el("td", element(after, "ins", language), class_="word"),
        say("td", whole(one["times"]), class_="figure", data_label=_("times")),
        say("td", ", ".join(map(_title, one["checks"])), class_="fix"),
        data_sure=str(int(one["certain"])),
    )


def _rest(offered: Sequence[Choice]) -> str:
    """Those that are not shown; what is certain of them is fixed with one tick."""
    if len(offered) <= ROWS:
        return ""
    sure = sum(one["certain"] for one in offered[ROWS:])
    more = plural("{n} more word is not shown.", "{n} more words are not shown.", len(offered) - ROWS)
    said = plural("Correct also {n} of them that is sure", "Correct also {n} of them that are sure", sure)
    tick = el("input", type="checkbox", form=FIXES, name="rest", value="1", checked=True, id="rest")
    return say("p", more) + (el("p", tick, " ", say("label", said, for_="rest")) if sure else "")


def _title(check: str) -> str:
    known = view.known(check)
    return _(known.title) if known else check
