"""Single words and pairs of words as a test of LID models, made of word tables.

A string that is a word of several languages of the test names them all: a prediction of any of them is
right, or the string is left out (``Items.unique``); a result says which.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Offsets
from langcov.corpora.base import Corpus, Provenance, ReadOptions, Source, WordCounts
from langcov.corpora.rows import name_digests, splitmix64
from langcov.corpora.tables.read import read_words
from langcov.errors import UserError
from langcov.text.distinct import distinct
from langcov.text.properties import scripts
from langcov.text.scripts import comparable, majority_script
from langcov.text.strings import Strings
from langcov.text.units import is_inside
from langcov.text.words import uax29_words

SINGLE_WORDS = (
    "each distinct word form once a language: attested inside a line (of a lexicon: anywhere), one UAX #29 "
    "word of two letters or more without a digit and without a capital at its start, most of its letters in "
    "the script of its language"
)
WORD_PAIRS = (
    "two such words of one row, joined by U+0020, each word of a row in one pair at most; drawn by a digest, "
    "so they need not stand side by side in the text: a word table does not tell neighbours"
)
PALOCHKA = "\u04c0"
"""Most texts have this capital in all places, so at the start of a word it makes no name of it."""


@dataclass(frozen=True, eq=False)
class Items:
    """Strings to identify, language by language; one that is an item of two languages is here twice."""

    languages: tuple[str, ...]  # sorted ids, ``tat_Cyrl``
    strings: Strings  # the items [n]
    language: Offsets  # index of each item's own language in ``languages``, int64 [n]
    # the row of its language's table that a pair was drawn from; of a single word, the first row that has it,
    # int64 [n]
    row: Offsets
    # the languages in which the word (each word of a pair) is attested, in any case and place, its own among
    # them, bool [n, languages]
    accepted: NDArray[np.bool_]

    @property
    def unique(self) -> NDArray[np.bool_]:
        """The items that are words of one language only, bool [n]."""
        return self.accepted.sum(1) == 1


@dataclass(frozen=True, eq=False)
class _Vocabulary:
    """The words of one language that may be items."""

    table: WordCounts
    words: Strings  # distinct forms [k]
    key: Offsets  # of which attested word each is a form, int64 [k]
    # index in ``words`` for each word of the table, -1 where it may be no item, int64 [table.words]
    form: Offsets


def single_words(tables: Mapping[str, WordCounts], lexicon: bool = False) -> Items:
    """The words of some languages, each distinct form once (see ``SINGLE_WORDS``).

    Names and abbreviations are kept out by their capital, foreign words by their script; a text without
    spaces has no items. How often a word stands there is no matter: models are asked about rare ones too.

    Args:
        tables: language id to its word table, all of one corpus.
        lexicon: the corpus is one, so that a word at the start of a line is not the first one of a sentence.
    """
    languages, vocabularies, attested = _read(tables, lexicon)
    rows = []
    for words in vocabularies:
        first = np.full(len(words.words) + 1, np.iinfo(np.int64).max)
        np.minimum.at(first, words.form[words.table.word], words.table.row)
        rows.append(first[:-1])
    return Items(
        languages,
        Strings.of(word for words in vocabularies for word in words.words),
        _owners(rows),
        np.concatenate([np.zeros(0, np.int64), *rows]),
        attested[np.concatenate([np.zeros(0, np.int64), *(words.key for words in vocabularies)])],
    )


def word_pairs(tables: Mapping[str, WordCounts], lexicon: bool = False) -> Items:
    """Pairs of words of some languages (see ``WORD_PAIRS``), the same on every machine.

    The words of a row are put in the order of a digest of word and row; there neighbours make a pair.
    """
    languages, vocabularies, attested = _read(tables, lexicon)
    rows, texts = [], []
    accepted: list[NDArray[np.bool_]] = [np.zeros((0, len(languages)), bool)]
    for words in vocabularies:
        row, one, other = _drawn(words)
        forms = words.words.to_list()
        texts += [f"{forms[a]} {forms[b]}" for a, b in zip(one.tolist(), other.tolist())]
        rows.append(row)
        accepted.append(attested[words.key[one]] & attested[words.key[other]])
    return Items(
        languages,
        Strings.of(texts),
        _owners(rows),
        np.concatenate([np.zeros(0, np.int64), *rows]),
        np.concatenate(accepted),
    )


def _read(
    tables: Mapping[str, WordCounts], lexicon: bool
) -> tuple[tuple[str, ...], list[_Vocabulary], NDArray[np.bool_]]:
    """The languages, their vocabularies, and which have each key attested, bool [keys, languages]."""
    languages = tuple(sorted(tables))
    cores = [_cores(tables[language].words) for language in languages]
    folded = Strings.of(_folded(word) for words, _ in cores for word in words)
    keys = distinct(folded)[1]
    ends = np.cumsum([len(words) for words, _ in cores])
    attested = np.zeros((len(folded), len(languages)), bool)
    vocabularies = []
    for at, (language, (words, source)) in enumerate(zip(languages, cores)):
        key = keys[ends[at] - len(words) : ends[at]]
        attested[key, at] = True
        kept = _may_be_items(words, language.partition("_")[2])
        if not lexicon:
            kept &= is_inside(tables[language].words)[source]
        forms, which = distinct(words[kept])
        form_key = np.zeros(len(forms), np.int64)
        form_key[which] = key[kept]
        form = np.full(len(tables[language].words), -1, np.int64)
        form[source[kept]] = which
        vocabularies.append(_Vocabulary(tables[language], forms, form_key, form))
    return languages, vocabularies, attested


def _cores(words: Strings) -> tuple[Strings, Offsets]:
    """The words of a table that hold exactly one UAX #29 word: that, and the index of each, int64 [k]."""
    packed = words.packed()
    spans = uax29_words(packed)
    alone = (np.bincount(spans.owner, minlength=len(words)) == 1)[spans.owner]
    return Strings(packed.data, spans.starts[alone], spans.ends[alone]), spans.owner[alone]


