"""The files of a piece of work: where they lie, how they are read, and what is told while that goes on."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from langcov.core.work import Progress
from langcov.corpora.base import Corpus, ReadOptions, Source
from langcov.corpora.card.card import CARD
from langcov.corpora.names import told
from langcov.corpora.readers.streams import is_url
from langcov.errors import UserError
from langcov.hygiene.engine.check import Settings, resolved
from langcov.web.lanes import Tell

TEXT, MADE = "text", "made"
"""The folders of a piece of work: what was given, and what was made of it."""
Note = tuple[str | float, ...]
"""A warning as it was logged, and its values."""
OFTEN = 0.2  # seconds between two words about progress


@dataclass(frozen=True)
class Asked:
    """What is to be read, and how."""

    folder: str
    files: tuple[str, ...]  # as they lie in ``TEXT``
    language: str = ""
    encoding: str = "utf-8"
    column: str = ""  # of tables, the column with the text
    named: str = ""  # of tables, the column that names the language of each row
    field: str = ""  # of records, the field with the text
    sheet: str = ""  # of spreadsheets
    tier: str = ""  # of recordings, the tier with the text
    null: str = ""  # "skip" leaves out cells and records without text

    @property
    def options(self) -> ReadOptions:
        """The same for a reader."""
        return ReadOptions(
            self.encoding,
            text_column=_named(self.column),
            lang_column=_named(self.named),
            text_field=self.field or "text",
            sheet=_named(self.sheet),
            tier=self.tier or (),
            null="skip" if self.null == "skip" else "error",
        )

    @property
    def made(self) -> Path:
        """Where what is made goes."""
        return Path(self.folder, MADE)

    @property
    def carded(self) -> str:
        """The card among the files, if there is one."""
        return next((name for name in self.files if Path(name).name == CARD), "")

    @property
    def texts(self) -> list[str]:
        """The files whose names say that they are text; all where none does, so that a reader says why."""
        others = [name for name in self.files if Path(name).name != CARD]
        return [name for name in others if told(name)[1]] or others


def _named(said: str) -> str | int | None:
    """A column or a sheet by its name or its number; None where nothing is said."""
    return int(said) if said.isdecimal() else said or None


class Given:
    """The files, in a process that is in their folder.

    Args:
        tell: is told how much was read.
        passes: how often the files will be read.
    """

    def __init__(self, asked: Asked, tell: Tell, passes: int = 1) -> None:
        self.asked = asked
        size = passes * sum(Path(name).stat().st_size for name in asked.texts)
        self.settings = Settings(options=asked.options, progress=_Told(tell, size))

    @property
    def specs(self) -> list[str]:
        """What a command would be given: the folder of the card, else the files."""
        return [str(Path(self.asked.carded).parent)] if self.asked.carded else self.asked.texts

    @property
    def language(self) -> str | None:
        """What ``--lang`` would say."""
        return self.asked.language or None

    @cached_property
    def corpora(self) -> list[Corpus]:
        """What is read.

        Raises:
            UserError: a file is no text, its language is not known, or a card names one that was not given.
        """
        corpora = resolved(self.specs, self.language, self.asked.options)
        here = Path.cwd().resolve()
        for path in (source.path for corpus in corpora for source in corpus.sources):
            if is_url(path) or not Path(path).resolve().is_relative_to(here):
                raise UserError(f"{path} is not among the files that were given: give it too")
        return corpora

    @property
    def sources(self) -> Sequence[Source]:
        """The same, file by file."""
        return [source for corpus in self.corpora for source in corpus.sources]


@dataclass
class _Told(Progress):
    """Tells how much of the files was read, not more often than a person can see."""

    tell: Tell
    size: int
    done: int = 0
    spoke: float = field(default_factory=time.monotonic)

    def advance(self, source: str, size: int) -> None:
        """So many bytes of text of a source were read."""
        self.done += size
        now = time.monotonic()
        if now - self.spoke >= OFTEN:
            self.spoke = now
            self.tell(min(1.0, self.done / max(1, self.size)))


@contextmanager
def at_work(asked: Asked) -> Iterator[list[Note]]:
    """In the folder of the files; yields what is warned of meanwhile, once each, which goes nowhere else."""
    notes: list[Note] = []
    logger = logging.getLogger("langcov")
    logger.handlers, logger.propagate = [_Kept(notes)], False
    asked.made.mkdir(exist_ok=True)
    os.chdir(Path(asked.folder, TEXT))
    try:
        yield notes
    finally:
        os.chdir(Path(asked.folder).parent)


class _Kept(logging.Handler):
    def __init__(self, notes: list[Note]) -> None:
        super().__init__(logging.WARNING)
        self._notes = notes

    def emit(self, record: logging.LogRecord) -> None:
        values = record.args if isinstance(record.args, tuple) else ()
        note = (str(record.msg), *(one if isinstance(one, (int, float)) else str(one) for one in values))
        if note not in self._notes:  # a file is read several times
            self._notes.append(note)
