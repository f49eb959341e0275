"""The corrected copies that were made, and what changed in them, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from langcov.core.ui import _, plural
from langcov.report.hygiene.text import shown
from langcov.web.pages.elements import el, folded, row_of, say, scrolled, section
from langcov.web.works import Work


def copies(work: Work) -> str:
    """All of them; nothing before one was made."""
    if not work.fixed:
        return ""
    files = work.fixed["files"]
    words = sum(one["words"] for one in files)
    title = plural("Done: {n} word corrected", "Done: {n} words corrected", words)
    archive = say(
        "a", _("All in one archive"), href=f"{work.address}/made/{work.fixed['archive']}", download=True
    )
    several = [el("p", archive)] if work.fixed["archive"] else []
    return section(title, *(_copy(work, one) for one in files), *several, id="done", class_="done")


def _copy(work: Work, one: Mapping[str, Any]) -> str:
    """What there is to take, what is to be known of it, and the lines that changed."""
    copy, log = (f"{work.address}/made/{quote(one[name])}" for name in ("copy", "log"))
    links = (
        say(
            "a",
            _("Download {file}", file=Path(one["copy"]).name),
            href=copy,
            download=True,
            class_="button main",
        ),
        " ",
        say("a", _("List of changes"), href=log, download=True, class_="button"),
    )
    was, becomes = one["encoding"]
    said = []
    if one["left"]:
        said.append(plural("{n} word was left as it is.", "{n} words were left as they are.", one["left"]))
    if was != becomes:
        said.append(_("The copy is in UTF-8, as {encoding} lacks the right letters.", encoding=was))
    return el("p", *links) + "".join(say("p", text) for text in said) + _sides(one["shown"], one["lines"])


def _sides(lines: Sequence[Mapping[str, Any]], every: int) -> str:
    """Changed lines, before and after."""
    if not lines:
        return ""
    rows = (
        el(
            "tr",
            say("td", str(one["line"]), class_="place"),
            el("td", _side(one["before"], "mark"), class_="context"),
            el("td", _side(one["after"], "ins"), class_="context"),
        )
        for one in lines
    )
    title = plural("{n} changed line", "{n} changed lines", every)
    table = el(
        "table", row_of([_("line"), _("before"), _("after")]), el("tbody", *rows), class_="places sides"
    )
    rest = plural("{n} more line is not shown.", "{n} more lines are not shown.", every - len(lines))
    more = say("p", rest, class_="quiet") if every > len(lines) else ""
    return folded(title, scrolled(title, table), more, opened=True)


def _side(parts: Sequence[tuple[str, bool]], mark: str) -> str:
    """A line with what changes in elements."""
    return el("bdi", *(say(mark if marked else "span", shown(text)) for text, marked in parts if text))
