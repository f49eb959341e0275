"""Text that must keep its ids: what no new piece may join."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from langcov.core.libraries import is_library_failure
from langcov.corpora import Corpus, Provenance, ReadOptions, read_words
from langcov.corpora.resolve import all_bundled
from langcov.extend.protocol import Extender
from langcov.extend.tape import Piece, Sequences, Tape
from langcov.languages import alphabet, find
from langcov.tokenizers.model_file import cannot_encode

BEFORE = "a"  # what stands before words that stand inside lines
LINE_WORDS = 100
AT_ONCE = 1 << 12  # lines that a library is given together


@dataclass(frozen=True)
class Words:
    """Words that are to keep their ids.

    Attributes:
        tables: those of the bundled tables, in lines, by language.
        lines: all of them.
        letters: their characters.
    """

    tables: Mapping[str, Sequence[str]]
    lines: Sequence[str]
    letters: Collection[str]

    def joined_by(self, extender: Extender) -> Protected:
        """What must not be joined by a tokenizer."""
        sequences = Sequences()
        add_lines(sequences, extender, self.lines)
        joins = Tape(*sequences.tape(), extender.spelled).joins
        neighbours = {pair for line in self.lines for pair in pairwise(line)}
        return Protected(self, frozenset(joins), neighbours)


@dataclass(frozen=True)
class Protected:
    """What joins are refused, as they would change text of some languages.

    Attributes:
        joins: what neighbouring tokens of the words spell.
        neighbours: pairs of characters that follow one another in them. A piece of such pairs alone may
            stand in words that are not listed: refusing it too leaves a tenth of the changes.
    """

    words: Words
    joins: Collection[Piece]
    neighbours: Collection[tuple[str, str]]

    def keeps(self, piece: Piece, text: bytes) -> bool:
        """Whether a new piece leaves this text alone, as far as can be told."""
        if piece in self.joins:
            return False
        try:
            letters = text.decode()
        except UnicodeDecodeError:  # a part of a letter: the joins have to do
            return True
        if len(letters) == 1:
            return letters not in self.words.letters
        return self.lacks(letters)

    def lacks(self, text: str) -> bool:
        """Whether two characters of a text follow one another in none of the words."""
        return any(pair not in self.neighbours for pair in pairwise(text))


def protected_words(lines: Mapping[str, Sequence[str]], leave_out: Collection[str] = ()) -> Words:
    """The words of some languages in the bundled tables, and in some lines.

    Args:
        lines: text, by language; one without any is protected by the tables alone.
        leave_out: bundled corpora that are not looked at.
    """
    tables = {language: table_lines(language, leave_out) for language in lines}
    own = [own_words(line, language) for language, held in lines.items() for line in held]
    everything = [*own, *(line for held in tables.values() for line in held)]
    return Words(tables, everything, {letter for line in everything for letter in line})


def own_words(line: str, language: str) -> str:
    """A line without words that hold letters of other languages, as names do: these protect nothing.

    >>> own_words("из Мәскәү в Казань", "rus_Cyrl")
    'из в Казань'
    """
    return " ".join(word for word in line.split(" ") if _is_own(word, language))


def _is_own(word: str, language: str) -> bool:
    letters = _letters(language)
    return not letters or all(letter in letters for letter in word if letter.isalpha())


@cache
def _letters(language: str) -> frozenset[str]:
    """The letters of a language; empty where no source says them."""
    return frozenset("".join(alphabet(find(language))))


def table_lines(language: str, leave_out: Collection[str] = ()) -> list[str]:
    """The words of a language in the bundled tables, as lines in which each stands as it does in text."""
    words: dict[str, None] = {}
    for corpus in all_bundled():
        if corpus.name not in leave_out:
            words.update(dict.fromkeys(word for word in _words(corpus, language) if _is_own(word, language)))
    inside = [word for word in words if word.startswith(" ")]
    joined = ["".join(inside[at : at + LINE_WORDS]) for at in range(0, len(inside), LINE_WORDS)]
    return [*(word for word in words if not word.startswith(" ")), *(BEFORE + line for line in joined)]


def _words(corpus: Corpus, language: str) -> Iterable[str]:
    for source in corpus.sources:
        if source.language == language:
            yield from read_words(source, corpus, ReadOptions(), Provenance()).words


def add_lines(sequences: Sequences, extender: Extender, lines: Sequence[str]) -> None:
    """Count the token sequences of lines.

    Raises:
        CannotEncode: the library failed on one of them.
    """
    for at in range(0, len(lines), AT_ONCE):
        some = list(lines[at : at + AT_ONCE])
        try:
            ids, begins = extender.sequences(some)
        except BaseException as error:
            if not is_library_failure(error):
                raise
            raise cannot_encode(lambda line: extender.sequences([line]), some, error) from None
        sequences.add(ids, begins)
