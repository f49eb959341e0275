"""Fonts of a Word document that were made for a language before Unicode had its letters."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from langcov.corpora.readers.file import File
from langcov.languages import all_languages, find

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]")
_SHORTEST = 4
"""Letters of the name of a language that hardly names anything else in the name of a font."""
_log = logging.getLogger(__name__)


def tell_of_fonts(file: File, body: Any, styles: Any) -> None:
    """Warn of Latin letters in a font that is named after a language: what they look like is another letter.

    They are read as they are: nothing in the document says which letters they stand for.

    Args:
        file: whose language has another script than Latin; else nothing is told.
        body: ``w:body``.
        styles: ``w:styles``.
    """
    language = file.source.language  # none where it is asked what it may be
    if file.again or (language and find(language).script == "Latn"):
        return
    fonts = _Fonts(styles)
    letters: Counter[str] = Counter()
    for run in body.iter(f"{_W}r"):
        latin = len(_LATIN.findall("".join(one.text or "" for one in run.findall(f"{_W}t"))))
        font = fonts.of(run) if latin else ""
        if latin and _is_of_a_language(font):
            letters[font] += latin
    for font, count in letters.most_common():
        _log.warning(
            "%s: %d Latin letters are in the font %s, where they may look like others", file.path, count, font
        )


class _Fonts:
    """The fonts of runs, their own or that of a style."""

    def __init__(self, styles: Any) -> None:
        self._styles: Mapping[str | None, Any] = {
            style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")
        }

    def of(self, run: Any) -> str:
        """The font of a run, empty where nothing but the document's default says it."""
        own = run.find(f"{_W}rPr/{_W}rStyle")
        paragraph = next(run.iterancestors(f"{_W}p"), None)
        above = None if paragraph is None else paragraph.find(f"{_W}pPr/{_W}pStyle")
        return _named(run) or self._of_style(own) or self._of_style(above)

    def _of_style(self, name: Any) -> str:
        """Of a style, or of one that it is based on."""
        seen = set[str | None]()
        while name is not None and (id := name.get(f"{_W}val")) in self._styles and id not in seen:
            if font := _named(self._styles[id]):
                return font
            seen.add(id)
            name = self._styles[id].find(f"{_W}basedOn")
        return ""


def _named(element: Any) -> str:
    fonts = element.find(f"{_W}rPr/{_W}rFonts")
    return "" if fonts is None else fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi") or ""


@cache
def _is_of_a_language(font: str) -> bool:
    """Whether a font is named after a language; Noto's are named after scripts of Unicode.

    >>> _is_of_a_language("Times Chuvash"), _is_of_a_language("Times New Roman")
    (True, False)
    """
    words = {word.casefold() for word in re.findall(r"\w+", font)}
    names = {word for one in all_languages() for word in re.findall(r"\w+", one.name.casefold())}
    return "noto" not in words and any(len(word) >= _SHORTEST for word in words & names)
