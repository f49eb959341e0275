"""Single words and word pairs against a plain computation of the same definition."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from uniseg.wordbreak import words as uniseg_words

from langcov.corpora.base import Provenance, ReadOptions, WordCounts
from langcov.corpora.resolve import resolve
from langcov.corpora.tables.read import read_words
from langcov.lid.gold.word_tests import Items, single_words, word_pairs
from langcov.text.strings import Strings

LETTERS = {"Cyrl": regex.compile(r"\p{Cyrillic}"), "Latn": regex.compile(r"\p{Latin}")}
Rows = Sequence[Sequence[str]]


def table(rows: Rows) -> WordCounts:
    """A word table of some rows of words as tables have them: with a space before one inside a line."""
    words = sorted({word for row in rows for word in row})
    entries = [(at, words.index(word), n) for at, row in enumerate(rows) for word, n in Counter(row).items()]
    row, word, count = np.array(entries, np.int64).reshape(-1, 3).T
    none = np.zeros(len(rows), np.uint64)
    return WordCounts(Strings.of(words), row, word, count, none, none, np.ones(len(rows), np.int64))


def core(word: str) -> str:
    """The only UAX #29 word in a word, or nothing."""
    found = [one for one in uniseg_words(word) if regex.search(r"[\p{L}\p{N}]", one)]
    return found[0] if len(found) == 1 else ""


def is_item(word: str, language: str, lexicon: bool) -> bool:
    text = core(word)
    if not text or (not lexicon and word[0] != " ") or regex.search(r"\p{N}", text):
        return False
    own = LETTERS[language[4:]]
    other = LETTERS["Latn" if language[4:] == "Cyrl" else "Cyrl"]
    votes = len(own.findall(text)) - len(other.findall(text))
    most = votes > 0 or (votes == 0 and language[4:] == "Cyrl")
    return (
        most and len(regex.findall(r"\p{L}", text)) >= 2 and not regex.match(r"[\p{Lu}--Ӏ]", text, regex.V1)
    )


def known(tables: Mapping[str, Rows], language: str) -> set[str]:
    return {core(word).lower() for row in tables[language] for word in row} - {""}


def check(items: Items, tables: Mapping[str, Rows]) -> None:
    """What holds for words and for pairs."""
    vocabulary = [known(tables, language) for language in items.languages]
    for text, accepted in zip(items.strings, items.accepted.tolist()):
        assert accepted == [all(word.lower() in words for word in text.split(" ")) for words in vocabulary]
    assert items.accepted[np.arange(len(items.strings)), items.language].all()
    assert items.unique.tolist() == [sum(one) == 1 for one in items.accepted.tolist()]


tables_of_words = st.fixed_dictionaries(
    {
        language: st.lists(
            st.lists(
                st.builds(
                    str.__add__, st.sampled_from(["", " "]), st.text("абВaBӀ1-’,", min_size=1, max_size=4)
                ),
                max_size=8,
            ),
            min_size=1,
            max_size=4,
        )
        for language in ("tat_Cyrl", "bak_Cyrl", "vep_Latn")
    }
)


