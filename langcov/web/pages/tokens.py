"""A sentence cut by several tokenizers, beside the same in Russian and in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from langcov.core.ui import _, decimal, plural, whole
from langcov.report.hygiene.text import shown
from langcov.report.wording import number
from langcov.web.pages.elements import button, el, form, row_of, say, section
from langcov.web.pages.frame import Page
from langcov.web.works import Visit

COLOURS = 4  # of tokens, in turn
LONGEST = 2_000  # characters of a sentence
TEXTS = ("text", "russian", "english")

EXAMPLES = {
    "text": "И туган тел, и матур тел, әткәм-әнкәмнең теле!",
    "russian": "О родной язык, о прекрасный язык, язык моих отца и матери!",
    "english": "O mother tongue, o beautiful tongue, the tongue of my father and mother!",
}
"""A line by Ğabdulla Tuqay (1909), and what it means."""


@dataclass(frozen=True)
class Sentences:
    """What is to be cut: the same in three languages; none of the last two need be there."""

    text: str = EXAMPLES["text"]
    russian: str = EXAMPLES["russian"]
    english: str = EXAMPLES["english"]

    @property
    def given(self) -> dict[str, str]:
        """Those that say something, by their names."""
        every = {name: str(getattr(self, name)).strip() for name in TEXTS}
        return {name: text for name, text in every.items() if text}


@dataclass(frozen=True)
class Lines:
    """Lines of a text that was checked, to choose one of."""

    file: str
    lines: Sequence[str] = field(default_factory=list)


def names() -> dict[str, str]:
    """What each sentence is called."""
    return {
        "text": _("Your sentence"),
        "russian": _("The same in Russian"),
        "english": _("The same in English"),
    }


def tokens_page(
    visit: Visit, said: Sentences, cuts: Sequence[Mapping[str, Any]], lines: Lines | None
) -> Page:
    """The form, and what was cut.

    Args:
        cuts: of each tokenizer: its ``name``, and ``cuts`` by sentence, or why there are none (``failed``).
        lines: of a text that was checked.
    """
    why = _(
        "A language model reads text in pieces, called tokens, and is paid by them: the more there are, the "
        "dearer it is and the less fits in. See how your language is cut."
    )
    head = el("header", say("h1", _("How a sentence is cut")), say("p", why))
    fields = [_area(name, label, getattr(said, name)) for name, label in names().items()]
    cut = form("/tokens", visit.form, *fields, el("p", button(_("Cut"), main=True)))
    parts = (
        [_figures(said, cuts), *(_cuts(name, label, cuts) for name, label in names().items())] if cuts else []
    )
    return Page(_("Tokens"), [head, _choice(lines), cut, *parts], here="/tokens")


def _area(name: str, label: str, text: str) -> str:
    area = say("textarea", text, id=name, name=name, rows="2", maxlength=str(LONGEST))
    return el("div", say("label", label, for_=name), area, class_="field")


def _choice(lines: Lines | None) -> str:
    """Where a line of a text is taken that was checked before."""
    if lines is None or not lines.lines:
        return ""
    label = _("Take a line of {file}", file=shown(lines.file))
    options = (say("option", shown(line[:100]), value=line) for line in lines.lines)
    chosen = el("select", *options, id="line", name="line")
    inside = el("div", say("label", label, for_="line"), chosen, " ", button(_("Take it")), class_="field")
    return el("form", inside, method="get", action="/tokens")


def _figures(said: Sentences, cuts: Sequence[Mapping[str, Any]]) -> str:
    """How many tokens each sentence has, and how many times as many as the Russian and the English one."""
    given = said.given
    others = [name for name in TEXTS[1:] if name in given]
    heads = {"russian": _("as against Russian"), "english": _("as against English")}
    columns = [names()[name] for name in given] + [heads[name] for name in others if "text" in given]
    rows = []
    for one in cuts:
        if one["failed"]:
            rows.append(el("tr", say("td", one["name"]), say("td", one["failed"], colspan=str(len(columns)))))
            continue
        counts = {name: found["tokens"] for name, found in one["cuts"].items()}
        cells = [whole(counts[name]) for name in given]
        cells += [_times(counts["text"], counts[name]) for name in others if "text" in given]
        figures = (say("td", cell, class_="figure", data_label=head) for cell, head in zip(cells, columns))
        rows.append(el("tr", say("td", one["name"]), *figures))
    head = row_of([_("tokenizer"), *columns], figures=range(1, 1 + len(columns)))
    meaning = _("×2: twice as many tokens, so it costs twice as much, and half as much fits in.")
    return section(
        _("Tokens of each sentence"),
        el("div", el("table", head, el("tbody", *rows)), class_="cards"),
        say("p", meaning, class_="quiet"),
    )


def _times(tokens: int, others: int) -> str:
    return f"×{decimal(number(tokens / others))}" if others else "–"


def _cuts(name: str, label: str, cuts: Sequence[Mapping[str, Any]]) -> str:
    """A sentence as each tokenizer cuts it, one under the other."""
    found = [one for one in cuts if not one["failed"] and name in one["cuts"]]
    if not found:
        return ""
    return section(label, *(_cut(one["name"], one["cuts"][name]) for one in found))


def _cut(tokenizer: str, one: Mapping[str, Any]) -> str:
    title = f"{tokenizer}: {plural('{n} token', '{n} tokens', one['tokens'])}"
    if one["pieces"] is None:
        body = say("p", _("This tokenizer does not tell where its tokens are."), class_="quiet")
    else:
        pieces = "".join(_piece(at, *piece) for at, piece in enumerate(one["pieces"]))
        body = el("p", el("bdi", pieces), class_="split")
    return el("div", say("h3", title), body, class_="cut")


def _piece(at: int, text: str, tokens: int, unknown: bool) -> str:
    """A piece in its colour; how many tokens it is, where it is more than one."""
    many = f"<sup>{tokens}</sup>" if tokens > 1 else ""
    title = plural("{n} token", "{n} tokens", tokens)
    kind = f"t{at % COLOURS}" + " unknown" * unknown
    return el(
        "span", escape(shown(text)), many, class_=kind, title=_("no token for it") if unknown else title
    )
