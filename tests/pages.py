"""Pages of Markdown as they stand: files are written, commands run, and what they show is compared."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from langcov.cli import main


@dataclass(frozen=True)
class Block:
    """What stands between two fences; ``file`` is the name that stands alone between backticks before it."""

    kind: str
    text: str
    file: str | None

    @property
    def commands(self) -> list[list[str]]:
        """The words of each command line, if it is a block of them."""
        if self.file or self.kind not in ("", "sh"):
            return []
        lines = self.text.replace("\\\n", " ").splitlines()
        return [words for line in lines if (words := shlex.split(line, comments=True))]


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page in their order."""
    for file, kind, text in re.findall(r"^(?:`([^`\n]+)`\n\n)?```(\w*)\n(.*?)^```$", page, re.M | re.S):
        yield Block(kind, text, file or None)


def calls(page: str) -> list[list[str]]:
    """What is given to ``langcov`` by each command of a page."""
    return [words[1:] for block in blocks(page) for words in block.commands if words[0] == "langcov"]


def run(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Do what a page says in this folder; a command may say no (exit code 1) where the page shows it."""
    said, names = "", {"__name__": "page"}
    every = [*blocks(page)]
    for block, after in zip(every, [*every[1:], None]):
        if block.file:
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.text, "utf-8")
        elif block.kind == "text":
            assert contains(said, block.text), f"shown:\n{block.text}\nsaid:\n{said}"
        else:
            if block.kind == "python":
                exec(block.text, names)
            shown = after is not None and after.kind == "text" and not after.file
            for words in block.commands:
                do(words, (0, 1) if shown else (0,), capsys)
            said = "".join(capsys.readouterr())


def do(words: list[str], allowed: Sequence[int], capsys: pytest.CaptureFixture[str]) -> None:
    """Run a command, ours in this process."""
    if words[0] != "langcov":
        subprocess.run(words, check=True, timeout=60)
    elif main(words[1:]) not in allowed:
        pytest.fail(f"{shlex.join(words)}\n{''.join(capsys.readouterr())}")


def contains(said: str, shown: str) -> bool:
    """Whether it was said, line by line; … stands for lines that are left out, or for the rest of one.

    >>> contains("one\\ntwo three\\nfour\\n", "one\\n…\\nfour\\n"), contains("one two\\n", "one t…\\n")
    (True, True)
    >>> contains("one\\ntwo\\n", "one\\nthree\\n"), contains("one\\ntwo\\nthree\\n", "one\\nthree\\n")
    (False, False)
    """
    wanted = ""
    for line in shown.splitlines():
        rest = ".*" if line.endswith("…") else ""
        wanted += r"(?:.*\n)*?" if line == "…" else re.escape(line.rstrip("…")) + rest + r"\n"
    bare = "".join(f"{line.rstrip()}\n" for line in said.splitlines())
    return bool(re.search(f"^{wanted}", bare, re.M))
