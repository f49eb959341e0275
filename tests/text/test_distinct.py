from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.text import distinct as module
from langcov.text.distinct import Distinct, distinct
from langcov.text.strings import Strings
from tests.text import unicode_references as reference

EDGES = [
    "",
    "\0",
    "\0\0",
    "a",
    "a\0",
    "12345678",
    "12345678\0",
    "я" * 8,
    "я" * 9,
    "я" * 8 + "й",
    "ж" + "я" * 8,
]
EDGES += ["я" * 12, "я" * 13, "я" * 8 + "й" + "я" * 4, "я" * 12 + "a"]
repeating = st.lists(st.sampled_from(EDGES) | reference.hostile)


@given(st.lists(repeating))
def test_numbers_by_first_occurrence(batches: list[list[str]]) -> None:
    words, seen = Distinct(), dict[str, int]()
    for texts in batches:
        which = words.add(Strings.of(texts))
        assert which.tolist() == [seen.setdefault(text, len(seen)) for text in texts]
    assert words.strings.to_list() == list(seen)


@given(st.lists(repeating))
def test_exact_when_hashes_collide(batches: list[list[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "hashes", lambda strings, edges: edges[3] // np.uint64(16))
        words = Distinct()
        found = [words.add(Strings.of(texts)) for texts in batches]
    different = words.strings.to_list()
    assert sorted(different) == sorted({text for texts in batches for text in texts})
    assert [[different[n] for n in which.tolist()] for which in found] == batches


def test_many_at_once_and_one_by_one() -> None:
    texts = [str(number * number) for number in range(5000)] * 2
    words = Distinct()
    parts = [words.add(Strings.of(texts[at : at + 7])) for at in range(0, len(texts), 7)]
    found, which = distinct(Strings.of(texts))
    assert np.concatenate(parts).tolist() == which.tolist() == list(range(5000)) * 2
    assert words.strings.to_list() == found.to_list() == texts[:5000]


def test_nothing() -> None:
    found, which = distinct(Strings.of([]))
    assert (len(found), len(which)) == (0, 0)
