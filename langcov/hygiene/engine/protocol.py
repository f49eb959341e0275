"""What a check is (a function of a word or a line, or a class that sees all lines), and what it may know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.reading.fields import Fields
from langcov.hygiene.reading.texts import Unreadable
from langcov.languages import Language
from langcov.languages.alphabets import Alphabet
from langcov.lid.kinds import LidSystem
from langcov.text.properties import CODE_POINTS, scripts, table

PALOCHKA = "ӏ"
LETTERS = "\n"  # what no word is: stands for the counts of letters
LAST_CAPITAL = 0x1F189  # beyond it no code point is upper case


@cache
def folding() -> NDArray[np.uint32]:
    """Each code point without what spelling in the same letters may vary, uint32 [0x110000].

    That is case (where the small letter is one code point) and the two palochkas.
    """
    points = np.arange(CODE_POINTS, dtype=np.uint32)
    for point in range(LAST_CAPITAL + 1):
        character = chr(point)
        if character.isupper() and len(small := character.lower()) == 1:
            points[point] = ord(small)
    points[ord("Ӏ")] = ord(PALOCHKA)
    points[0x1C89] = 0x1C8A  # a capital of Unicode 16, which Python knows from 3.14 on
    return points


def folded(word: str) -> str:
    """A word after ``folding``.

    >>> folded("ХӀун") == folded("хӏун")
    True
    """
    return word.translate(_translation())


@cache
def _translation() -> dict[int, int]:
    table = folding()
    changed = np.flatnonzero(table != np.arange(CODE_POINTS))
    return dict(zip(changed.tolist(), table[changed].tolist()))


class Where(NamedTuple):
    """How often a word stands in the running text of a file, and where.

    Attributes:
        seen: in all.
        beside: next to a word that is surely of another script.
        first: at the start of a sentence.
        alone: in small letters, with white space, or an end of the line, on both sides.
        amid: so inside a line, one space before a word that is not of another script.
    """

    seen: int = 0
    beside: int = 0
    first: int = 0
    alone: int = 0
    amid: int = 0


@dataclass
class Evidence:
    """What is known of one file.

    Checks are asked twice: first to learn which words' counts they need (``attested`` says 0 and remembers),
    then, once these words were counted in the file, for their findings.
    """

    language: Language  # that the file is declared to be in
    alphabet: Alphabet | None  # None where no source gives one
    letters: Mapping[str, int] = field(default_factory=dict)  # how often each code point stands in the file
    # how often each ``folded`` word stands in it; None while the checks are only asking
    counts: Mapping[str, int] | None = None
    asked: set[str] = field(default_factory=set)  # the words whose counts were needed
    # the words that were looked up, and ``LETTERS`` if letters were: who wants to know, empties it
    used: set[str] = field(default_factory=set)
    # where a ``folded`` word stands in the file as it is, whatever is fixed in it
    where: Callable[[str], Where] = lambda word: Where()
    capitalized: bool = False  # whether the lines of the file begin with capitals
    _by_script: Counter[str] | None = None

    def attested(self, word: str) -> int:
        """How often a word (letters, marks and apostrophe letters; no hyphen) stands in the file as it is.

        In any case, and with either palochka.
        """
        word = folded(word)
        self.used.add(word)
        if self.counts is None:
            self.asked.add(word)
            return 0
        return self.counts.get(word, 0)

    def place(self, word: str) -> Where:
        """Where a word stands: beside words of other scripts, at the start of sentences."""
        self.attested(word)
        return self.where(folded(word))

    def times(self, characters: Iterable[str]) -> int:
        """How often some code points stand in the file."""
        self.used.add(LETTERS)
        return sum(self.letters.get(character, 0) for character in characters)

    def is_mostly(self, script: str) -> bool:
        """Whether most letters of the file are of a script."""
        self.used.add(LETTERS)
        if self._by_script is None:
            self._by_script = Counter()
            for letter, count in self.letters.items():
                self._by_script[scripts()[table("script")[ord(letter)]]] += count
        letters = self._by_script.total() - self._by_script["Zyyy"]
        return self._by_script[script] * 2 > letters

    def learn(self, counts: Mapping[str, int], letters: Mapping[str, int]) -> set[str]:
        """Take what the file says; returns what of it is new: words, and ``LETTERS`` if they have changed.

        A word that was said to be nowhere while checks were only asking, and is nowhere, is not new.
        """
        before = self.counts or {}
        new = {word for word, count in counts.items() if before.get(word, 0) != count}
        if letters != self.letters:
            new.add(LETTERS)
        self.counts, self.letters, self._by_script = counts, letters, None
        return new


Characters = Callable[[Evidence], Iterable[str]]
"""Some characters, for a language: the evidence has nothing of a file yet."""


@dataclass(frozen=True)
class About:
    """What a check is called and why it matters.

    Attributes:
        id: ``palochka``.
        title: what is found, in English, for the catalogues.
        why: why it matters, likewise.
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
        file: what it is called.
        part: of a corpus that it is: ``train``, ``dev`` or ``test``, if its name says so.
        earlier: what checks of the files of its language that came before left for this one, by the check.
    """

    language: Language
    alphabet: Alphabet | None = None
    models: Sequence[LidSystem] | None = None
    unreadable: Unreadable = field(default_factory=Unreadable)
    file: str = ""
    part: str = ""
    earlier: dict[type, Any] = field(default_factory=dict)


class LineCheck:
    """Sees each line of one file once, in bounded memory, and says in the end what it found.

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
