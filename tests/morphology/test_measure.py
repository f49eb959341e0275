"""Cuts of tokenizers in divided words, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from langcov.core.work import Progress
from langcov.morphology.gold import Gold, gold_of
from langcov.morphology.measure import baselines, cuts_of, measure
from langcov.morphology.rows import Row
from langcov.tokenizers import load
from tests.toys import byte_bpe, sentencepiece_model, wordpiece


def gold(*pairs: tuple[str, str]) -> Gold:
    rows = [Row(at, word, (marked,), "-") for at, (word, marked) in enumerate(pairs, 1)]
    return gold_of(rows, "list", "tat_Cyrl", "gold", "align")


def test_cuts_within_characters_hit_nothing() -> None:
    """котка has ten bytes: tokens begin at nine of them within it, four between letters."""
    found, unknown = cuts_of(load("bytes").library, gold(("котка", "кот-ка")), inside=True)
    assert found is not None and unknown == 0
    values = [getattr(found, name).tolist() for name in ("places", "cuts", "inner", "boundaries", "hits")]
    assert values == [[4], [4], [5], [1], [1]]


def test_a_word_inside_a_line_is_cut_as_there() -> None:
    """ " кот" is a piece, "кот" none: by itself the word is cut in its letters."""
    tokenizer = load(byte_bpe("к", "о", "т", "а", " к", "от", " кот")).library
    inside, _ = cuts_of(tokenizer, gold(("кота", "кот-а")), inside=True)
    alone, _ = cuts_of(tokenizer, gold(("кота", "кот-а")), inside=False)
    assert inside is not None and (inside.cuts.tolist(), inside.hits.tolist()) == ([1], [1])
    assert alone is not None and (alone.cuts.tolist(), alone.hits.tolist()) == ([2], [1])


def test_words_with_an_unk_are_left_out_and_counted() -> None:
    made = wordpiece("кот", "##а")
    [found] = measure([load(made)], [gold(("кота", "кот-а"), ("барса", "барс-а"))], Progress())
    assert (found.words, found.unknown) == (1, 1)
    assert found.figures["boundary_f1"].value == 1
    [found] = measure([load(made)], [gold(("барса", "барс-а"))], Progress())
    assert (found.words, found.unknown) == (0, 1)
    assert found.figures["boundary_f1"].value is None and found.figures["boundary_f1"].reason


def test_every_kind_is_placed() -> None:
    """Characters cut everywhere; what is not asked word by word is asked by the word."""
    words = gold(("котлар", "кот-лар"), ("ак", "ак"))
    models = [load("chars"), load("langcov-rus-32k")]
    for found in measure(models, [words], Progress()):
        assert found.words == 2 and found.figures["boundary_recall"].value is not None
    chars = measure(models[:1], [words], Progress())[0].figures
    by_hand = dict(baselines(words))["characters"]
    assert {name: one.value for name, one in chars.items()} == {
        name: pytest.approx(one.value) for name, one in by_hand.items()
    }
    assert by_hand["boundary_precision"].value == 1 / 6
    assert dict(baselines(words))["whole words"]["boundary_precision"].value is None


def test_a_unigram_is_asked_by_the_word() -> None:
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_proto=sentencepiece_model("unigram"))
    system = load(processor)
    assert system.library.word_form is None
    found, _ = cuts_of(system.library, gold(("барсак", "барс-ак")), inside=True)
    pieces = [piece.lstrip("▁") for piece in processor.encode("барсак", out_type=str)]
    ends = np.cumsum([len(piece) for piece in pieces])[:-1]
    assert found is not None
    assert found.cuts.tolist() == [len({int(end) for end in ends if end})]
    assert found.hits.tolist() == [int(4 in ends)]
