"""The frame of an HTML page that needs no network and no script, and its tables."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files

from langcov.core import ui

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def document(
    title: str,
    body: Iterable[str],
    *,
    styles: Sequence[str] = (),
    scripts: Sequence[str] = (),
    language: str = "",
) -> str:
    """A whole page; the parts of its body are HTML already, empty ones are left out.

    Args:
        styles: the names of style sheets beside the one of all pages.
        scripts: code that runs when the page has been read; no other can, as the policy has their hashes.
        language: that the page is in; empty: the one that is spoken.
    """
    sheets = "".join((files("langcov.data") / name).read_text("utf-8") for name in ["hygiene.css", *styles])
    policy = POLICY
    if scripts:
        policy += f"; script-src {' '.join(map(_allowed, scripts))}; img-src data: blob:"
    return (
        f'<!DOCTYPE html>\n<html lang="{language or ui.language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{sheets}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "".join(f'\n<script type="module">{code}</script>' for code in scripts)
        + "\n</body>\n</html>\n"
    )


def _allowed(code: str) -> str:
    """A script as the policy of a page names it."""
    return f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    texts: int,
    *,
    cards: bool = False,
    labelled: int | None = None,
) -> str:
    """A table of cells that are HTML already; all columns after the first ``texts`` are figures.

    Args:
        heads: of the columns.
        rows: cells of each.
        texts: how many columns are text.
        cards: on a narrow screen a row is a card, in which a figure stands beside the head of its column.
        labelled: from which column on that is so; None: of figures alone.
    """
    labels = range(texts if labelled is None else labelled, len(heads))
    kinds = [""] * texts + [' class="figure"'] * (len(heads) - texts)
    head = "".join(f"<th{kind}>{escape(title)}</th>" for kind, title in zip(kinds, heads))
    kinds = [
        f'{kind} data-label="{escape(title)}"' if at in labels else kind
        for at, (kind, title) in enumerate(zip(kinds, heads))
    ]
    lines = ("".join(f"<td{kind}>{cell}</td>" for kind, cell in zip(kinds, row)) for row in rows)
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    kind = "cards" if cards else "wide"
    return (
        f'<div class="{kind}"><table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>'
    )
