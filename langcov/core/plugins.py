"""What registries share: entries of other packages; of tokenizers and models also labels and suggestions."""

from __future__ import annotations

import difflib
import importlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from langcov.errors import UserError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Entry = TypeVar("Entry")


def entry_points(group: str) -> Iterable[EntryPoint]:
    """What installed packages declare in a group; imported late, as ``importlib.metadata`` takes 30 ms."""
    from importlib.metadata import entry_points as declared

    return declared(group=group)


def registry(
    builtin: Mapping[str, Entry],
    group: str,
    what: str,
    entries: Callable[[EntryPoint], Iterable[tuple[str, Entry]]],
) -> dict[str, Entry]:
    """The entries of a registry by name: langcov's, then those of other packages in the order of their names.

    Args:
        builtin: those of langcov.
        group: the entry-point group of the others.
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
    """What an entry point names.

    Raises:
        UserError: its package is broken.
    """
    try:
        return point.load()
    except Exception as error:  # whatever its module does when it is imported
        raise UserError(
            f"{point.value} ({point.group}) can't be loaded: {type(error).__name__}: {error}; "
            "fix or uninstall its package"
        ) from error


def split_label(spec: str) -> tuple[str, str]:
    """The label of ``NAME=SPEC`` and the SPEC; an empty label where there is none.

    Raises:
        UserError: nothing before or after the ``=``.

    >>> split_label("mine=bytes"), split_label("spm:a=b.model")
    (('mine', 'bytes'), ('', 'spm:a=b.model'))
    """
    label, equals, rest = spec.partition("=")
    if not equals or re.search(r"[:?/\\]", label) or Path(spec).exists():
        return "", spec
    if not label or not rest:
        raise UserError(f"{spec!r}: a label is written NAME=SPEC")
    return label, rest


def with_plug_ins(builtin: Mapping[str, str], group: str, what: str) -> dict[str, str]:
    """The kinds of SPEC and the ``module:function`` that loads each, plug-ins included.

    Args:
        builtin: those of langcov.
        group: the entry-point group of the plug-ins.
        what: what a kind is of, for the error (``tokenizer``).

    Raises:
        UserError: a plug-in claims a kind that is taken.
    """
    kinds = dict(builtin)
    for point in entry_points(group=group):
        if kinds.setdefault(point.name, point.value) != point.value:
            raise UserError(
                f"{what} kind {point.name!r} is claimed twice: {kinds[point.name]}, {point.value}"
            )
    return kinds


def nothing_after(kind: str, rest: str) -> None:
    """See that a kind that needs no file was given none.

    Raises:
        UserError: something stands after its colon.
    """
    if rest:
        raise UserError(f"{kind}:{rest}: {kind} takes nothing after it")


def imported(reference: str) -> Any:
    """The function behind ``module:function``, imported when it is first needed."""
    module, _, function = reference.partition(":")
    return getattr(importlib.import_module(module), function)


def refusal(spec: str, kinds: Iterable[str], names: Iterable[str], what: str) -> UserError:
    """The error for a SPEC that is neither a kind, a name nor a file: what is near, what is known.

    >>> str(refusal("byte", [], ["bytes"], "tokenizer"))
    "'byte': unknown tokenizer, and no such file; did you mean 'bytes'? (known names: bytes)"
    """
    kind, colon, _ = spec.partition(":")
    if colon and re.fullmatch(r"\w{2,}", kind):
        return UserError(f"{spec!r}: unknown kind {kind!r}{_known(kind, kinds, 'kinds')}")
    if re.search(r"[/\\]|\.\w+$", spec):
        return UserError(f"{spec}: no such file")
    return UserError(f"{spec!r}: unknown {what}, and no such file{_known(spec, names, 'names')}")


def _known(name: str, names: Iterable[str], what: str) -> str:
    names = sorted(names)
    near = difflib.get_close_matches(name, names, 1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"{hint} (known {what}: {', '.join(names)})"
