"""Alignments against every alignment there is, tried one by one."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.errors import CannotMeasure
from langcov.text import alignment
from langcov.text.alignment import align
from langcov.text.strings import Strings

Edits = tuple[tuple[str, str], ...]
"""What became of each code point of a text; nothing: the empty string."""


@cache
def best(text: str, back: str) -> tuple[int, int, tuple[int, ...], Edits]:
    """Of the best alignment: edits, code points not kept, what is done in order, what becomes of each."""
    if not text:
        return len(back), 0, (), ()
    found = []
    if back:
        edits, other, first, became = best(text[1:], back[1:])
        same = text[0] == back[0]
        found.append(
            (edits + (not same), other + (not same), (int(not same), *first), ((text[0], back[0]), *became))
        )
    edits, other, first, became = best(text[1:], back)
    found.append((edits + 1, other + 1, (2, *first), ((text[0], ""), *became)))
    if back:
        edits, other, first, became = best(text, back[1:])
        found.append((edits + 1, other, (3, *first), became))
    return min(found)


def pairs(found: alignment.Alignment, index: int) -> list[tuple[str, str]]:
    mine = found.owner == index
    return [(chr(a), chr(b)) for a, b in zip(found.letter[mine].tolist(), found.became[mine].tolist())]


LETTERS, BACKS = (st.text("абx\ufffd\U00010348" + more, max_size=7) for more in ("", "\0"))
NOTHING = ("", "\0", "\ufffd")


@given(st.lists(st.tuples(LETTERS, BACKS), max_size=12))
def test_the_alignment_is_the_best_of_all(both: list[tuple[str, str]]) -> None:
    found = align(Strings.of([text for text, _ in both]), Strings.of([back for _, back in both]))
    for index, (text, back) in enumerate(both):
        _, _, _, became = best(text, back)
        changed = [(a, b) for a, b in became if b not in (a, *NOTHING)]
        gone = [a for a, b in became if a != b and b in NOTHING]
        assert (found.lost[index], found.changed[index]) == (len(gone), len(changed)), (text, back)
        assert pairs(found, index) == changed, (text, back)


@given(st.text("аб", max_size=60), st.text("аб", max_size=60))
def test_a_band_that_was_too_narrow_is_widened(text: str, back: str) -> None:
    @cache
    def distance(i: int, j: int) -> tuple[int, int]:
        """Edits, and what was not kept, of text[:i] and back[:j]."""
        if not i or not j:
            return i + j, i
        other = text[i - 1] != back[j - 1]
        a, b, c = distance(i - 1, j - 1), distance(i - 1, j), distance(i, j - 1)
        return min((a[0] + other, a[1] + other), (b[0] + 1, b[1] + 1), (c[0] + 1, c[1]))

    found = align(Strings.of([text]), Strings.of([back]))
    assert found.lost[0] + found.changed[0] == distance(len(text), len(back))[1]


def test_many_pairs_of_all_sizes_give_what_each_gives_alone() -> None:
    dice = np.random.RandomState(1)
    texts = ["".join(dice.choice(list("абв"), dice.randint(0, 70))) for _ in range(300)]
    backs = ["".join(letter for letter in text if dice.rand() < 0.8).replace("а", "a") for text in texts]
    together = align(Strings.of(texts), Strings.of(backs))
    for index in range(0, 300, 7):
        alone = align(Strings.of(texts[index : index + 1]), Strings.of(backs[index : index + 1]))
        assert (alone.lost[0], alone.changed[0]) == (together.lost[index], together.changed[index])
        assert pairs(alone, 0) == pairs(together, index)


def test_long_texts_that_differ_much_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "MOST_CELLS", 100)
    with pytest.raises(CannotMeasure, match="a text of 40 characters is too long"):
        align(Strings.of(["а" * 40]), Strings.of(["b" * 41]))


def test_letters_changed_in_their_places_need_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "MOST_CELLS", 0)
    texts = ["Йо" * 50_000, "аб", "Ёлка"]
    found = align(Strings.of(texts), Strings.of([text.lower() for text in texts]))
    assert (found.lost.tolist(), found.changed.tolist()) == ([0, 0, 0], [50_000, 0, 1])
    assert pairs(found, 2) == [("Ё", "ё")]
    with pytest.raises(CannotMeasure, match="a text of 4 characters"):
        align(Strings.of(["йоио"]), Strings.of(["иойо"]))