def _folded(word: str) -> str:
    """What two forms of a word share; the palochka has one form in it, as lower case has one for both."""
    return unicodedata.normalize("NFC", word.lower())


def _may_be_items(words: Strings, script: str) -> NDArray[np.bool_]:
    """Which words fit the definition of ``SINGLE_WORDS``, but for their place, bool [n]."""
    known: NDArray[np.bool_] = np.array(scripts())[majority_script(words)] == comparable(script)
    return known & np.array([_is_plain(word) for word in words], bool)


def _is_plain(word: str) -> bool:
    named = word[0].isupper() and word[0] != PALOCHKA
    return not named and sum(map(str.isalpha, word)) >= 2 and not any(map(str.isnumeric, word))


def _drawn(words: _Vocabulary) -> tuple[Offsets, Offsets, Offsets]:
    """The row of each pair and its two words, int64 [pairs] each."""
    form = words.form[words.table.word]
    entries = np.unique(np.stack([words.table.row[form >= 0], form[form >= 0]]), axis=1)
    row, form = entries
    digests = name_digests(word.encode() for word in words.words)
    mixed = splitmix64((digests[form] ^ splitmix64(row)).view(np.int64))
    order = np.lexsort((mixed, row))
    row, form = row[order], form[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    first = np.flatnonzero((place[:-1] % 2 == 0) & (row[:-1] == row[1:]))
    return row[first], form[first], form[first + 1]


def _owners(parts: list[Offsets]) -> Offsets:
    """For each element of all parts, which part it is of."""
    return np.repeat(np.arange(len(parts)), [len(part) for part in parts])


UNIQUE = "; strings that are words of several languages of the test are left out"
LINES = "lines"


def as_lines(corpora: Sequence[Corpus], options: ReadOptions) -> list[tuple[Corpus, str]]:
    """Each corpus with what its lines are; a word table becomes two, of its words and of pairs of them.

    Raises:
        UserError: a table can't be read, has one language twice, or no words that can be a test.
    """
    found: list[tuple[Corpus, str]] = []
    for corpus in corpora:
        tables = [source for source in corpus.sources if source.format == "words"]
        if not tables:
            found.append((corpus, LINES))
            continue
        if len(tables) < len(corpus.sources) or len(tables) > len(corpus.languages):
            raise UserError(f"{corpus.name}: give its word tables alone, one for each language")
        found += _of_tables(corpus, tables, options)
    return found


def is_made_of(test: Corpus, items: str) -> str:
    """The name of the corpus that a test was made of; of lines it is that corpus itself."""
    return test.name if items == LINES else test.name.rpartition(" ")[0]


def _of_tables(
    corpus: Corpus, tables: Sequence[Source], options: ReadOptions
) -> Iterator[tuple[Corpus, str]]:
    counts = {one.language: read_words(one, corpus, options, Provenance()) for one in tables}
    lexicon = corpus.kind == "lexicon"
    for name, make, definition in (("words", single_words, SINGLE_WORDS), ("pairs", word_pairs, WORD_PAIRS)):
        sources = tuple(_sources(make(counts, lexicon), tables))
        if sources:
            made = replace(corpus, name=f"{corpus.name} {name}", sources=sources, kind="lexicon")
            yield replace(made, alignment="none", documents="none"), definition + UNIQUE


def _sources(items: Items, tables: Sequence[Source]) -> Iterator[Source]:
    """The items of each language that are words of no other."""
    paths = {table.language: table.path for table in tables}
    for at, language in enumerate(items.languages):
        lines = items.strings[np.flatnonzero(items.unique & (items.language == at))].to_list()
        if lines:
            yield Source(language, paths[language], "memory", tuple(lines))
