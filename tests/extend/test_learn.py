"""Which joins are chosen, by hand."""

from __future__ import annotations

from langcov.extend.learn import Rules, learn, replay
from tests.extend.test_tape import tape_of


def rules(ids: dict[str, int], closes: bool = False, refused: tuple[str, ...] = ()) -> Rules:
    return Rules(dict(ids), closes, lambda piece: piece not in refused)


def test_counts_are_brought_up_to_date() -> None:
    # ab 3, bc 2, cd 2: once "ab" is one, "bc" stands nowhere and "abc" twice.
    tape = tape_of(["abcd", "abcd", "ab"], ["a", "b", "c", "d"])
    found = learn(tape, rules({"a": 0, "b": 1, "c": 2, "d": 3}), 10, 9)
    assert [(one.id, one.piece, one.parts, one.uses) for one in found] == [
        (10, "ab", ((0, 1),), 3),
        (11, "cd", ((2, 3),), 2),
        (12, "abcd", ((10, 11),), 2),
    ]
    assert tape.total == 3


def test_a_join_that_is_refused_or_a_piece_already_is_not_chosen() -> None:
    tape = tape_of(["abcd"] * 3, ["a", "b", "c", "d"])
    found = learn(tape, rules({"a": 0, "b": 1, "c": 2, "d": 3, "cd": 4}, refused=("ab",)), 10, 9)
    assert [one.piece for one in found] == ["bc", "abc", "abcd"]


def test_what_occurs_once_is_not_learned() -> None:
    assert learn(tape_of(["ab"], ["a", "b"]), rules({"a": 0, "b": 1}), 5, 9) == []


def test_a_new_piece_makes_an_old_one_reachable() -> None:
    """As in ranks: "abc" is a token that nothing led to, and forms as soon as "ab" does."""
    tape = tape_of(["abc", "abc", "ab"], ["a", "b", "c"])
    tape.know(3, "abc")
    found = learn(tape, rules({"a": 0, "b": 1, "c": 2, "abc": 3}, closes=True, refused=("bc",)), 10, 1)
    assert [(one.id, one.piece, one.new) for one in found] == [(10, "ab", True), (3, "abc", False)]
    assert tape.total == 3


def test_replayed_on_other_text() -> None:
    letters = ["a", "b", "c", "d"]
    found = learn(
        tape_of(["abcd"] * 2, list(letters)), rules({one: at for at, one in enumerate(letters)}), 4, 9
    )
    other = tape_of(["abcdab", "dcba"], list(letters))
    replay(other, rules({one: at for at, one in enumerate(letters)}), found)
    assert other.total == 2 + 4


def test_an_older_piece_comes_by_itself_in_other_text() -> None:
    """In ranks "abc" may be made of "a" and "bc" too, where the text that was learned on never had it."""
    letters = {"a": 0, "b": 1, "c": 2}
    tape = tape_of(["abc"] * 3 + ["bcx", "bcx"], ["a", "b", "c", "x"])
    found = learn(tape, rules({**letters, "x": 3}, closes=True), 10, 3)
    assert [one.piece for one in found][:2] == ["bc", "abc"]
    other = tape_of(["abc"], ["a", "b", "c", "x"])
    replay(other, rules({**letters, "x": 3}, closes=True), found)
    assert other.total == 1
