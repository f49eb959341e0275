"""Each alias of an array type stands in one place."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import langcov
from langcov.core.arrays import Growing

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
