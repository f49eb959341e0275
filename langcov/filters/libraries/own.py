"""Rules of a number or two that no package has; a recipe says where it has the numbers from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from langcov.filters.libraries.base import Setting, checked, known_filter
from langcov.filters.libraries.plain import Plain
from langcov.filters.rules import Judged, Rule
from langcov.languages import Language, alphabet, find, orthographies

UNSPACED = ("jpn", "kor", "yue", "zho")


class Own(Plain):
    """A filter with one rule.

    Args:
        setting: for which text.
        breaks: whether a document breaks it.
    """

    def __init__(
        self, name: str, rule: str, arguments: dict[str, Any], setting: Setting, breaks: Callable[[str], bool]
    ) -> None:
        super().__init__(name, (Rule(rule),), arguments)
        self._setting, self._breaks = setting, breaks

    def remade(self, changed: Mapping[str, Any]) -> Own:
        """The same filter with other arguments."""
        made = make(self.name, {**self.arguments, **changed}, self._setting)
        assert not isinstance(made, str)  # it has been made before
        return made

    def judge(self, text: str) -> Judged:
        """Whether it is broken."""
        return Judged.of(text, [0] if self._breaks(text) else [])


def length(setting: Setting, above: int) -> Own:
    """More than so many characters, line ends too."""
    return Own("length", f"length_{above}", {"above": above}, setting, lambda text: len(text) <= above)


def segment_average(setting: Setting, above: int, above_unspaced: int) -> Own:
    """Lines of more than so many words in the mean, cut at each space; or characters, without spaces."""
    unspaced = setting.language.partition("_")[0] in UNSPACED
    least = above_unspaced if unspaced else above
    size: Callable[[str], int] = len if unspaced else lambda line: line.count(" ") + 1

    def breaks(text: str) -> bool:
        lines = text.split("\n")
        return sum(map(size, lines)) <= least * len(lines)

    arguments = {"above": above, "above_unspaced": above_unspaced}
    return Own("segment_average", f"{'char' if unspaced else 'word'}_avg_{least}", arguments, setting, breaks)


def letters(setting: Setting, least: float) -> Own | str:
    """At least this share of the letters in the alphabet of the language, in any of its orthographies."""
    own = letters_of(find(setting.language))
    if not own:
        return f"no source gives the letters of {setting.language}"

    def breaks(text: str) -> bool:
        found = [one in own for one in text if one.isalpha()]
        return sum(found) < least * len(found)

    return Own("letters", "letters", {"least": least}, setting, breaks)


def letters_of(language: Language) -> frozenset[str]:
    """The letters of a language, small and capital, one character each; empty where no source gives them.

    >>> "Ә" in letters_of(find("tat")), "é" in letters_of(find("tat"))
    (True, False)
    """
    found = {one for other in orthographies(language) for letter in alphabet(other) for one in letter}
    cased = {form for one in found for form in (one.lower(), one.upper()) if len(form) == 1}
    return frozenset(one for one in found | cased if one.isalpha())


FILTERS: dict[str, Callable[..., Own | str]] = {
    "length": length,
    "segment_average": segment_average,
    "letters": letters,
}


def make(name: str, arguments: Mapping[str, Any], setting: Setting) -> Own | str:
    """A filter for a language, or why it can't be judged.

    Raises:
        UserError: there is no such filter, or it has no such argument.
    """
    call = known_filter(name, "langcov", FILTERS)
    made: Own | str = call(setting, **checked(name, call, arguments))
    return made
