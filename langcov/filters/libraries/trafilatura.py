"""``trafilatura``: what it extracts of a page that holds only the text, and if it is in the language."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from langcov.core.libraries import one_line, require
from langcov.errors import LibraryFailed
from langcov.filters.libraries.base import Setting, checked, known_filter, short_code
from langcov.filters.libraries.plain import Plain, page
from langcov.filters.recipe import EXTRA, WANTED_FOR
from langcov.filters.rules import Judged, Rule

RULES = (Rule("discarding data"), Rule("wrong language"))
"""As its log has them."""


class Trafilatura(Plain):
    """The function ``bare_extraction``, with ``target_language``: its language filter is asked by itself."""

    def __init__(self, name: str, arguments: Mapping[str, Any]) -> None:
        self._call = known_filter(name, "trafilatura", {"bare_extraction": _library().bare_extraction})
        self._utils = require("trafilatura.utils", EXTRA, WANTED_FOR)
        self._settings = require("trafilatura.settings", EXTRA, WANTED_FOR)
        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it says each discarded document
        super().__init__(name, RULES, checked(name, self._call, arguments))

    def judge(self, text: str) -> Judged:
        """Whether anything is extracted, and in which language the library takes it to be.

        Raises:
            LibraryFailed: the library failed.
        """
        try:
            found = self._call(page(text), **{**self.arguments, "target_language": None})
            said = "" if found is None else " ".join(found.body.itertext()).strip()
            language = self._utils.language_classifier(said or text, "")
        except Exception as error:
            raise LibraryFailed(0, f"{self.name}: {one_line(error)}") from None
        wrong = language != self.arguments["target_language"]
        broken = [*([0] if found is None else []), *([1] if wrong else [])]
        return Judged.of(text if found is None else found.text or "", broken, [(1, language)] * wrong)

    def remade(self, changed: Mapping[str, Any]) -> Trafilatura:
        """The same filter with other arguments."""
        return Trafilatura(self.name, {**self.arguments, **changed})


def make(name: str, arguments: Mapping[str, Any], setting: Setting) -> Trafilatura | str:
    """The function for a language: its code of two letters, or of three where it has none.

    Raises:
        UserError: the library has no such function, or it has no such argument.
    """
    if not require("trafilatura.utils", EXTRA, WANTED_FOR).LANGID_FLAG:
        return "it asks py3langid for the language, which is not installed: pip install py3langid"
    return Trafilatura(name, {"target_language": short_code(setting.language), **arguments})


def _library() -> Any:
    return require("trafilatura", EXTRA, WANTED_FOR)
