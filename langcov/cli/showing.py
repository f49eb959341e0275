"""What a command shows, and where that goes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from langcov.core.files import write_text
from langcov.report.blocks import Section
from langcov.report.render import markdown, terminal


def rendered(
    form: str, sections: Sequence[Section], signature: str, *, output: Path | None = None, title: str = ""
) -> str:
    """Sections in a format that people read.

    Args:
        form: ``md``, ``html`` or anything else for a terminal.
        sections: what is told.
        signature: what it was told of, in a line.
        output: the file that it is for, if any: there no colours stand.
        title: of a page.
    """
    if form == "html":
        from langcov.report.page import plain  # takes a second

        return plain.render(title, sections, signature)
    if form == "md":
        return markdown.render(sections, signature)
    return terminal.render(sections, signature, color=None if output is None else False, width=None)


def show(text: str, output: Path | None) -> None:
    """Write text to a file, whole or not at all, or print it.

    Raises:
        UserError: the file can't be written.
    """
    if output:
        write_text(output, text)
    else:
        sys.stdout.write(text)