@settings(max_examples=80, deadline=None)
@given(tables_of_words, st.booleans())
def test_against_the_definition(tables: dict[str, list[list[str]]], lexicon: bool) -> None:
    read = {language: table(rows) for language, rows in tables.items()}
    words = single_words(read, lexicon)
    assert words.languages == tuple(sorted(tables))
    expected: dict[tuple[str, str], list[int]] = {}
    for language, rows in tables.items():
        for at, row in enumerate(rows):
            for text in {core(word) for word in row if is_item(word, language, lexicon)}:
                expected.setdefault((language, text), []).append(at)
    found = [
        (words.languages[at], text) for at, text in zip(words.language.tolist(), words.strings.to_list())
    ]
    assert sorted(found) == sorted(expected)
    assert words.row.tolist() == [min(expected[one]) for one in found]
    check(words, tables)

    pairs = word_pairs(read, lexicon)
    check(pairs, tables)
    rows_of = list(zip(pairs.language.tolist(), pairs.row.tolist(), pairs.strings.to_list()))
    for language, at in {(language, at) for language, at, _ in rows_of}:
        drawn = [
            word for one, row, text in rows_of if (one, row) == (language, at) for word in text.split(" ")
        ]
        name = pairs.languages[language]
        assert len(drawn) == len(set(drawn))
        assert set(drawn) <= {core(word) for word in tables[name][at] if is_item(word, name, lexicon)}
    for language, rows in tables.items():
        possible = sum(len({core(w) for w in row if is_item(w, language, lexicon)}) // 2 for row in rows)
        assert sum(pairs.languages[one] == language for one, _, _ in rows_of) == possible


def test_what_is_left_out() -> None:
    rows = [[" кеше,", " Казан", " SMS", " ул-бу", " а", " 2-нче", "бүген", " Ӏаж", " «шәһәр»", " smsы"]]
    words = single_words({"tat_Cyrl": table(rows)})
    assert set(words.strings) == {"кеше", "шәһәр", "Ӏаж"}
    words = single_words({"tat_Cyrl": table(rows)}, lexicon=True)
    assert set(words.strings) == {"бүген", "кеше", "шәһәр", "Ӏаж"}


def test_a_word_of_two_languages_accepts_both() -> None:
    tables = {"bak_Cyrl": table([[" бала", " ҡала"]]), "tat_Cyrl": table([["Бала", " кала"], [" бала"]])}
    words = single_words(tables)
    assert list(zip(words.strings, words.language.tolist(), words.row.tolist())) == [
        ("бала", 0, 0),
        ("ҡала", 0, 0),
        ("бала", 1, 1),
        ("кала", 1, 0),
    ]
    assert words.accepted.tolist() == [[True, True], [True, False], [True, True], [False, True]]
    pairs = word_pairs(tables)
    assert set(pairs.strings.to_list()[0].split(" ")) == {"бала", "ҡала"}
    assert pairs.accepted.tolist() == [[True, False]]


def test_nothing_to_read() -> None:
    for made in (single_words({}), word_pairs({}), word_pairs({"tat_Cyrl": table([[]])})):
        assert len(made.strings) == 0 and made.accepted.shape == (0, len(made.languages))
        assert made.language.dtype == made.row.dtype == np.int64


@pytest.fixture(scope="module")
def flores() -> dict[str, WordCounts]:
    (corpus,) = resolve(["flores"], languages=["tat", "bak", "eng"])
    return {one.language: read_words(one, corpus, ReadOptions(), Provenance()) for one in corpus.sources}


def test_pairs_are_the_same_on_every_machine(flores: dict[str, WordCounts]) -> None:
    """The figures were taken once; another draw would make results that can't be compared."""
    pairs = word_pairs({"tat_Cyrl": flores["tat_Cyrl"]})
    texts = pairs.strings.to_list()
    assert len(texts) == 5620
    assert hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16] == "df5793aac76c70fe"


def test_the_order_of_a_table_is_no_matter(flores: dict[str, WordCounts]) -> None:
    whole = flores["bak_Cyrl"]
    turned = np.random.default_rng(0).permutation(len(whole.words))
    place = np.argsort(turned)
    other = replace(whole, words=whole.words[turned], row=whole.row[::-1], word=place[whole.word][::-1])
    for make in (single_words, word_pairs):
        one, two = make({"bak_Cyrl": whole}), make({"bak_Cyrl": other})
        assert sorted(zip(one.row.tolist(), one.strings)) == sorted(zip(two.row.tolist(), two.strings))


def test_english_inside_a_bashkir_line_makes_no_bashkir_words(flores: dict[str, WordCounts]) -> None:
    words = single_words(flores)
    bashkir = {
        w for w, at in zip(words.strings, words.language.tolist()) if words.languages[at] == "bak_Cyrl"
    }
    attested = {core(word).lower() for word in flores["bak_Cyrl"].words}
    assert "elderly" in attested and "elderly" not in bashkir
    assert len(bashkir) > 5000
