"""What MkDocs is told of the site beside ``docs/``: files that its pages link to, and the reference.

A link means the same on the site as in the repository. What a page links to is on the site too, under
``repository/`` where it is outside of ``docs/``; a file of Markdown is a page.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

import langcov
from langcov.cli import COMMANDS, main
from langcov.cli.corpora import ACTIONS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#)([^)\s#]+)")
CALLS = [[], *([one] for one in COMMANDS if one != "corpora"), *(["corpora", one] for one in ACTIONS)]
HEADS = {
    "en": "# Commands\n\nWhat `--help` says, word for word.\n",
    "ru": "# Команды\n\nТо, что говорит `--help`, слово в слово.\n",
}


class Examples(Extension, Preprocessor):
    """Markdown in which an example for doctest is a block of code, and no quotation three deep."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Come before the blocks of code are looked for."""
        md.preprocessors.register(self, "examples", 50)

    def run(self, lines: list[str]) -> list[str]:
        """Put fences around what begins with ``>>>``, down to the next empty line."""
        text = re.sub(r"^(?=>>> )(.+?)(?=\n\n|\Z)", r"```pycon\n\1\n```", "\n".join(lines), flags=re.M | re.S)
        return text.split("\n")


def on_config(config: MkDocsConfig) -> None:
    """Read Markdown as it stands in docstrings."""
    config.markdown_extensions.append(Examples())  # type: ignore[arg-type]  # names or extensions, it is both


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add what pages link to, and what these link to; and the pages that are made of the code."""
    waiting = [Path(file.abs_src_path or "") for file in files.documentation_pages()]
    known = set(waiting)
    while waiting:
        for target in set(targets(waiting.pop())) - known:
            known.add(target)
            if target.suffix == ".md":
                waiting.append(target)
            if not target.is_relative_to(DOCS):
                files.append(File.generated(config, address(target), abs_src_path=str(target)))
    for name, text in {
        "reference/commands.md": commands("en"),
        "ru/commands.md": commands("ru"),
        "reference/python.md": objects("Python", [f"langcov.{name}" for name in langcov.__all__]),
        "reference/extending.md": objects("What extensions are made of", imported(DOCS / "EXTENDING.md")),
    }.items():
        files.append(File.generated(config, name, content=text))
    return files


def targets(page: Path) -> Iterator[Path]:
    """The files that a page links to; of a folder its README.md."""
    return (place(page, link) for link in LINK.findall(page.read_text("utf-8")))


def place(page: Path, link: str) -> Path:
    """What a link of a page leads to."""
    path = Path(os.path.normpath(page.parent / link))
    return path / "README.md" if path.is_dir() else path


def address(path: Path) -> str:
    """Where a file is among those of the site."""
    inside = path.is_relative_to(DOCS)
    return (path.relative_to(DOCS) if inside else "repository" / path.relative_to(ROOT)).as_posix()


def commands(language: str) -> str:
    """The help of each command."""
    parts = [HEADS[language]]
    for call in CALLS:
        shown = io.StringIO()
        environment = patch.dict(os.environ, {"COLUMNS": "80", "LC_ALL": f"{language}.UTF-8"})
        with environment, contextlib.redirect_stdout(shown), contextlib.suppress(SystemExit):
            main([*call, "--help"])
        parts.append(f"## {' '.join(['langcov', *call])}\n\n```text\n{shown.getvalue()}```\n")
    return "\n".join(parts)


def objects(title: str, names: list[str]) -> str:
    """A page of docstrings."""
    return "\n\n".join([f"# {title}", *(f"::: {name}" for name in names)])


def imported(page: Path) -> list[str]:
    """The objects of langcov that the examples of a page import, each once."""
    found = re.findall(r"^from (langcov[\w.]*) import (.+)$", page.read_text("utf-8"), re.M)
    return sorted({f"{module}.{name}" for module, names in found for name in names.split(", ")})


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn links between files of the repository into those of the site."""
    if not page.file.abs_src_path:
        return markdown
    path = Path(page.file.abs_src_path)
    here = Path(address(path)).parent
    return LINK.sub(lambda link: os.path.relpath(address(place(path, link[1])), here), markdown)


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Say what the theme doesn't: that a Russian page is in Russian, and what its dialog is."""
    output = output.replace('role="dialog">', 'role="dialog" aria-label="Search">', 1)
    russian = page.file.src_uri.startswith("ru/") or page.file.src_uri.endswith(".ru.md")
    return output.replace('<html lang="en"', '<html lang="ru"', 1) if russian else output
