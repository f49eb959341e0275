"""N-grams against those that the library names."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("fasttext")
from langcov.lid.engines.ngrams import NGrams
from langcov.text.strings import Strings
from tests.lid.engines.models import SYLLABLES, made, weights_of

made_up = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=5).map("".join)
words = st.lists(st.one_of(made_up, st.text(min_size=1, max_size=6)), max_size=10)


@pytest.mark.parametrize("kind", [("softmax", "numbers", (2, 3)), ("hs", "codes", (1, 4))], ids=str)
@settings(max_examples=60, deadline=None)
@given(words)
def test_rows_are_the_library_s(kind: tuple[str, str, tuple[int, int]], texts: list[str]) -> None:
    model = made(*kind)
    weights = weights_of(model)
    header, known = weights.header, len(weights.words)
    found = NGrams(header.shortest, header.longest, header.buckets, known, weights.bucket_rows)
    texts = [text for text in texts if text.encode() not in weights.words and "\0" not in text]
    rows, counts = found.rows(Strings.of(texts))
    expected = [model.library.get_subwords(text)[1].tolist() for text in texts]
    assert [one.tolist() for one in np.split(rows, np.cumsum(counts)[:-1])][: len(texts)] == expected


def test_pruned_buckets_have_no_row() -> None:
    found = NGrams(1, 1, 7, 100, np.array([-1, 5, -1, -1, -1, -1, 6], np.int32))
    rows, counts = found.rows(Strings.of(["abcdefgh", "ж"]))
    assert set(rows.tolist()) == {5, 6} and counts.sum() == len(rows)
    assert NGrams(0, 0, 0, 100, None).rows(Strings.of(["ab"]))[1].tolist() == [0]
