"""What the values of a card must be like: each function says in one sentence what is wrong, or None."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from langcov.core.ui import _
from langcov.errors import UserError
from langcov.languages import find

Check = Callable[[str, Any], str | None]
"""From the place in the card and the value there to what is wrong with it."""

NO_LICENCE = "NONE"  # what SPDX writes where there is no licence: the text may not be shared, its counts may
OWN_LICENCE = "LicenseRef-"  # how an SPDX name begins that the corpus itself gives to a licence
LICENCES = (
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-ND-4.0",
    "ODbL-1.0",
    "ODC-By-1.0",
    "PDDL-1.0",
    "LicenseRef-public-domain",
)
"""The usual licences of texts, to suggest; any other of SPDX may be named."""


def one_of(*choices: str) -> Check:
    """A check that a value is one of some words."""

    def check(field: str, value: Any) -> str | None:
        if value in choices:
            return None
        listed = ", ".join(choices)
        return _("{field} is {value!r}; it must be {choices}", field=field, value=value, choices=listed)

    return check


def licence(field: str, value: str) -> str | None:
    """An SPDX expression (https://spdx.org/licenses), as SPDX spells it.

    >>> print(licence("licence", "CC-BY-4.0 OR LicenseRef-mine"))
    None
    >>> print(licence("licence", "cc by sa"))
    licence is 'cc by sa', which SPDX does not know; did you mean 'CC-BY-SA-4.0'?
    """
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        known: str = canonicalize_license_expression(value)
    except InvalidLicenseExpression:
        return _unknown_licence(field, value, LICENCES)
    return None if known == value else _unknown_licence(field, value, (known,))


def licence_or_none(field: str, value: str) -> str | None:
    """``licence``, or that there is none.

    >>> print(licence_or_none("licence", "none"))
    licence is 'none', which SPDX does not know; did you mean 'NONE'?
    """
    if value.upper() == NO_LICENCE:
        return None if value == NO_LICENCE else _unknown_licence(field, value, (NO_LICENCE,))
    return licence(field, value)


def _unknown_licence(field: str, value: str, candidates: Sequence[str]) -> str:
    """What is wrong with a licence, and which of some names is most like it."""
    names = {name.casefold(): name for name in candidates}
    key = re.sub(r"[\s_-]+", "-", value.strip()).casefold()
    near = difflib.get_close_matches(key, names, 1) or difflib.get_close_matches(f"{key}-4.0", names, 1, 0.9)
    if near:
        return _(
            "{field} is {value!r}, which SPDX does not know; did you mean {known!r}?",
            field=field,
            value=value,
            known=names[near[0]],
        )
    return _(
        "{field} is {value!r}, which SPDX does not know: take a name of spdx.org/licenses, or "
        "LicenseRef-NAME and put the text of the licence in a file LICENSE beside the card",
        field=field,
        value=value,
    )


def years(field: str, value: int | str) -> str | None:
    """A year, or the first and the last: 1998, "1998-2005".

    >>> years("year", "1998-2005"), years("year", "2005-1998")
    (None, "year is '2005-1998'; write a year, 1998, or the first and the last, '1998-2005'")
    """
    span = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", str(value), re.ASCII)
    if not span or int(span[1]) > int(span[2] or span[1]):
        return _(
            "{field} is {value!r}; write a year, 1998, or the first and the last, '1998-2005'",
            field=field,
            value=value,
        )
    if int(span[2] or span[1]) > date.today().year:
        return _("{field} is {value!r}, which lies in the future", field=field, value=value)
    return None


def contact(field: str, value: str) -> str | None:
    """An e-mail address or a web page."""
    if re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+|https?://[^\s/]+\.\S+", value):
        return None
    return _(
        "{field} is {value!r}; give an e-mail address or a web page (https://…)", field=field, value=value
    )


def script(field: str, value: str) -> str | None:
    """A script by its code in ISO 15924."""
    if re.fullmatch("[A-Z][a-z]{3}", value):
        return None
    return _("{field} is {value!r}; write its code in ISO 15924, like 'Cyrl'", field=field, value=value)


def glottocode(field: str, value: str) -> str | None:
    """The form of a Glottocode."""
    if re.fullmatch("[a-z0-9]{4}[0-9]{4}", value):
        return None
    return _(
        "{field} is {value!r}; a Glottocode has four letters and four digits, like 'chec1245'",
        field=field,
        value=value,
    )


def pattern(field: str, value: str) -> str | None:
    """A regular expression of bytes."""
    try:
        re.compile(value.encode())
    except re.error as problem:
        return _("{field} is no regular expression: {problem}", field=field, problem=problem)
    return None


def known_language(field: str, name: str) -> str | None:
    """A language of the table, by any of its codes and names."""
    try:
        find(name)
    except UserError as problem:
        return f"{field}: {problem}"
    return None


def text(field: str, value: Any) -> str | None:
    """A string."""
    return None if isinstance(value, str) else _("{field} must be a string", field=field)


def digests(field: str, value: Any) -> str | None:
    """The sha256 of a file, or of each of several."""
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, str) or not re.fullmatch("[0-9a-f]{64}", one):
            return _("{field} must be a sha256: 64 digits from 0 to f, in lower case", field=field)
    return None
