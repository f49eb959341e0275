from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from langcov.text.growing import Growing


@given(st.lists(st.lists(st.integers(0, 255), max_size=9)))
def test_is_concatenation(parts: list[list[int]]) -> None:
    grown, pairs = Growing(np.uint8), Growing(np.int32, (2,))
    for part in parts:
        grown.extend(np.array(part, np.uint8))
        pairs.extend(np.array([(n, -n) for n in part], np.int32).reshape(-1, 2))
    flat = [n for part in parts for n in part]
    assert (grown.values.tolist(), len(grown)) == (flat, len(flat))
    assert pairs.values.tolist() == [[n, -n] for n in flat]
