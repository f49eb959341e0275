"""A text is described to be given: the form, and what would leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from langcov.core.names import size_of
from langcov.core.ui import _, plural, sized
from langcov.corpora.card.schema import FIELDS, LANGUAGE_FIELDS, Field
from langcov.corpora.card.values import LICENCES
from langcov.report.hygiene.text import shown
from langcov.report.languages.name import in_words
from langcov.web.pages.elements import button, el, folded, form, items, note, say, section
from langcov.web.pages.frame import Page
from langcov.web.pages.start import drop, language_field, uploading
from langcov.web.works import Visit, Work


def card_page(visit: Visit) -> Page:
    """The form, as it was filled in last."""
    title = _("Give a text")
    why = _(
        "Who makes programs for your language needs text. Describe yours here; you get an archive to be "
        "sent. Nothing is sent by this page."
    )
    told = visit.card
    inside = [
        drop(),
        language_field(told.get("language", "")),
        _counts(told),
        section(_("About the text"), *_fields("card", FIELDS, told)),
        section(_("About its language"), *_fields("language", LANGUAGE_FIELDS, told)),
        say("p", "", class_="quiet", role="status", data_verdict=True),
        el("p", button(_("Show what would leave"), main=True)),
        uploading(),
    ]
    listed = el("datalist", *(el("option", value=one) for one in LICENCES), id="licences")
    made = form("/card", visit.form, *inside, listed, files=True, data_look="/card/look")
    return Page(title, [el("header", say("h1", title), say("p", why)), made], here="/card")


def _counts(told: Mapping[str, str]) -> str:
    tick = el("input", type="checkbox", id="counts", name="counts", value="1", checked="counts" in told)
    help = _(
        "If the text itself may not be shared: how often each word stands in it, without any order, so that "
        "no sentence can be read. You see all of it before."
    )
    label = say("label", _("Share only counts of its words"), for_="counts", class_="beside")
    return el("p", tick, " ", label, say("span", help, class_="quiet"), class_="field")


def _fields(of: str, fields: Mapping[str, Field], told: Mapping[str, str]) -> list[str]:
    return [_field(f"{of}.{one.name}", one, told) for one in fields.values() if one.asked]


def _field(name: str, one: Field, told: Mapping[str, str]) -> str:
    """A field with what it is for, an example, and what is wrong with it."""
    id, value = name.replace(".", "-"), told.get(name, "")
    example = _("For example: {example}", example=one.said_example) if one.example else ""
    needed = _("needed") if one.needed else ""
    help = " · ".join(filter(None, (needed, example, one.name)))
    return el(
        "div",
        say("label", _(one.why), for_=id),
        _line(id, name, one, value),
        say("span", help, class_="quiet", id=f"{id}-help"),
        say("span", "", class_="wrong", id=f"{id}-wrong", role="status", data_wrong=name),
        class_="field",
    )


def _line(id: str, name: str, one: Field, value: str) -> str:
    """Where the value is typed, or chosen."""
    about = f"{id}-help {id}-wrong"
    if bool in one.types:
        choices = {"": "–", "yes": _("yes"), "no": _("no")}
        options = (
            say("option", said, value=choice, selected=choice == value) for choice, said in choices.items()
        )
        return el("select", *options, id=id, name=name, aria_describedby=about)
    if list in one.types or one.name == "summary":
        return say("textarea", value, id=id, name=name, rows="2", aria_describedby=about)
    listed = "licences" if "licence" in one.name else None
    return el("input", id=id, name=name, value=value, list=listed, autocomplete="off", aria_describedby=about)


def verdict(wrong: bool, lacking: int) -> str:
    """How far the form is."""
    if wrong:
        return _("Something is wrong above.")
    if lacking:
        return plural("{n} more answer is needed.", "{n} more answers are needed.", lacking)
    return _("All that is needed is said.")


def packed(work: Work, spoken: str) -> str:
    """What would leave, all of it, and whether it is ready."""
    made, said = work.checked, work.checked["said"][spoken]
    ready = not said["wrong"] and not said["lacks"]
    conclusion = note(_("It is ready to be given."), "clean") if ready else ""
    title = _("What would leave")
    sizes = plural("{n} file, and nothing else:", "{n} files, and nothing else:", len(made["files"]))
    archive = say(
        "a",
        _("Download {file}", file=made["archive"]),
        href=f"{work.address}/made/{made['archive']}",
        download=True,
        class_="button main",
    )
    return "\n".join(
        (
            el("header", say("h1", title), conclusion),
            _listed(_("Wrong:"), said["wrong"], "errors"),
            _listed(_("Missing for a submission:"), said["lacks"], "warnings"),
            _listed(_("To know:"), said["notes"], "note"),
            section(sizes, *(_file(work, one) for one in made["files"]), el("p", archive)),
            _how(),
            back(),
        )
    )


def _listed(title: str, lines: Sequence[str], kind: str) -> str:
    if not lines:
        return ""
    return section(title, items(say("span", in_words(line), class_=kind) for line in lines))


def _file(work: Work, one: Mapping[str, Any]) -> str:
    """A file that leaves, to be looked through."""
    lines = "\n".join(shown(line.replace("\t", "  ")) for line in one["lines"])
    whole = say("a", _("The whole file, as text"), href=f"{work.address}/made/{one['whole']}", download=True)
    more = el("p", whole) if one["more"] else ""
    preview = say("pre", lines, class_="preview", tabindex="0", role="region", aria_label=one["name"])
    title = f"{one['name']} · {sized(size_of(one['size']))}"
    return folded(title, preview, more, opened=not one["name"].endswith(".txt"))


def _how() -> str:
    """How it is sent: by the person, in a browser."""
    steps = (
        _("Look through all of it above. Are there names of people who do not want to be named?"),
        _("Unpack the archive: it holds one folder."),
        _("On the page of langcov on GitHub: Fork, then open the folder corpora/submitted in your copy."),
        _("Add file, Upload files: drag the folder there, and create a pull request."),
    )
    return section(_("How to send it"), el("ol", *(say("li", step) for step in steps)))


def back() -> str:
    """The way to what was said of it."""
    return el("p", say("a", _("Back to the description"), href="/card"))
