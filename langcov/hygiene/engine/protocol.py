"""What a check is: a function of a word or of a line, or a class that sees all lines of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from langcov.hygiene.engine.evidence import Evidence
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.reading.fields import Fields
from langcov.hygiene.reading.texts import Unreadable
from langcov.languages import Language
from langcov.languages.alphabets import Alphabet
from langcov.lid.kinds import LidSystem

Characters = Callable[[Evidence], Iterable[str]]
"""Some characters, for a language: the evidence has nothing of a file yet."""


@dataclass(frozen=True)
class About:
    """What a check is called and why it matters.

    Attributes:
        id: ``palochka``.
        title, why: what is found and why it matters, in English, for the catalogues.
    """

    id: str
    title: str
    why: str


@dataclass(frozen=True)
class Check(About):
    """One thing to look for in words, or in single lines.

    What it names as worth its while decides what it sees, whichever other checks run. A check that names
    nothing of the kind sees every different word, or every line.

    Attributes:
        word: finds the issues of a whitespace word.
        line: finds the issues of a line; of the file it knows how often each letter stands in it.
        suspects: characters that make a word, or a line, worth its while wherever they stand.
        beside: those that do so next to a letter or a mark.
        between: those that do so between two of these.
        capitals: whether three capitals of the language's script in a row do so.
        digits: whether five digits close together do so.
        unjudged: why this check can't judge a language, in English, or None where it can.
    """

    word: Callable[[str, Evidence], Iterable[Issue]] | None = None
    line: Callable[[str, Evidence], Iterable[Issue]] | None = None
    suspects: Characters | None = None
    beside: Characters | None = None
    between: Characters | None = None
    capitals: bool = False
    digits: bool = False
    unjudged: Callable[[Evidence], str | None] = lambda evidence: None


@dataclass(frozen=True)
class Context:
    """What a check of all lines may know of its file before it sees one.

    Attributes:
        language: that the file is declared to be in.
        alphabet: of its orthography; None where no source gives one.
        models: that say which language a line is in; None leaves the choice to the check.
        unreadable: the lines that are not text, all of them once the file was read.
    """

    language: Language
    alphabet: Alphabet | None = None
    models: Sequence[LidSystem] | None = None
    unreadable: Unreadable = field(default_factory=Unreadable)


class LineCheck:
    """Sees each line of one file once, in bounded memory, and says in the end what it found.

    Args:
        context: of the file.

    Attributes:
        checks: what it looks for, in one reading; each is a check by itself to who chooses some.
        adds_to: ids of checks declared elsewhere, for which it finds more.
        always: whether it speaks unless it is skipped by name: of what no check could see.

    Raises:
        MissingLibrary: it needs a library that is not installed.
    """

    checks: ClassVar[tuple[About, ...]] = ()
    adds_to: ClassVar[tuple[str, ...]] = ()
    always: ClassVar[bool] = False

    def __init__(self, context: Context) -> None:
        """Make ready for the lines of a file."""

    @classmethod
    def ids(cls) -> tuple[str, ...]:
        """Of all checks for which it finds something."""
        return (*(about.id for about in cls.checks), *cls.adds_to)

    def add(self, fields: Fields) -> None:
        """Look at some lines, each of another number than those before."""

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        """The number of each faulty line, from 0, and its issue, in the order of the file.

        None, which comes first, is the file as a whole.
        """
        return iter(())

    def unjudged(self) -> Mapping[str, str]:
        """Which of the checks could not judge this file, and why."""
        return {}
