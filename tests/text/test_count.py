from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from uniseg.graphemecluster import grapheme_clusters

from langcov.text import count, scan
from langcov.text.strings import Strings
from tests.text import unicode_references as reference


@settings(max_examples=200)
@given(reference.texts)
def test_counts_equal_regex(texts: list[str]) -> None:
    strings = Strings.of(texts)
    assert count.code_points(strings).tolist() == [len(text) for text in texts]
    assert count.whitespace_words(strings).tolist() == [reference.whitespace_words(text) for text in texts]
    assert count.graphemes(strings).tolist() == [reference.graphemes(text) for text in texts]


@given(reference.texts)
def test_counts_do_not_depend_on_the_neighbours(texts: list[str]) -> None:
    strings = Strings.of(texts)
    backwards = strings[np.arange(len(texts))[::-1]]
    for measure in (count.code_points, count.whitespace_words, count.graphemes):
        alone = [int(measure(Strings.of([text]))[0]) for text in texts]
        assert measure(strings).tolist() == alone
        assert measure(backwards).tolist() == alone[::-1]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(scan, "BLOCK", 8)
            assert measure(strings).tolist() == alone


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("", 0),
        ("\r\n", 1),
        ("\n\r", 2),
        ("\u0301a", 2),
        ("\n\u0301", 2),
        ("\u0600 ", 1),  # Prepend takes the space
        ("👩\u200d🦰\u200d👩", 1),
        ("👩\u0308\u200d👩", 1),
        ("a\u200d👩", 2),
        ("\u200d👩👩", 3),  # a ZWJ at the start joins nothing
        ("🇦🇷🇦🇷🇦", 3),
        ("a🇦\u0301🇷🇦", 3),
        ("각\u11a8", 1),
        ("\u0915\u094d\u0937", 1),
        ("\u0915\u094d\u200d\u0937", 1),
        ("\u0915\u093c\u0937", 2),
    ],
)
def test_clusters_by_hand(text: str, clusters: int) -> None:
    assert count.graphemes(Strings.of([text])).tolist() == [clusters]


def test_regex_keeps_a_lone_linker_and_a_consonant_together() -> None:
    """The one rule in which `regex` and we differ: GB9c wants a consonant before; uniseg agrees with us."""
    text = "\u094d\u0937"
    assert count.graphemes(Strings.of([text])).tolist() == [2] == [len(list(grapheme_clusters(text)))]
    assert reference.LONE_LINKER.search(text)
