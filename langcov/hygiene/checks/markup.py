"""Markup that came along with the text: tags, comments, wiki brackets; and entities in words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

from langcov.hygiene.engine.code import is_quoted
from langcov.hygiene.engine.finding import Issue, is_joining, issue_at, script_of
from langcov.hygiene.engine.protocol import Check, Evidence
from langcov.hygiene.fixing.changes import Edit, edited

_MARKUP = re.compile(
    r"""</?(?P<tag>[A-Za-z][\w.:-]*)(?:\s[^<>]*)?/?>   # <p>, </b>, <a href="…">, <br/>
      | <!--.*?(?:-->|$) | <![A-Z]+[^<>]*> | <\?\w+[^<>]*\?>
      | \[\[[^\[\]]*\]\] | \{\{[^{}]*\}\} | '{3,5}(?!')
    """,
    re.VERBOSE | re.ASCII,
)
_ENTITY = re.compile(
    r"&(?:amp;)*(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));"
)


def markup(line: str, evidence: Evidence) -> Iterator[Issue]:
    """Tags and comments of HTML and XML, links, templates and bold type of wikis."""
    for found in _MARKUP.finditer(line):
        program = (found["tag"] or "").lower() in ("script", "style")
        message = "{markup} is markup, not text: take it out, or put what it stands for in words."
        yield issue_at(
            range(*found.span()),
            line,
            "markup",
            "error" if program else "warning",
            message,
            {"markup": found.group()},
        )


def entity(word: str, evidence: Evidence) -> Iterator[Issue]:
    """Entities of HTML; those of letters are fixed, others (``&nbsp;``, ``&lt;``) only on request."""
    named = (one for one in _ENTITY.finditer(word) if not one["name"] or f"{one['name']};" in html5)
    found = [one for one in named if not is_quoted(word, *one.span())]
    if not found:
        return
    known = [one.span() for one in found]
    texts = [_unescaped(one.group()) for one in found]
    yield issue_at(
        [place for one in known for place in range(*one)],
        word,
        "entity",
        "error",
        "{entities} is how HTML writes {right}; it is no word to any program.",
        {"entities": " ".join(one.group() for one in found), "right": " ".join(texts)},
        edited(word, 0, [Edit(*span, text) for span, text in zip(known, texts)]),
        automatic=all(_of_language(character, evidence) for text in texts for character in text),
    )


def _unescaped(text: str) -> str:
    while (once := html.unescape(text)) != text:
        text = once
    return text


def _of_language(character: str, evidence: Evidence) -> bool:
    """Whether it is a letter of the alphabet or of its script, or a mark."""
    return is_joining(character) and script_of(character) in (evidence.language.script, "Zyyy")


CHECKS = (
    Check(
        "entity",
        "HTML entities",
        "A letter as a number, written by a web form: the word is lost for search and counts.",
        word=entity,
        suspects=lambda evidence: "&",
    ),
    Check(
        "markup",
        "Markup in text",
        "Tags and wiki brackets are counted and learnt as if they were words of the language.",
        line=markup,
        suspects=lambda evidence: "<[{'",
    ),
)
