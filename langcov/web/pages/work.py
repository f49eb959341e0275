"""The page of files that were given: how far it is, what is asked, what was found."""

from __future__ import annotations

from pathlib import Path

from langcov.core.ui import _
from langcov.hygiene.engine.exceptions import NAME as EXCEPTIONS
from langcov.report.hygiene.text import shown
from langcov.report.languages.name import in_words, language_name, warning_in_words
from langcov.web.pages.card import back, packed
from langcov.web.pages.copies import copies
from langcov.web.pages.elements import button, el, field, folded, form, items, note, say, section
from langcov.web.pages.found import FIXES
from langcov.web.pages.frame import Page
from langcov.web.pages.start import how, language_field, leaving_out, plainly, titled, ways
from langcov.web.works import Visit, Work


def work_page(visit: Visit, work: Work, found: str, spoken: str) -> Page:
    """All about a piece of work.

    Args:
        found: what the check found, as HTML, where it is done.
        spoken: the language of the page.
    """
    title, kind = titled(work), work.checked.get("kind", "")
    head = el("header", say("h1", title))
    if work.busy:
        parts = [head, _going_on(visit, work)]
    elif work.state != "done":
        parts = [head, note(_failure(work), "errors"), _again(visit, work), back() if work.gives else ""]
    elif kind == "packed":
        parts = [packed(work, spoken)]
    elif kind == "language":
        parts = [head, _which_language(visit, work)]
    elif kind == "choice":
        parts = [head, _which_part(visit, work), _again(visit, work)]
    elif kind == "encoding":
        parts = [head, _which_encoding(visit, work)]
    else:
        name = say("p", title, class_="quiet")
        ends = [_bar(visit, work), _right(work), _notes(work), _again(visit, work), _saved(work)]
        parts = [name, copies(work), found, *ends]
    return Page(title, [*parts, _removing(visit, work)], waits=work.address if work.busy else "")


def _going_on(visit: Visit, work: Work) -> str:
    waiting = work.state == "waiting"
    doing = _("Waiting for what was begun before.") if waiting else _("Reading and judging the text.")
    share = None if work.share is None else f"{work.share:.3f}"
    bar = el("progress", max="1", value=share, aria_label=_("How far it is"))
    cancel = form(f"{work.address}/cancel", visit.form, button(_("Cancel")))
    return el("section", say("p", doing, role="status"), bar, cancel, data_state=f"{work.address}/state")


def _failure(work: Work) -> str:
    """Why nothing was found."""
    said = {
        "refused": plainly(in_words(work.said)),
        "broken": _("langcov itself failed: {place}. Please report it; nothing was lost.", place=work.said),
        "cancelled": _("Cancelled. Nothing was changed."),
        "ended": _("It was ended from outside, perhaps for want of memory. Nothing was changed."),
    }
    return said[work.state]


def _which_language(visit: Visit, work: Work) -> str:
    """Buttons for the likely languages, and a field for any other."""
    likely = [
        button(f"{language_name(id)} · {id}", name="language", value=id) for id in work.checked["likely"]
    ]
    said = _("By its letters and words it looks most like one of these, the likeliest first:")
    choose = form(_asked_at(work), visit.form, el("p", *likely, class_="choices"))
    other = form(_asked_at(work), visit.form, language_field(), button(_("Go on"), main=True))
    title = _("Which language is {file} in?", file=shown(work.checked["file"]))
    return section(title, *([say("p", said), choose] if likely else []), other)


def _which_encoding(visit: Visit, work: Work) -> str:
    """How the text looks in each encoding, for a person to see which one is right."""
    looks = (
        el(
            "p",
            button(name, name="encoding", value=name),
            " ",
            say("bdi", shown(" ".join(text.split()))),
            class_="look",
        )
        for name, text in work.checked["looks"].items()
    )
    title = _("In which encoding is {file}?", file=shown(work.checked["file"]))
    said = _("Its letters are not kept as UTF-8. Choose the line that you can read:")
    return section(title, say("p", said), form(_asked_at(work), visit.form, *looks))


def _which_part(visit: Visit, work: Work) -> str:
    """Buttons for the columns, sheets or tiers of a file, of which one is the text, or to leave out."""
    every = {**ways(), "null": leaving_out()}
    option = work.checked["option"]
    [(name, way)] = [(name, way) for name, way in every.items() if way.option.split()[0] == option]
    choices = (
        button(way.label if name == "null" else shown(said), name=name, value=value)
        for value, said in work.checked["choices"]
    )
    choose = form(_asked_at(work), visit.form, el("p", *choices, class_="choices"))
    said = say("p", plainly(in_words(work.checked["said"])), class_="quiet")
    return section(way.question, said, choose)


def _asked_at(work: Work) -> str:
    """Where it is said how files are read."""
    return f"{work.address}/{'pack' if work.gives else 'again'}"


def _bar(visit: Visit, work: Work) -> str:
    """The form of the ticks; its button stays in sight."""
    fix = button(_("Correct what is ticked"), main=True, data_count="fix") if work.checked["choices"] else ""
    inside = el("div", fix, class_="bar") if fix else ""
    return form(f"{work.address}/apply", visit.form, inside, id=FIXES)


def _right(work: Work) -> str:
    """The reason why something is right, and the button that has it remembered."""
    said = _(
        "If a word is right although it is named above, tick it there. It is written with your reason into a "
        "file that you can keep beside your text ({file}), and is not named again.",
        file=EXCEPTIONS,
    )
    reason = field("reason", _("Why it is right"), "", value=_("looked at by a person"), form=FIXES)
    right = button(_("Remember what is right"), form=FIXES, formaction=f"{work.address}/accept")
    return section(_("What is right as it is"), say("p", said), reason, el("p", right))


def _notes(work: Work) -> str:
    notes = [say("span", plainly(warning_in_words(*one))) for one in work.checked["notes"]]
    return section(_("To know"), items(notes)) if notes else ""


def _again(visit: Visit, work: Work) -> str:
    """Read it another way."""
    asked = work.asked
    refused = work.state == "refused"
    inside = [language_field(asked.language), how(asked, opened=refused)]
    title, done = _("Check it another way"), _("Check again")
    if work.gives:
        title, done = _("Read it another way"), _("Show what would leave")
    again = form(_asked_at(work), visit.form, *inside, button(done, main=True))
    return folded(title, again, opened=refused)


def _saved(work: Work) -> str:
    """What can be taken away beside the copies."""
    links = {_("What was found, for programs (JSON)"): "made/findings.json"}
    if any(Path(name).name == EXCEPTIONS for name in work.asked.files):
        links[_("What you called right ({file})", file=EXCEPTIONS)] = f"text/{EXCEPTIONS}"
    shown_links = (
        say("a", said, href=f"{work.address}/{path}", download=True) for said, path in links.items()
    )
    return section(_("To keep"), items(shown_links))


def _removing(visit: Visit, work: Work) -> str:
    said = _("Remove these files from the program now; else it does so when it ends.")
    return form(f"{work.address}/remove", visit.form, say("p", said, class_="quiet"), button(_("Remove")))
