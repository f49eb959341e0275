"""Layers of a document that hold several texts side by side: tiers, writing systems, fields, sheets."""

from __future__ import annotations

from collections.abc import Sequence

from langcov.corpora.readers.file import File
from langcov.errors import UserError


def named_layers(file: File, there: Sequence[str]) -> tuple[str, ...]:
    """The layers that ``--tier`` names; none where it names none.

    Args:
        there: all that hold text.

    Raises:
        UserError: one is not there.
    """
    for one in file.options.tiers:
        if one not in there:
            raise UserError(f"{file.path}: no tier {one!r} (there: {', '.join(map(repr, there))})")
    return file.options.tiers


def chosen_layers(file: File, there: Sequence[str]) -> tuple[str, ...]:
    """The layers that ``--tier`` names, or the only one.

    Args:
        there: all that hold text.

    Raises:
        UserError: one is not there, or there are several and none is named.
    """
    asked = named_layers(file, there)
    if not asked and len(there) > 1:
        shown = ", ".join(map(repr, there))
        raise UserError(f"{file.path} holds several texts side by side ({shown}): name one with --tier")
    return asked or tuple(there)


def clock(seconds: float) -> str:
    """A time in a recording.

    >>> clock(3723.5)
    '1:02:03.500'
    """
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}.{milliseconds:03}"
