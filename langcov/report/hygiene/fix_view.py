"""What fixing does to a file, for a person: the diff in colours, and a summary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from langcov.core.ui import _, plural, whole
from langcov.hygiene.fixing.fix import Fixing
from langcov.report.hygiene.text import shown

STYLES = {"-": "red", "+": "green", "@": "cyan"}
_SPACE = re.compile(r"(\s+)")


def print_diff(lines: Iterable[str]) -> None:
    """A diff on a terminal: words that change stand out, and what can't be seen has its number.

    Args:
        lines: of a unified diff in which each new line follows its old one.
    """
    console = Console()
    old = ""
    for place, line in enumerate(lines):
        line = line.rstrip("\r\n")
        if place < 2:
            console.print(Text(shown(line), "bold"), soft_wrap=True)
        elif line.startswith("-"):
            old = line
        elif line.startswith("+"):
            for text in _marked(old, line), _marked(line, old):
                console.print(text, soft_wrap=True)
        elif not line.startswith("\\"):
            console.print(Text(shown(line), STYLES.get(line[:1], "")), soft_wrap=True)


def _marked(line: str, other: str) -> Text:
    style = STYLES[line[0]]
    text = Text(line[0], style)
    for part, another in zip_longest(_SPACE.split(line[1:]), _SPACE.split(other[1:]), fillvalue=""):
        text.append(shown(part), style if part == another else f"{style} reverse")
    return text


def summary(fixing: Fixing, written: bool) -> Iterator[str]:
    """What becomes of a file, in sentences.

    Args:
        fixing: once its blocks were read.
        written: whether the fixed copy was.
    """
    file = shown(fixing.path)
    yield _done(fixing, file, written)
    for reason, count in fixing.left.most_common():
        yield plural(
            "{file}: {n} word left as it is. {reason}",
            "{file}: {n} words left as they are. {reason}",
            count,
            file=file,
            reason=_(reason),
        )
    was, becomes = fixing.encoding
    values = {"file": file, "encoding": was}
    if was != becomes:
        yield _("{file}: the copy is in UTF-8, as {encoding} lacks the fixed letters.", **values)
    elif was != "utf-8" and not written:
        yield _("{file}: the diff is in UTF-8 but the file in {encoding}: it is no patch.", **values)


def _done(fixing: Fixing, file: str, written: bool) -> str:
    """How many words were fixed, or would be, by which checks."""
    if not fixing.words:
        return _("{file}: nothing to fix.", file=file)
    checks = ", ".join(f"{check} {whole(count)}" for check, count in fixing.by_check.most_common())
    if written:
        return plural(
            "{file}: {n} word fixed: {checks}.",
            "{file}: {n} words fixed: {checks}.",
            fixing.words,
            file=file,
            checks=checks,
        )
    return plural(
        "{file}: {n} word would be fixed: {checks}. Write the fixed copy with --write.",
        "{file}: {n} words would be fixed: {checks}. Write the fixed copy with --write.",
        fixing.words,
        file=file,
        checks=checks,
    )
