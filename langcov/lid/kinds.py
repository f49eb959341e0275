"""From what a user names to a loaded language-ID model: kinds, bare paths and objects."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from langcov.core.plugins import imported, refusal, split_label, with_plug_ins
from langcov.errors import UserError
from langcov.lid.cleaning import NONE
from langcov.lid.protocol import CleansText, Model, Named

BUILTIN = {
    "cld2": "langcov.lid.cld2:load",
    "cld3": "langcov.lid.cld3:load",
    "commonlid": "langcov.lid.commonlid:load",
    "fasttext": "langcov.lid.fasttext:load",
    "gielladetect": "langcov.lid.gielladetect:load",
    "glotscript": "langcov.lid.glotscript:load",
    "heliport": "langcov.lid.heliport:load",
    "langid": "langcov.lid.langid:load",
    "lingua": "langcov.lid.lingua:load",
    "predictions": "langcov.lid.stored:load",
}
ENTRY_POINTS = "langcov.lid"
WITH_A_MODEL = {
    "cld2": "pycld2", "cld3": "gcld3", "gielladetect": "gielladetect", "heliport": "heliport",
    "langid": "py3langid", "lingua": "lingua",
}  # fmt: skip
"""Kinds whose library comes with its model, and the module of each; a yardstick is asked for by name."""


CleaningWays = Literal["auto", "none", "both"]
CLEANING_WAYS: tuple[CleaningWays, ...] = ("auto", "none", "both")


@dataclass(frozen=True)
class LidSystem:
    """A language-ID model under the name that a result shows.

    Attributes:
        name: the label given as ``NAME=SPEC``, else taken from the file, kind or object.
        spec: what was asked for, without the label.
        kind: the library (``fasttext``, ``cld2`` …).
        model: ready to predict.
    """

    name: str
    spec: str
    kind: str
    model: Model


def load(spec: Any) -> LidSystem:
    """Load a language-ID model.

    Args:
        spec: ``fasttext:FILE[?clean=NAME]`` or the bare path of such a file, ``lingua``, ``langid``,
            ``cld2``, ``cld3``, ``heliport``, the kind of a plug-in, any of them labelled ``NAME=SPEC``; or an
            object of a library or a callable (``langcov.lid.callables``).

    Raises:
        UserError: there is no such kind or file, or the file isn't what it should be.
        MissingLibrary: the library behind it is not installed.
    """
    if not isinstance(spec, (str, Path)):
        from langcov.lid.callables import wrap

        name, wrapped = wrap(spec)
        return LidSystem(name, f"object:{type(spec).__name__}", wrapped.kind, wrapped)
    label, spec = split_label(str(spec))
    kind, rest = _resolve(spec)
    model: Model = imported(known_kinds()[kind])(rest)
    name = model.name if isinstance(model, Named) else default_name(kind, rest)
    return LidSystem(label or name, spec, model.kind, model)


def with_cleaning(systems: Iterable[LidSystem], ways: CleaningWays) -> list[LidSystem]:
    """The models with their text cleaned as is wanted.

    Args:
        systems: loaded.
        ways: ``auto``: as they are; ``none``: no text is cleaned; ``both``: a model whose text is cleaned
            also without that, under its name and ``?clean=none``.
    """
    found: list[LidSystem] = []
    for system in systems:
        model = system.model
        if ways == "auto" or not isinstance(model, CleansText) or model.clean == NONE:
            found.append(system)
            continue
        bare = replace(
            system, spec=f"{without_cleaning(system.spec)}?clean={NONE}", model=model.cleaned(NONE)
        )
        found += [bare] if ways == "none" else [system, replace(bare, name=f"{system.name}?clean={NONE}")]
    return found


def without_cleaning(spec: str) -> str:
    """A SPEC, or its file, without ``?clean=NAME``."""
    return re.sub(r"\?clean=.*", "", spec)


def installed() -> list[str]:
    """The SPECs that can be loaded here without a file: what is measured when no model is named."""
    return [kind for kind, module in WITH_A_MODEL.items() if find_spec(module)]


def known_kinds() -> dict[str, str]:
    """The kinds of SPEC and the ``module:function`` that loads each, plug-ins included.

    Raises:
        UserError: a plug-in claims a kind that is taken.
    """
    return with_plug_ins(BUILTIN, ENTRY_POINTS, "language-ID")


def default_name(kind: str, rest: str) -> str:
    """The name of a model that was given none.

    >>> default_name("fasttext", "models/lid.176.ftz?clean=none"), default_name("cld2", "")
    ('lid.176', 'cld2')
    """
    return re.sub(r"\.(bin|ftz)$", "", without_cleaning(Path(rest).name)) or kind


def _resolve(spec: str) -> tuple[str, str]:
    kinds = known_kinds()
    kind, colon, rest = spec.partition(":")
    if kind in kinds and (colon or kind != "fasttext"):
        if kind == "fasttext" and not rest:
            raise UserError(f"{spec!r}: nothing after fasttext: name a .bin or .ftz file")
        return kind, rest
    if any(Path(path).exists() for path in (spec, spec.partition("?")[0])):
        return "fasttext", spec
    raise refusal(spec, kinds, [*kinds.keys() - {"fasttext"}, "fasttext:FILE"], "language-ID model")
