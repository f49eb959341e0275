"""Tokens around an UNK: placed without the library where the library would place them too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from langcov.counting.around_unknown import place
from langcov.counting.batch import Batch, Tokens
from langcov.counting.counters import count_each, token_columns
from langcov.counting.spans import token_spans
from langcov.text.distinct import distinct
from langcov.text.strings import Strings
from langcov.text.units import cut
from langcov.tokenizers import Encoded, System
from langcov.tokenizers.protocol import Vocabulary
from tests.tokenizers.test_engine_kinds import unigram, word_piece
from tests.tokenizers.tiny import LINES

MAKERS = {"WordPiece": word_piece, "Unigram": unigram}


def vocabulary_of(system: System) -> Vocabulary:
    vocabulary = system.tokenizer.vocabulary
    assert vocabulary is not None and vocabulary.spelling is not None
    return vocabulary


def counted(system: System, words: Strings, encoded: Encoded) -> dict[str, list[int]]:
    """All counters of the tokens of words."""
    none = np.zeros(0, np.int64)
    spans = token_spans(system.tokenizer, words, encoded, np.zeros(len(words), bool))
    tokens = Tokens(Batch(words, none, none, none, lines=False), encoded, spans, system.tokenizer)
    found, missing = count_each(token_columns().words, tokens, len(words))
    assert not missing
    return {name: values.tolist() for name, values in found.items()}


@pytest.mark.parametrize("kind", MAKERS)
@settings(max_examples=40, deadline=None)
@given(LINES)
def test_every_counter_is_that_by_the_librarys_places(kind: str, lines: list[str]) -> None:
    system = MAKERS[kind]()
    words = distinct(cut(Strings.of(lines)).units)[0].packed()
    if not len(words):
        return
    encoded = Encoded.of([list(ids) for ids in _ids(system, words)])
    vocabulary = vocabulary_of(system)
    mine = counted(system, words, encoded)
    try:
        system.tokenizer.vocabulary = replace(vocabulary, spelling=None)
        theirs = counted(system, words, encoded)
    finally:
        system.tokenizer.vocabulary = vocabulary
    assert mine == theirs


def _ids(system: System, words: Strings) -> list[list[int]]:
    encoded = system.tokenizer.encode(words.to_list())
    return [encoded.ids[a:b].tolist() for a, b in zip(encoded.starts, encoded.starts[1:])]


def placed(system: System, word: str) -> tuple[list[str], int, bool]:
    """The text of each token of a word, what is lost, and whether that is sure."""
    strings = Strings.of([word])
    spelling = vocabulary_of(system).spelling
    assert spelling is not None
    found = place(spelling, strings, system.tokenizer.encode([word]))
    data = word.encode()
    texts = [data[a:b].decode() for a, b in zip(found.begin.tolist(), found.end.tolist())]
    return texts, int(found.lost[0]), bool(found.sure[0])


def test_an_unknown_of_wordpiece_is_what_stands_between_punctuation() -> None:
    texts, lost, sure = placed(word_piece(), " кот-аҫшҫҫ!ҫ")
    assert (texts[-4:], lost, sure) == (["-", "аҫшҫҫ", "!", "ҫ"], 7, True)
    assert "".join(texts) == "кот-аҫшҫҫ!ҫ"


def test_unknowns_of_unigram_are_runs_of_letters_without_a_piece() -> None:
    texts, lost, sure = placed(unigram(), " котӑҫкотӑ")
    assert ("".join(texts), lost, sure) == (" котӑҫкотӑ", 3, True)
    assert "ӑҫ" in texts and texts[-1] == "ӑ"


CHANGED = [(unigram, " кот\u0301ӑ"), (unigram, " ﬁӑ"), (word_piece, " \u200bҫ"), (word_piece, "и\u0306ҫ")]


@pytest.mark.parametrize(("make", "word"), CHANGED)
def test_what_the_normaliser_may_change_is_not_sure(make: Callable[[], System], word: str) -> None:
    spelling = vocabulary_of(make()).spelling
    assert spelling is not None
    assert not place(spelling, Strings.of([word]), make().tokenizer.encode([word])).sure[0]
