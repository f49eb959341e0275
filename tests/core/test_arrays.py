"""Each alias of an array type stands in one place."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import langcov
from langcov.core.arrays import APART, NARROW, Growing, Narrow

PACKAGE = Path(langcov.__file__).parent


def test_no_two_modules_name_an_array_type_alike() -> None:
    named = Counter(
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r"^(\w+) = NDArray\[", path.read_text("utf-8"), re.M)
    )
    assert named["Ints"] == 1
    assert named.most_common(1)[0][1] == 1


@given(st.lists(st.lists(st.integers(0, 255), max_size=9)))
def test_is_concatenation(parts: list[list[int]]) -> None:
    grown, pairs = Growing(np.uint8), Growing(np.int32, (2,))
    for part in parts:
        grown.extend(np.array(part, np.uint8))
        pairs.extend(np.array([(n, -n) for n in part], np.int32).reshape(-1, 2))
    flat = [n for part in parts for n in part]
    assert (grown.values.tolist(), len(grown)) == (flat, len(flat))
    assert pairs.values.tolist() == [[n, -n] for n in flat]


NEAR_LIMITS = st.sampled_from([edge for kind in NARROW for edge in (np.iinfo(kind).min, np.iinfo(kind).max)])


@given(st.lists(st.lists(st.integers(-300, 70_000) | NEAR_LIMITS, max_size=9)))
def test_narrow_numbers_stay_what_they_are(parts: list[list[int]]) -> None:
    numbers = Narrow()
    for part in parts:
        numbers.extend(np.array(part, np.int64))
    given_all = list(chain.from_iterable(parts))
    assert numbers.values.tolist() == given_all
    lowest, highest = min(given_all, default=0), max(given_all, default=0)
    fitting = [kind for kind in NARROW if np.iinfo(kind).min <= lowest and highest <= np.iinfo(kind).max]
    assert numbers.values.dtype == fitting[0]


def test_large_buffers_grow_and_are_refused_as_others_are() -> None:
    numbers, some = Growing(np.int64), np.arange(APART // 16)
    for _ in range(5):
        numbers.extend(some)
    assert (numbers.values == np.tile(some, 5)).all()
    with pytest.raises(MemoryError):
        Growing(np.uint8).extend(np.broadcast_to(np.uint8(0), 1 << 62))
