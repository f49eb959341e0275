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

PURPOSES = ("PURPOSE", "COMMANDS")

ABOUT = ("About", "Check")
"""What says id, title and reason of a check."""

ERRORS = re.compile("[A-Z]\\w*Error|Cannot[A-Z][a-z]+|MissingLibrary|LibraryFailed|Unplaced|warning|tell")
"""What is called with a message that is said later, in another language (``langcov.core.composed``)."""

PARTS = re.compile(
    r"cli/__init__|core/(failures|kinds|libraries)|corpora/(names|resolve|pull/|readers/|tables/)|errors"
    r"|gate/settings|languages/(table|alphabets)|lid/labels"
    r"|hygiene/(engine/(exceptions|letter_map)|fixing/copy)|tokenizers/(model_file|huggingface)\."
)
"""Modules whose strings of several words are all parts of errors."""

SEVERAL_WORDS = re.compile("[a-z]{2,},? (--)?[a-z]{2,}")

HELPERS = {"join", "sorted", "len", "map", "repr", "type", "str", "max", "min", "list", "self"}
"""What says nothing of a value, in the expression of one."""

TABLES = {"card_fields.tsv": ("why", "example"), "messages_of_others.tsv": ("message",)}
"""Tables of ``langcov/data`` with sentences, and their columns."""

Sentence = str | tuple[str, str]
"""What is translated; with its plural where it speaks of a number of things."""


class Sentences(ast.NodeVisitor):
    """Collects what a module says to a person.

    That is what ``_`` and ``plural`` are called with, and in the room ``hygiene``, which doesn't know them,
    titles of checks, whole sentences, and what functions return that say why something can't be judged.
    """

    def __init__(self, in_hygiene: bool, in_cli: bool = False) -> None:
        self.in_hygiene, self.in_cli = in_hygiene, in_cli
        self.in_reasons = False
        self.found: list[Sentence] = []
        self.strings: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.in_reasons = self.in_hygiene and bool(REASONS.match(node.name))
        self.generic_visit(node)
        self.in_reasons = False

    def visit_Module(self, node: ast.Module) -> None:
        """A module of a command begins with what it is for."""
        commands = any(getattr(part, "name", "") == "add_arguments" for part in node.body)
        if self.in_cli and commands and (what := ast.get_docstring(node, clean=False)):
            self.found.append(what)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Purposes of commands, and a phase that has a name of its own."""
        name = getattr(node.targets[0], "id", "")
        if name == "FIGURES" or (self.in_cli and name in PURPOSES):
            self.found += composed(node.value)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        called = getattr(node.func, "attr", "")
        if self.in_cli:
            helps = [keyword.value for keyword in node.keywords if keyword.arg == "help"]
            groups = node.args[:1] if called == "add_argument_group" else []
            self.found += [text for one in (*helps, *groups) for text in composed(one, ".*[a-z]{2}")]
        name = node.func.id if isinstance(node.func, ast.Name) else "_" if called == "_" else ""
        texts = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if name == "_":
            self.found += texts[:1]
        elif name == "plural":
            self.found.append((texts[0], texts[1]))
        elif name in ABOUT:  # the id may be a name
            self.found += texts[-2:]
        elif called == "start" and len(node.args) > 1:  # a phase of a Progress
            self.found += texts
        elif ERRORS.fullmatch(name or called):
            self.found += [text for arg in node.args for text in composed(arg)]
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        text = node.value
        self.strings += composed(node)
        if (
            isinstance(text, str)
            and self.in_hygiene
            and (is_sentence(text) or (self.in_reasons and " " in text))
        ):
            self.found.append(text)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # no docstring
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """No catalogue can know its text; but calls in it say what they say."""
        self.strings += composed(node)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)


def composed(node: ast.AST, wanted: str = "[a-z]{2}.* |^ .*[a-z]{2}") -> Iterator[str]:
    """The messages in an expression, with ``{names}`` for what is put into them.

    >>> list(composed(ast.parse("f'{path.name!r}: no {x[0]} of {len(x)}' + 'or so'", mode="eval")))
    ["{name!r}: no {x} of {x2}", 'or so']
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from [node.value] if re.search(wanted, node.value) else []
    elif isinstance(node, ast.JoinedStr):
        names: dict[str, None] = {}
        text = "".join(_piece(part, names) for part in node.values)
        yield from [text] if re.search("[a-z]{2}", re.sub("{.*?}", "", text)) else []
        for part in node.values:
            yield from composed(part.value) if isinstance(part, ast.FormattedValue) else ()
    else:
        for child in ast.iter_child_nodes(node):
            yield from composed(child)


def _piece(part: ast.expr, names: dict[str, None]) -> str:
    """A part of an f-string as ``str.format`` writes it; a value is called by a name in its expression."""
    if not isinstance(part, ast.FormattedValue):
        return str(ast.literal_eval(part)).replace("{", "{{").replace("}", "}}")
    nodes = [node for node in ast.walk(part.value) if isinstance(node, (ast.Name, ast.Attribute))]
    called = [node.id if isinstance(node, ast.Name) else node.attr for node in nodes]
    name = next((one for one in called if one not in HELPERS), "value").strip("_")
    known = [one for one in names if one.rstrip("0123456789") == name]
    name += str(len(known) + 1) if known else ""
    names[name] = None
    return "{" + name + ("!r}" if part.conversion == ord("r") else "}")


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
        visitor = Sentences(path.is_relative_to(PACKAGE / "hygiene"), path.parent.name == "cli")
        visitor.visit(ast.parse(path.read_text("utf-8")))
        found |= dict.fromkeys(visitor.found)
        if PARTS.match(path.relative_to(PACKAGE).as_posix()):
            found |= {text: None for text in visitor.strings if SEVERAL_WORDS.search(text)}
    for table, columns in TABLES.items():
        told = [row[column] for row in read_table(table) for column in columns]
        found |= {text: None for text in told if " " in text or columns == ("message",)}
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
