"""The kinds of language-ID models, and from what a user names to a loaded one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from langcov.core.kinds import Kind, Kinds, split_label
from langcov.errors import UserError
from langcov.lid.cleaning import NONE
from langcov.lid.protocol import CleansText, Model, Named

KINDS = Kinds(
    what="language-ID model",
    group="langcov.lid",
    builtin={
        "cld2": Kind("langcov.lid.cld2:load", "nothing", library="pycld2"),
        "cld3": Kind("langcov.lid.cld3:load", "nothing", library="gcld3"),
        "commonlid": Kind("langcov.lid.commonlid:load", "argument"),
        "fasttext": Kind("langcov.lid.fasttext:load", "file"),
        "gielladetect": Kind("langcov.lid.gielladetect:load", "nothing", library="gielladetect"),
        "glotscript": Kind("langcov.lid.glotscript:load", "nothing", yardstick=True),
        "heliport": Kind("langcov.lid.heliport:load", "nothing", library="heliport"),
        "langid": Kind("langcov.lid.langid:load", "nothing", library="py3langid"),
        "lingua": Kind("langcov.lid.lingua:load", "nothing", library="lingua"),
        "predictions": Kind("langcov.lid.stored:load", "file"),
    },
    of_file=lambda path: "fasttext",
    of_object="langcov.lid.callables:wrap",
)

CleaningWays = Literal["auto", "none", "both"]
CLEANING_WAYS: tuple[CleaningWays, ...] = ("auto", "none", "both")


@dataclass(frozen=True)
class LidSystem:
    """A language-ID model under the name that a result shows."""

    name: str  # the label given as ``NAME=SPEC``, else taken from the file, kind or object
    spec: str  # what was asked for, without the label
    model: Model
    engine: str = "reference"  # what answers for the library, where a certificate says that it may

    @property
    def kind(self) -> str:
        """The library (``fasttext``, ``cld2`` …)."""
        return self.model.kind


def load(spec: Any) -> LidSystem:
    """Load a language-ID model.

    Args:
        spec: ``fasttext:FILE[?clean=NAME]`` or the bare path of such a file, ``predictions:FILE``,
            ``lingua``, ``langid``, ``cld2``, ``cld3``, ``heliport`` and others, the kind of a plug-in, any of
            them labelled ``NAME=SPEC``; or an object of a library or a callable (``langcov.lid.callables``).

    Raises:
        UserError: there is no such kind or file, or the file isn't what it should be.
        MissingLibrary: the library behind it is not installed.
    """
    name, own, model = KINDS.load(spec)
    labelled = not isinstance(spec, (str, Path)) or split_label(str(spec))[0]
    return LidSystem(model.name if isinstance(model, Named) and not labelled else name, own, model)


def with_cleaning(systems: Iterable[LidSystem], ways: CleaningWays) -> list[LidSystem]:
    """The models with their text cleaned as is wanted.

    Args:
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
    """The SPECs that can be loaded here without a file."""
    return KINDS.installed()


def default_specs() -> list[str]:
    """What is measured when no model is named: all that is installed."""
    found = installed()
    if not found:
        raise UserError("no library with a language-ID model is here: pip install 'langcov[lid]'")
    return found
