"""What may belong to a person and not into a corpus: e-mail addresses and phone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from langcov.hygiene.engine.finding import Issue, issue_at
from langcov.hygiene.engine.protocol import Check, Evidence

_EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]*\w@\w[\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,24}(?![\w@])")
_GAP = r"[ \u00a0\u2009\u202f.-]?"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_PHONE = re.compile(
    rf"""(?<![\w+/=#№.,:-])(?<![\d№][ \u00a0\u202f])(?:
        \+\d{{1,3}} {_GAP} \(?\d{{2,5}}\)? (?:{_GAP}\d{{2,4}}){{2,4}}         # +7 (843) 123-45-67
      | 8 [ \u00a0-]? (?:\(\d{{3,5}}\)|\d{{3,5}}) {_GAP} \d{{1,3}} (?:[ \u00a0-]\d\d){{2}}  # 8 843 123-45-67
      | 8 [ \u00a0-]? 9\d\d [ -]? \d{{7}}                                     # 8 9171234567
      | (?:\(\d{{3,5}}\)[ \u00a0]?)? \d{{1,3}}(?:-\d\d){{2}}                  # (843) 123-45-67
    )(?![\w%]|[-/.,:]\d|[ \u00a0\u202f](?!{_YEAR})\d)""",
    re.VERBOSE,
)
_LAST_YEAR = re.compile(rf"[ \u00a0\u2009\u202f]{_YEAR}$")
FEWEST_DIGITS = 5
"""Of a local number, after the word for a phone."""

_AFTER_WORD = re.compile(
    r"(?i:\b(?:тел|телефон\w*|факс\w*|phone|tel))\b[.:№ \u00a0]{0,4}"
    rf"(\+?\(?\d(?:{_GAP}[()]?\d){{4,14}})(?!\d)"
)


def email(line: str, evidence: Evidence) -> Iterator[Issue]:
    for found in _EMAIL.finditer(line):
        message = "{address} looks like an e-mail address: take it out unless its owner agreed."
        yield issue_at(range(*found.span()), line, "email", "warning", message, {"address": found.group()})


def phone(line: str, evidence: Evidence) -> Iterator[Issue]:
    """Phone numbers: international ones, Russian ones, and what stands after the word for a phone."""
    spans = {_without_year(found, 0) for found in _PHONE.finditer(line) if _is_phone(found.group())}
    for found in _AFTER_WORD.finditer(line):
        if not any(start < found.end(1) and found.start(1) < end for start, end in spans):
            spans.add(_without_year(found, 1))
    for start, end in sorted(spans):
        message = "{number} looks like a phone number: take it out unless its owner agreed."
        yield issue_at(range(start, end), line, "phone", "warning", message, {"number": line[start:end]})


def _without_year(found: re.Match[str], group: int) -> tuple[int, int]:
    """Where the number stands without a year after it, if what is before that is a number of its own."""
    start, end = found.span(group)
    year = _LAST_YEAR.search(found[group])
    digits = re.sub(r"\D", "", found[group][: year.start()]) if year else ""
    least = 10 if found[group].startswith("+") else FEWEST_DIGITS
    return start, start + year.start() if year and len(digits) >= least else end


def _is_phone(text: str) -> bool:
    """Whether it has as many digits as a phone number, and is no round sum."""
    digits = re.sub(r"\D", "", text)
    most = 15 if text.startswith("+") else 11
    least = 10 if text.startswith("+") else 7
    return least <= len(digits) <= most and not digits.endswith("000")


CHECKS = (
    Check(
        "email",
        "E-mail addresses",
        "Private data of a person who was not asked.",
        line=email,
        suspects=lambda evidence: "@",
    ),
    Check("phone", "Phone numbers", "Private data of a person who was not asked.", line=phone, digits=True),
)
