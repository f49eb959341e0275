"""Old pieces that can give their ids to new ones, where a vocabulary must keep its size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import regex

from langcov.core.names import number_of
from langcov.errors import UserError
from langcov.extend.learn import Learned
from langcov.extend.protect import Protected
from langcov.extend.protocol import Extender
from langcov.extend.tape import Piece

_WORD = regex.compile(r" ?(?:\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}+)")


def places(
    base: Extender, unused: Iterable[int], safe: Protected, learned: Sequence[Learned]
) -> dict[int, int]:
    """The id of an old piece for each new one.

    A piece that no other begins or ends with is merged with nothing: a text without it is cut the same once
    it is gone. Text here has none of them; other text in protected languages may, so first go those that it
    can hardly have: of these what is no word but signs and code, and then the last, which training found
    least often.

    Args:
        base: the tokenizer without the new pieces.
        unused: ids of old pieces that no text here has.
        safe: what is known of protected text.
        learned: the new pieces, and others that are left as they are.

    Returns:
        From the ids that new pieces have behind all others to those that they get.

    Raises:
        UserError: there are fewer than new ones.
    """
    parts = {end for piece in [*base.pieces, *(one.piece for one in learned)] for end in _ends(piece)}
    free = sorted((id for id in unused if base.spelled[id] not in parts), reverse=True)
    free.sort(key=lambda id: _likely(base.text(base.spelled[id] or ""), safe))
    new = [one.id for one in learned if one.new]
    if len(free) < len(new):
        raise UserError(
            f"only {number_of(len(free), 'piece')} can give an id away (--keep-size): no text here has them "
            f"and no other piece is built of them: add that many at most (--add)"
        )
    return dict(zip(new, free))


def _likely(text: bytes, safe: Protected) -> tuple[bool, bool]:
    """Whether protected text may have a piece, and whether it is a word or part of one."""
    try:
        letters = text.decode()
    except UnicodeDecodeError:  # a part of a letter, of nobody knows what
        return True, True
    return not safe.lacks(letters), _WORD.fullmatch(letters) is not None


def moved(learned: Sequence[Learned], to: Mapping[int, int]) -> list[Learned]:
    """What was learned, with other ids.

    >>> moved([Learned(9, "аба", ((8, 3),), 5)], {8: 1, 9: 2})
    [Learned(id=2, piece='аба', parts=((1, 3),), uses=5, new=True)]
    """
    return [
        replace(
            one,
            id=to.get(one.id, one.id),
            parts=tuple((to.get(left, left), to.get(right, right)) for left, right in one.parts),
        )
        for one in learned
    ]


def _ends(piece: Piece) -> Iterable[Piece]:
    """What it begins or ends with, but itself."""
    for at in range(1, len(piece)):
        yield piece[:at]
        yield piece[at:]
