"""``jusText``: a paragraph is kept by its length and its share of stop words of the language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from langcov.core.libraries import one_line, require
from langcov.errors import LibraryFailed
from langcov.filters.libraries.base import Setting, checked, known_filter
from langcov.filters.libraries.plain import Plain, page
from langcov.filters.recipe import EXTRA, WANTED_FOR
from langcov.filters.rules import Judged, Rule
from langcov.languages import Language, all_languages, find
from langcov.text.properties import scripts
from langcov.text.scripts import majority_script
from langcov.text.strings import Strings


class JusText(Plain):
    """The function ``justext``: a document is removed if all of its paragraphs are boilerplate.

    What decides is the class of these paragraphs before their neighbours are looked at: ``bad`` (few stop
    words), ``neargood``, ``short``.
    """

    def __init__(self, name: str, arguments: Mapping[str, Any]) -> None:
        self._call = known_filter(name, "jusText", {"justext": _library().justext})
        super().__init__(name, (Rule("boilerplate"),), checked(name, self._call, arguments))

    def judge(self, text: str) -> Judged:
        """Whether a paragraph is left.

        Raises:
            LibraryFailed: the library failed.
        """
        try:
            paragraphs = self._call(page(text), **self.arguments)
        except Exception as error:
            raise LibraryFailed(0, f"{self.name}: {one_line(error)}") from None
        good = [one.text for one in paragraphs if not one.is_boilerplate]
        if good:
            return Judged.of("\n".join(good), [])
        return Judged.of("", [0], [(0, name) for name in sorted({one.cf_class for one in paragraphs})])

    def remade(self, changed: Mapping[str, Any]) -> JusText:
        """The same filter with other arguments."""
        return JusText(self.name, {**self.arguments, **changed})


def make(name: str, arguments: Mapping[str, Any], setting: Setting) -> JusText | str:
    """The function with the library's stop list of a language, unless the recipe has one.

    Raises:
        UserError: the library has no such function, or it has no such argument.
    """
    if "stoplist" in arguments:
        return JusText(name, {**arguments, "stoplist": frozenset(arguments["stoplist"])})
    language = find(setting.language)
    found = _stop_list(language)
    if isinstance(found, str):
        return found
    return JusText(name, {**arguments, "stoplist": found})


@cache
def _stop_list(language: Language) -> frozenset[str] | str:
    """The library's list of a language, by one of its names in English or that of its macrolanguage."""
    wide = [one for one in all_languages() if one.iso639_3 == language.macrolanguage]
    names = [name for one in (language, *wide) for name in (one.name, *one.other_names)]
    known = _library().get_stoplists()
    name = next((one.replace(" ", "_") for one in names if one.replace(" ", "_") in known), None)
    if name is None:
        return f"jusText has no stop list of {language.name}"
    words = frozenset(_library().get_stoplist(name))
    script = scripts()[majority_script(Strings.of([" ".join(words)]))[0]]
    return words if script == language.script else f"jusText's stop list of {name} is in {script}"


def _library() -> Any:
    return require("justext", EXTRA, WANTED_FOR)
