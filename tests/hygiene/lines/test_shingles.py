"""Hashes of runs of five characters, against those of rensa."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.lines import shingles

rensa = pytest.importorskip("rensa")
LINES = st.lists(st.text(st.sampled_from("aб ა𐓀ә-"), max_size=40), min_size=1, max_size=20)


def told(library: object, lines: list[str]) -> list[list[int]]:
    flat, offsets = shingles.hashed(lines, library)
    return [part.tolist() for part in (flat, offsets)]


@given(LINES, st.integers(1, 50))
def test_they_are_those_of_rensa(lines: list[str], together: int) -> None:
    hashes = rensa.RMinHash.hash_token_sets([shingles.shingles(line) for line in lines])
    offsets = [sum(map(len, hashes[:at])) for at in range(len(hashes) + 1)]
    with patch.object(shingles, "TOGETHER", together):
        assert told(rensa, lines) == [[one for some in hashes for one in some], offsets]


def test_a_rensa_with_other_hashes_is_asked_for_them() -> None:
    def lengths(sets: list[list[str]]) -> list[list[int]]:
        return [[len(token.encode()) for token in tokens] for tokens in sets]

    library = ModuleType("rensa")
    library.RMinHash = SimpleNamespace(hash_token_sets=lengths)  # type: ignore[attr-defined]
    assert told(library, ["aбa-бaa", "a"]) == [[7, 7, 6], [0, 3, 3]]
