"""Elements of HTML; what is given as text or as an attribute is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

EMPTY = ("input", "br", "link", "meta")


def el(kind: str, /, *inside: str, **attributes: str | bool | None) -> str:
    """An element.

    Args:
        inside: HTML.
        attributes: ``class_`` is ``class``, ``data_state`` is ``data-state``; True stands without a value,
            None and False are left out.

    >>> el("p", "a", el("b", "c"), class_="quiet", hidden=True, id=None)
    '<p class="quiet" hidden>a<b>c</b></p>'
    >>> el("input", name='"', aria_label="<")
    '<input name="&quot;" aria-label="&lt;">'
    """
    given = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    said = "".join(
        f" {key}" if value is True else f' {key}="{escape(value)}"'
        for key, value in given.items()
        if value is not None and value is not False
    )
    return f"<{kind}{said}>" if kind in EMPTY else f"<{kind}{said}>{''.join(inside)}</{kind}>"


def say(kind: str, text: str, /, **attributes: str | bool | None) -> str:
    """An element with plain text.

    >>> say("p", "a < b")
    '<p>a &lt; b</p>'
    """
    return el(kind, escape(text), **attributes)


def items(parts: Iterable[str]) -> str:
    """A list of HTML; none for none."""
    found = "".join(el("li", part) for part in parts)
    return el("ul", found) if found else ""


def row_of(heads: Sequence[str], figures: Sequence[int] = ()) -> str:
    """The head of a table.

    Args:
        figures: which columns are figures.
    """
    cells = (
        say("th", head, scope="col", class_="figure" if at in figures else None)
        for at, head in enumerate(heads)
    )
    return el("thead", el("tr", *cells))


def scrolled(title: str, table: str) -> str:
    """A long table in a window of its own, which can be moved without a mouse too."""
    return el("div", table, class_="long-list", role="region", aria_label=title, tabindex="0")


def section(title: str, *inside: str, id: str | None = None, class_: str | None = None) -> str:
    """A part of a page with its heading."""
    return el("section", say("h2", title), *inside, id=id, class_=class_)


def folded(title: str, *inside: str, opened: bool = False) -> str:
    """What is shown when somebody asks for it."""
    return el("details", say("summary", title), *inside, open=opened)


def field(name: str, label: str, help: str, *, id: str = "", **attributes: str | bool | None) -> str:
    """A line to fill in, with what it is for.

    Args:
        attributes: of the line.
    """
    id = id or name
    told = f"{id}-help" if help else None
    line = el(
        "input",
        id=id,
        name=name,
        autocomplete="off",
        spellcheck="false",
        aria_describedby=told,
        **attributes,
    )
    helped = say("span", help, class_="quiet", id=told) if help else ""
    return el("p", say("label", label, for_=id), line, helped, class_="field")


def form(
    action: str, secret: str, *inside: str, id: str | None = None, files: bool = False, **data: str
) -> str:
    """A form that only this page can send.

    Args:
        action: where it goes.
        secret: of the visit.
        files: whether it sends files.
        data: attributes for the script.
    """
    hidden = el("input", type="hidden", name="form", value=secret)
    kind = "multipart/form-data" if files else None
    return el("form", hidden, *inside, method="post", action=action, id=id, enctype=kind, **data)


def button(said: str, *, main: bool = False, **attributes: str | bool | None) -> str:
    """A button of a form.

    Args:
        main: the one that most people want.
    """
    return say("button", said, class_="main" if main else None, **attributes)


def note(text: str, kind: str = "note") -> str:
    """A sentence that stands out.

    Args:
        kind: ``errors``, ``warnings``, ``clean`` or ``note``.
    """
    return say("p", text, class_=f"verdict {kind}")
