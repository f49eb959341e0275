"""Bring the catalogues up to date with the sentences of the code, and compile them.

Run ``python tools/build_messages.py``: new sentences are added to each ``langcov.po`` without a translation,
those that nobody says any more are taken out, and ``langcov.mo`` is made of it. Needs babel.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from langcov.data import read_table

PACKAGE = Path(__file__).resolve().parents[1] / "langcov"
HERE = PACKAGE / "locale"

REASONS = re.compile("unjudged|no_")
"""Functions of ``hygiene`` that say why something can't be judged."""

ABOUT = ("About", "Check")
"""What says id, title and reason of a check."""

TABLES = {"card_fields.tsv": ("why",)}
"""Tables of ``langcov/data`` with sentences, and their columns."""

Sentence = str | tuple[str, str]
"""What is translated; with its plural where it speaks of a number of things."""


class Sentences(ast.NodeVisitor):
    """Collects what a module says to a person.

    That is what ``_`` and ``plural`` are called with, and in the room ``hygiene``, which doesn't know them,
    titles of checks, whole sentences, and what functions return that say why something can't be judged.
    """

    def __init__(self, in_hygiene: bool) -> None:
        self.in_hygiene = in_hygiene
        self.in_reasons = False
        self.found: list[Sentence] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.in_reasons = self.in_hygiene and bool(REASONS.match(node.name))
        self.generic_visit(node)
        self.in_reasons = False

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        texts = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if name == "_":
            self.found += texts[:1]
        elif name == "plural":
            self.found.append((texts[0], texts[1]))
        elif name in ABOUT:  # the id may be a name
            self.found += texts[-2:]
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        text = node.value
        if (
            isinstance(text, str)
            and self.in_hygiene
            and (is_sentence(text) or (self.in_reasons and " " in text))
        ):
            self.found.append(text)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # no docstring
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """What errors say stays English."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """No catalogue can know its text; but calls in it say what they say."""
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)


def is_sentence(text: str) -> bool:
    """Whether a text is one or several whole sentences.

    >>> is_sentence("{wrong} is no letter."), is_sentence("no letter."), is_sentence("Letter")
    (True, False, False)
    """
    return " " in text and text[-1] in ".?!" and (text[0] == "{" or text[0].isupper())


def sentences() -> Iterator[Sentence]:
    """All that the package says to a person and that has to be translated, each once."""
    found: dict[Sentence, None] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        visitor = Sentences(path.is_relative_to(PACKAGE / "hygiene"))
        visitor.visit(ast.parse(path.read_text("utf-8")))
        found |= dict.fromkeys(visitor.found)
    for table, columns in TABLES.items():
        found |= dict.fromkeys(row[column] for row in read_table(table) for column in columns)
    return iter(found)


def catalogues() -> list[Path]:
    """The ``.po`` of every language."""
    return sorted(HERE.glob("*/LC_MESSAGES/langcov.po"))


def read(path: Path) -> Catalog:
    """A catalogue by its ``.po``."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def compiled(path: Path) -> bytes:
    """What the ``.mo`` beside a ``.po`` has to be."""
    buffer = BytesIO()
    write_mo(buffer, read(path))
    return buffer.getvalue()


def update(path: Path) -> int:
    """Bring a catalogue up to date and compile it; returns how many sentences have no translation."""
    catalog = read(path)
    known = {message.id for message in catalog if message.id}
    said = set(sentences())
    for gone in known - said:
        catalog.delete(gone if isinstance(gone, str) else gone[0])
    for new in said - known:
        catalog.add(new)
    write(path, catalog)
    return sum(not translated(message.string) for message in catalog if message.id)


def write(path: Path, catalog: Catalog) -> None:
    """A catalogue to its ``.po``, and the ``.mo`` made of it."""
    with path.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True)
    path.with_suffix(".mo").write_bytes(compiled(path))


def translated(text: str | Sequence[str] | None) -> bool:
    """Whether a translation is there, in all its forms."""
    return bool(text) and all(text or "")


if __name__ == "__main__":
    for path in catalogues():
        print(f"{path}: {update(path)} sentences to translate")
