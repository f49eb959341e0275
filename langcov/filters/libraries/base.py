"""What every library of filters is given, and how its arguments are checked."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from langcov.errors import UserError, did_you_mean
from langcov.languages.iso639 import look_up


@dataclass(frozen=True)
class Setting:
    """For which text a filter is made.

    Attributes:
        language: ``tat_Cyrl``, as the recipe calls it.
        words: the language by whose rules words are told apart.
        strict: nothing stands in for what can't be had.
    """

    language: str
    words: str
    strict: bool = False


def short_code(language: str) -> str:
    """What libraries call a language: by two letters, its own or its macrolanguage's, else by three.

    >>> short_code("tat_Cyrl"), short_code("azj_Latn"), short_code("mhr_Cyrl")
    ('tt', 'az', 'mhr')
    """
    code, wide = language.partition("_")[0], ""
    if found := look_up(code):
        wider = look_up(found.macrolanguage)
        wide = found.iso639_1 or (wider.iso639_1 if wider else "")
    return wide or code


def checked(name: str, call: Callable[..., Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a call, those that are not given with their defaults.

    Raises:
        UserError: it has no such argument (names the nearest).

    >>> checked("f", lambda low, high=3: None, {"low": 1})
    {'low': 1, 'high': 3}
    """
    known = inspect.signature(call).parameters
    if odd := next((one for one in given if one not in known), None):
        raise UserError(f"{name} has no argument {odd!r}{did_you_mean(odd, known)}")
    defaults = {key: one.default for key, one in known.items() if one.default is not one.empty}
    return {key: {**defaults, **given}[key] for key in known if key in given or key in defaults}


def known_filter(name: str, library: str, names: Mapping[str, Any]) -> Any:
    """What a library has under a name.

    Raises:
        UserError: it has none (names the nearest).
    """
    if name not in names:
        known = ", ".join(names)
        raise UserError(f"{library} has no filter {name!r}{did_you_mean(name, names)} (known: {known})")
    return names[name]
