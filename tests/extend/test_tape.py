"""A tape against a loop over lists."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np

from langcov.extend.tape import NONE, Sequences, Tape


def tape_of(sequences: list[str], spelled: list[str | None]) -> Tape:
    """A tape of sequences of letters, whose ids are their places in ``spelled``."""
    ids = np.array([spelled.index(letter) for one in sequences for letter in one], np.int32)
    begins = np.array([at == 0 for one in sequences for at in range(len(one))])
    found = Sequences()
    found.add(ids, begins)
    return Tape(*found.tape(), spelled)


def test_equal_sequences_are_counted_once() -> None:
    found = Sequences()
    which = found.add(np.array([1, 2, 1, 2, 2], np.int32), np.array([True, False, True, False, True]))
    ids, starts, uses = found.tape()
    assert which.tolist() == [0, 0, 1]
    assert (ids.tolist(), starts.tolist(), uses.tolist()) == ([1, 2, 2], [0, 2], [2, 1])


def test_counts_of_joins_by_hand() -> None:
    tape = tape_of(["abab", "ab", "ab", "ba"], ["a", "b"])
    assert dict(zip(tape.joins, tape.counts.tolist())) == {"ab": 4, "ba": 2}
    tape.know(2, "ab")
    pairs, often = tape.apply(tape.number("ab"), 2)
    assert (pairs.tolist(), often.tolist()) == ([0 << 32 | 1], [4])
    assert tape.counts[tape.number("ab")] == 0
    assert tape.counts[tape.number("ba")] == 1  # that of "ba" itself
    assert tape.counts[tape.number("abab")] == 1
    assert tape.total == 6
    assert tape.uses(3).tolist() == [1, 1, 4]


def test_a_token_is_joined_once() -> None:
    tape = tape_of(["aaaaa", "aa"], ["a"])
    tape.know(1, "aa")
    tape.apply(tape.number("aa"), 1)
    assert tape.tokens[tape.tokens != NONE].tolist() == [1, 1, 0, 1]


def test_two_spellings_of_a_join_are_one() -> None:
    tape = tape_of(["xb", "ay"], ["x", "b", "a", "y"])
    spelled = ["ab", "c", "a", "bc"]
    tape = Tape(np.array([0, 1, 2, 3], np.int32), np.array([0, 2]), np.array([5, 1]), spelled)
    assert dict(zip(tape.joins, tape.counts.tolist())) == {"abc": 6}
    tape.know(4, "abc")
    pairs, often = tape.apply(0, 4)
    assert pairs.tolist() == [0 << 32 | 1, 2 << 32 | 3]
    assert often.tolist() == [5, 1]


def test_nothing_is_joined_to_an_id_without_a_piece() -> None:
    tape = tape_of(["a_a"], ["a", None, "_"])  # type: ignore[list-item]
    assert dict(zip(tape.joins, tape.counts.tolist())) == {"a_": 1, "_a": 1}
    closed = Tape(np.array([0, 1, 0], np.int32), np.array([0]), np.array([1]), ["a", None])
    assert closed.joins == []


def joined(sequence: list[str], piece: str) -> list[str]:
    """One pass from the left."""
    made: list[str] = []
    at = 0
    while at < len(sequence):
        both = "".join(sequence[at : at + 2])
        made.append(both if at + 1 < len(sequence) and both == piece else sequence[at])
        at += 2 if made[-1] == piece and sequence[at] != piece else 1
    return made


def test_as_a_loop_over_lists() -> None:
    draw = random.Random(1)
    for _ in range(30):
        sequences = ["".join(draw.choices("abc", k=draw.randint(1, 12))) for _ in range(40)]
        lists, spelled = [list(one) for one in sequences], ["a", "b", "c"]
        tape = tape_of(sequences, list(spelled))
        for number in range(3, 9):
            pairs: dict[str, int] = {}
            for one in lists:
                for left, right in pairwise(one):
                    pairs[left + right] = pairs.get(left + right, 0) + 1
            there = {piece: n for piece, n in zip(tape.joins, tape.counts.tolist()) if n}
            assert there == pairs
            if not pairs:
                break
            piece = max(sorted(pairs), key=lambda one: pairs[one])
            tape.know(number, piece)
            tape.apply(tape.number(piece), number)
            lists = [joined(one, piece) for one in lists]
            assert tape.total == sum(map(len, lists))
