"""What the registries of tokenizers and of language-ID models share: labels, kinds, plug-ins, suggestions."""

from __future__ import annotations

import difflib
import importlib
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from langcov.errors import UserError


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
