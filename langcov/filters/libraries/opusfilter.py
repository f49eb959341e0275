"""Filters of ``opusfilter`` that judge a segment by itself; those of pairs have nothing to compare here."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Mapping
from typing import Any

from langcov.core.libraries import one_line, require
from langcov.errors import LibraryFailed, UserError
from langcov.filters.libraries.base import Setting, checked, known_filter, short_code
from langcov.filters.libraries.plain import Plain
from langcov.filters.recipe import OPUSFILTER, WANTED_FOR
from langcov.filters.rules import Judged, Rule
from langcov.languages import Language, find
from langcov.text.scripts import comparable

_SCRIPTS = {
    "Arab": "Arabic",
    "Armn": "Armenian",
    "Cyrl": "Cyrillic",
    "Deva": "Devanagari",
    "Geor": "Georgian",
    "Hani": "Han",
    "Hebr": "Hebrew",
    "Latn": "Latin",
}
"""As the library's own pages call them; it understands the codes too."""
_OF_LANGUAGE: dict[str, Callable[[Language], list[str]]] = {
    "scripts": lambda one: [_script(one)],
    "languages": lambda one: [short_code(one.id)],
}
"""Arguments that name the language, and what the library wants there."""


class OpusFilter(Plain):
    """A filter class: its one rule has its name, and is what ``accept`` says of its score."""

    def __init__(self, name: str, arguments: Mapping[str, Any]) -> None:
        made = known_filter(name, "opusfilter", _filters())
        super().__init__(name, (Rule(name),), checked(name, made.__init__, arguments))
        logging.getLogger("opusfilter").setLevel(logging.CRITICAL)
        try:
            self.whole = made(**{key: one for key, one in self.arguments.items() if key != "kwargs"})
        except _library("opusfilter").OpusFilterError as problem:
            raise UserError(f"{name} can't be made: {one_line(problem)}") from None
        unsaid = (key for key, one in self.arguments.items() if one is None and hasattr(self.whole, key))
        self.arguments |= {key: getattr(self.whole, key) for key in unsaid}  # what None stands for

    def judge(self, text: str) -> Judged:
        """Whether a segment is accepted.

        Raises:
            LibraryFailed: the library failed.
        """
        try:
            [accepted] = self.whole.decisions([(text,)])
        except Exception as error:
            raise LibraryFailed(0, f"{self.name}: {one_line(error)}") from None
        return Judged.of(text, [] if accepted else [0])

    def remade(self, changed: Mapping[str, Any]) -> OpusFilter:
        """The same filter with other arguments."""
        return OpusFilter(self.name, {**self.arguments, **changed})


def make(name: str, arguments: Mapping[str, Any], setting: Setting) -> OpusFilter | str:
    """A filter for a language, whose script or code it is told where it asks.

    Raises:
        UserError: the library has no such filter, or it has no such argument.
    """
    known = inspect.signature(known_filter(name, "opusfilter", _filters()).__init__).parameters
    language = find(setting.language)
    own = {argument: of(language) for argument, of in _OF_LANGUAGE.items() if argument in known}
    return OpusFilter(name, {**own, **arguments})


def _script(language: Language) -> str:
    code = comparable(language.script)
    return _SCRIPTS.get(code, code)


def _filters() -> dict[str, Any]:
    library = _library("opusfilter.filters")
    return {
        name: one
        for name, one in vars(library).items()
        if isinstance(one, type) and issubclass(one, library.FilterABC) and not inspect.isabstract(one)
    }


def _library(name: str) -> Any:
    return require(name, OPUSFILTER, WANTED_FOR)
