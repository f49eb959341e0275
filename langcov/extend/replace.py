"""Old pieces that can give their ids to new ones, where a vocabulary must keep its size."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from langcov.core.names import number_of
from langcov.errors import UserError
from langcov.extend.learn import Learned
from langcov.extend.tape import Piece


def places(
    unused: Iterable[tuple[Piece, int]], others: Collection[Piece], learned: Sequence[Learned]
) -> dict[int, int]:
    """The id of an old piece for each new one.

    A piece that no other begins or ends with is merged with nothing: a text without it is cut the same once
    it is gone. Of these the last are taken, which training found least often.

    Args:
        unused: old pieces that no text here has, with their ids.
        others: all pieces, old and new.
        learned: the new pieces, and others that are left as they are.

    Returns:
        From the ids that new pieces have behind all others to those that they get.

    Raises:
        UserError: there are fewer than new ones.
    """
    parts = {part for piece in others for part in _ends(piece)}
    free = sorted((id for piece, id in unused if piece not in parts), reverse=True)
    new = [one.id for one in learned if one.new]
    if len(free) < len(new):
        raise UserError(
            f"only {number_of(len(free), 'piece')} can give an id away (--keep-size): no text here has them "
            f"and no other piece is built of them: add that many at most (--add)"
        )
    return dict(zip(new, free))


def moved(learned: Sequence[Learned], to: dict[int, int]) -> list[Learned]:
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
