from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from langcov.text import hashing
from langcov.text.strings import Strings
from tests.text import unicode_references as reference


def hashed(strings: Strings) -> hashing.Words:
    return hashing.hashes(strings, hashing.edges(strings))


@given(st.lists(st.tuples(reference.hostile, reference.hostile)))
def test_same(pairs: list[tuple[str, str]]) -> None:
    pairs += [(text, text) for text, _ in pairs]
    one, other = (Strings.of([pair[side] for pair in pairs]) for side in (0, 1))
    assert hashing.same(one, other).tolist() == [left == right for left, right in pairs]


@given(st.binary(max_size=40), st.integers(0, 40), st.integers(1, 255))
def test_one_byte_matters(data: bytes, place: int, bit: int) -> None:
    changed = bytearray(data + b"x")
    place %= len(changed)
    changed[place] ^= bit
    both = Strings.of([data + b"x", bytes(changed)])
    assert not hashing.same(both[:1], both[1:]).any()
    assert len(np.unique(hashed(both))) == 2


def test_hash_spreads() -> None:
    numbers = [f"{start}{number}" for number in range(100_000) for start in ("", "a long word before ")]
    assert len(np.unique(hashed(Strings.of(numbers)))) == len(numbers)
