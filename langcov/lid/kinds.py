"""The kinds of language-ID models, and from what a user names to a loaded one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langcov.core.kinds import Kind, Kinds
from langcov.errors import UserError
from langcov.lid.protocol import Model

KINDS = Kinds(
    what="language-ID model",
    group="langcov.lid",
    builtin={
        "cld2": Kind("langcov.lid.cld2:load", "nothing", library="pycld2"),
        "cld3": Kind("langcov.lid.cld3:load", "nothing", library="gcld3"),
        "fasttext": Kind("langcov.lid.fasttext:load", "file"),
        "heliport": Kind("langcov.lid.heliport:load", "nothing", library="heliport"),
        "langid": Kind("langcov.lid.langid:load", "nothing", library="py3langid"),
        "lingua": Kind("langcov.lid.lingua:load", "nothing", library="lingua"),
    },
    of_file=lambda path: "fasttext",
    of_object="langcov.lid.callables:wrap",
)


@dataclass(frozen=True)
class LidSystem:
    """A language-ID model under the name that a result shows.

    Attributes:
        name: the label given as ``NAME=SPEC``, else taken from the file, kind or object.
        spec: what was asked for, without the label.
        model: ready to predict.
    """

    name: str
    spec: str
    model: Model

    @property
    def kind(self) -> str:
        """The library (``fasttext``, ``cld2`` …)."""
        return self.model.kind


def load(spec: Any) -> LidSystem:
    """Load a language-ID model.

    Args:
        spec: ``fasttext:FILE`` or the bare path of such a file, ``lingua``, ``langid``, ``cld2``, ``cld3``,
            ``heliport``, the kind of a plug-in, any of them labelled ``NAME=SPEC``; or an object of a library
            or a callable (``langcov.lid.callables``).

    Raises:
        UserError: there is no such kind or file, or the file isn't what it should be.
        MissingLibrary: the library behind it is not installed.
    """
    return LidSystem(*KINDS.load(spec))


def installed() -> list[str]:
    """The SPECs that can be loaded here without a file."""
    return KINDS.installed()


def default_specs() -> list[str]:
    """What is measured when no model is named: all that is installed.

    Raises:
        UserError: nothing is.
    """
    found = installed()
    if not found:
        raise UserError("no library with a language-ID model is here: pip install 'langcov[lid]'")
    return found
