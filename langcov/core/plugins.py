"""What registries share: entries of other packages, imported when they are first needed."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from langcov.errors import UserError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Entry = TypeVar("Entry")


def entry_points(group: str) -> Iterable[EntryPoint]:
    """What installed packages declare in a group."""
    return _declared().select(group=group)


@cache
def _declared() -> Any:
    """What they declare in all groups: every package is looked at. Imported late, as it takes 30 ms."""
    from importlib.metadata import entry_points as declared

    return declared()


def registry(
    builtin: Mapping[str, Entry],
    group: str,
    what: str,
    entries: Callable[[EntryPoint], Iterable[tuple[str, Entry]]],
) -> dict[str, Entry]:
    """The entries of a registry by name: langcov's, then those of other packages in the order of their names.

    Args:
        what: what an entry is, for the error (``metric``).
        entries: what an entry point stands for, each with its name (``named``, or its own name and a loader).

    Raises:
        UserError: a name is claimed twice, or an entry point can't be loaded.
    """
    known = dict(builtin)
    for point in sorted(entry_points(group=group)):  # not as they happen to be installed
        for name, entry in entries(point):
            if known.setdefault(name, entry) != entry:
                raise UserError(f"{what} {name!r} is claimed twice, the second time by {point.value}")
    return known


def named(*kinds: type[Any]) -> Callable[[EntryPoint], list[tuple[str, Any]]]:
    """For ``registry``: an entry point stands for an object of one of these kinds, or several, by ``name``.

    Raises:
        UserError: it can't be loaded, or is something else.
    """

    def entries(point: EntryPoint) -> list[tuple[str, Any]]:
        loaded = load_entry(point)
        several = list(loaded) if isinstance(loaded, (list, tuple)) else [loaded]
        if not all(isinstance(one, kinds) for one in several):
            wanted = " or ".join(kind.__name__ for kind in kinds)
            raise UserError(f"{point.value} ({point.group}) is no {wanted} and no list of them")
        return [(one.name, one) for one in several]

    return entries


def load_entry(point: EntryPoint) -> Any:
    """What an entry point names."""
    try:
        return point.load()
    except Exception as error:  # whatever its module does when it is imported
        raise UserError(
            f"{point.value} ({point.group}) can't be loaded: {type(error).__name__}: {error}; "
            "fix or uninstall its package"
        ) from error


def imported(reference: str) -> Any:
    """The function behind ``module:function``, imported when it is first needed."""
    module, _, function = reference.partition(":")
    return getattr(importlib.import_module(module), function)
