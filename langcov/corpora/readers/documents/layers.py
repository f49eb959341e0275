"""Layers of a document that hold several texts side by side: tiers, writing systems, fields, sheets."""

from __future__ import annotations

from collections.abc import Sequence

from langcov.corpora.readers.file import File
from langcov.errors import ChoiceError


def named_layers(file: File, there: Sequence[str]) -> tuple[str, ...]:
    """The layers that ``--tier`` names; none where it names none.

    Args:
        there: all that hold text.

    Raises:
        ChoiceError: one is not there.
    """
    for one in file.options.tiers:
        if one not in there:
            raise ChoiceError(f"{file.path}: no tier {one!r} (there: {_shown(there)})", *_choice(there))
    return file.options.tiers


def chosen_layers(file: File, there: Sequence[str]) -> tuple[str, ...]:
    """The layers that ``--tier`` names, or the only one.

    Args:
        there: all that hold text.

    Raises:
        ChoiceError: one is not there, or there are several and none is named.
    """
    asked = named_layers(file, there)
    if not asked and len(there) > 1:
        said = f"{file.path} holds several texts side by side ({_shown(there)}): name one with --tier"
        raise ChoiceError(said, *_choice(there))
    return asked or tuple(there)


def _shown(there: Sequence[str]) -> str:
    return ", ".join(map(repr, there))


def _choice(there: Sequence[str]) -> tuple[str, list[tuple[str, str]]]:
    return "--tier", [(one, one) for one in there]


def clock(seconds: float) -> str:
    """A time in a recording.

    >>> clock(3723.5)
    '1:02:03.500'
    """
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}.{milliseconds:03}"
