"""Distinct words against a plain count by Python."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from langcov.counting.word_uses import WordUses
from langcov.text.strings import Strings

WHITE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
TEXTS = st.lists(st.tuples(st.text("aә\u0600\x1c \t\u00a0\u3000", max_size=9), st.integers(1, 9)), max_size=9)


@given(parts=st.lists(TEXTS, min_size=1, max_size=3))
def test_words_are_counted_whatever_part_they_come_in(parts: list[list[tuple[str, int]]]) -> None:
    wanted: Counter[str] = Counter()
    whole = WordUses()
    for part in parts:
        uses = WordUses()
        for text, n in part:
            for word in filter(None, WHITE.split(text)):
                wanted[word] += n
        uses.add(Strings.of([text for text, _ in part]), np.array([n for _, n in part], np.int64))
        whole.merge(uses)
    assert dict(zip(whole.words, whole.counts.tolist())) == dict(wanted)
