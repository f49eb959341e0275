"""The digest of ids against a definition in plain Python, by words and by lines, however rows are joined."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.corpora import resolve
from langcov.counting.id_digests import digests
from langcov.measure.plan import Settings
from langcov.measure.tokenizers import measure
from langcov.tokenizers import bundled_names, load
from langcov.tokenizers.protocol import Encoded


def mixed(id: int) -> int:
    """SplitMix64 as its authors print it (Steele, Lea and Flood 2014)."""
    z = (id + 0x9E3779B97F4A7C15) % 2**64
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
    return z ^ (z >> 31)


@given(st.lists(st.lists(st.integers(0, 2**31 - 1), max_size=5), max_size=6))
def test_a_digest_is_the_sum_of_the_mixed_ids(strings):
    ids = np.array([id for string in strings for id in string], np.int32)
    starts = np.cumsum([0, *map(len, strings)])
    found = digests(Encoded(ids, starts)).view(np.uint64).tolist()
    assert found == [sum(map(mixed, string)) % 2**64 for string in strings]


@pytest.mark.parametrize("words_once", [True, False])
def test_the_digest_of_a_language_is_that_of_the_library(words_once):
    """Of running text, each word once or each line whole: the ids of the library itself, added up."""
    text = ["бер ике өч бер", "", "өч  ике", "бер"] * 40
    [corpus] = resolve([{"tat_Cyrl": text}])
    system = load(bundled_names()[0])
    result = measure([corpus], [system], Settings(words_once=words_once))
    encoded = system.tokenizer.encode([line for line in text if line])
    expected = sum(mixed(int(id)) for id in encoded.ids) % 2**64
    assert result.totals[0]["id_digest"] == f"{expected:016x}"


def test_a_digest_tells_one_changed_id_among_many():
    ids = np.arange(100_000, dtype=np.int32)
    other = ids.copy()
    other[777] = 3
    starts = np.array([0, len(ids)])
    assert Counter(ids.tolist()) != Counter(other.tolist())
    assert digests(Encoded(ids, starts)) != digests(Encoded(other, starts))
    assert digests(Encoded(ids[::-1].copy(), starts)) == digests(Encoded(ids, starts))
