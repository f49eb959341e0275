"""The language in which langcov speaks to a person: English, or one of the catalogues in ``langcov/locale``.

English sentences are the keys of the catalogues. What a program reads stays English unless it was asked for.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from pathlib import Path

from langcov.core.names import visible

LANGUAGES = ("en", "ru")

APART = "\N{NO-BREAK SPACE}"  # thousands, in Russian
_SIZE = re.compile("(?P<over>over )?(?P<size>[0-9]+(?:[.][0-9]+(?! bytes))?) (?P<unit>bytes|[kMG]B)")
_language = "en"
_catalogue = NullTranslations()


def use(language: str | None) -> str:
    """Speak a language from now on; returns its code.

    Args:
        language: ``en`` or ``ru``; None takes the one of the locale, or English where there is no catalogue.
    """
    global _language, _catalogue
    wanted = language or _locale()[:2].lower()
    _language = wanted if wanted in LANGUAGES else "en"
    _catalogue = NullTranslations() if _language == "en" else _read(_language)
    return _language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = _language
    use(language)
    try:
        yield
    finally:
        use(before)


def language() -> str:
    """The code of the language that is spoken now."""
    return _language


def _(sentence: str, **values: object) -> str:
    """A sentence in the language that is spoken, with values for its ``{names}``, which can do no harm."""
    return filled(_catalogue.gettext(sentence), values)


def plural(one: str, many: str, n: int, **values: object) -> str:
    """A sentence about ``{n}`` things, in the form that the number wants.

    >>> [plural("{n} place", "{n} places", n) for n in (1, 2500)]
    ['1 place', '2,500 places']
    """
    return filled(_catalogue.ngettext(one, many, n), {"n": whole(n), **values})


def sentences() -> Mapping[str, str]:
    """The sentences without a plural that the catalogue has, and their translations."""
    return _sentences(_catalogue)


def whole(n: int) -> str:
    """A whole number with its thousands apart."""
    return f"{n:,}" if _language == "en" else f"{n:,}".replace(",", APART)


def decimal(figure: str) -> str:
    """A figure as ``report.words`` writes it, with the decimal mark of the language."""
    return figure if _language == "en" else figure.replace(".", ",")


def sized(text: str) -> str:
    """A number of bytes as ``names.size_of`` writes it, in the language that is spoken; other text as it is.

    >>> sized("1.23 kB"), sized("over 2 GB"), sized("1 bytes"), sized("tat.txt")
    ('1.23 kB', 'over 2 GB', '1 byte', 'tat.txt')
    """
    found = _SIZE.fullmatch(text)
    if found is None:
        return text
    if found["over"]:
        return _("over {size}", size=sized(text.removeprefix(found["over"])))
    if found["unit"] == "bytes":
        return plural("{n} byte", "{n} bytes", int(found["size"]))
    size = decimal(found["size"])
    said = {"kB": _("{size} kB", size=size), "MB": _("{size} MB", size=size), "GB": _("{size} GB", size=size)}
    return said[found["unit"]]


class _Counted(str):
    """A value of a sentence that may choose the form of a word: ``{n} {n:знак|знака|знаков}``."""

    def __format__(self, spec: str) -> str:
        forms = spec.split("|")
        if len(forms) == 1:
            return super().__format__(spec)
        number = re.sub(r"\D", "", self)
        return forms[_catalogue.plural(int(number or 0))]  # type: ignore[attr-defined]


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """A sentence of the catalogue with values for its ``{names}``, which can do no harm."""
    shown = {
        name: visible(value, APART) if isinstance(value, (str, Path)) else value
        for name, value in values.items()
    }
    if "|" in sentence:
        shown = {name: _Counted(value) for name, value in shown.items()}
    return sentence.format_map(shown) if values else sentence


@cache
def _sentences(catalogue: NullTranslations) -> Mapping[str, str]:
    known: Mapping[object, str] = getattr(catalogue, "_catalog", {})
    return {sentence: said for sentence, said in known.items() if isinstance(sentence, str) and sentence}


@cache
def _read(language: str) -> NullTranslations:
    with (files("langcov") / "locale" / language / "LC_MESSAGES" / "langcov.mo").open("rb") as file:
        return GNUTranslations(file)


def _locale() -> str:
    """What the locale says of messages, ``ru_RU.UTF-8``; empty if nothing.

    ``locale.getlocale`` is no help: Python doesn't set LC_MESSAGES at start.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    if sys.platform == "win32":
        import ctypes
        from locale import windows_locale

        return windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""
