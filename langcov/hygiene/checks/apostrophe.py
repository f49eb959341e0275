"""Apostrophes that are letters, in languages that have them: reported, never fixed unasked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from langcov.hygiene.engine.finding import Issue, name_of, script_of
from langcov.hygiene.engine.meant import SINGLE
from langcov.hygiene.engine.protocol import Check, Evidence
from langcov.hygiene.engine.spelling import is_address
from langcov.hygiene.engine.suspicious import no_alphabet

DOUBLE = '"”“ˮ″ʺ'
_INSIDE = regex.compile(rf"(?<=(\p{{L}})\p{{M}}*)([{SINGLE}{DOUBLE}])(?=\p{{L}})")
_ACRONYM = regex.compile(rf"\p{{Lu}}{{2}}[{SINGLE}]\p{{Ll}}")  # HBOʼning
_LAST, _FIRST = regex.compile(r"[\p{L}\p{M}]+$"), regex.compile(r"^[\p{L}\p{M}]+")
_TWICE = regex.compile(r"(?<=\p{L}\p{M}*)(?<!ʼ)ʼʼ(?!ʼ)")

VARIANT = "{wrong} is a variant; the alphabet has {right}."
OTHER = "{wrong} looks like the letter {right}."
TWICE = "Two of {wrong} stand for one {right}."


def _apostrophe(word: str, evidence: Evidence) -> Iterator[Issue]:
    alphabet = evidence.alphabet
    if not alphabet or not alphabet.apostrophes or is_address(word, alphabet):
        return
    facts = evidence.language.facts
    for found in _INSIDE.finditer(word):
        wrong = found[2]
        like = [letter for letter in (SINGLE if wrong in SINGLE else DOUBLE) if letter in alphabet.letters]
        first = "" if _ACRONYM.match(word, max(found.start(1) - 1, 0)) else found[1].lower()
        inside = [letter for letter in like if first + letter in facts["digraphs"].split()]
        alone = [letter for letter in like if letter in facts["letters"].split()] or like
        right = next(iter(inside or alone), None)
        scripts = {script_of(found[1]), script_of(word[found.end()])}
        if right in (None, wrong) or scripts != {alphabet.script}:
            continue
        one = _issue(word, found.span(2), right, VARIANT if wrong in alphabet.variants else OTHER)
        is_moved = word[found.end()] + wrong in facts["digraphs"].split()  # iʻg, for igʻ
        is_stray = one.severity == "warning" and _is_stray(word, found.start(2), right, evidence)
        yield replace(one, suggestion=None) if is_moved or is_stray else one
    if "ˮ" in alphabet.letters:
        yield from (_issue(word, found.span(), "ˮ", TWICE) for found in _TWICE.finditer(word))


def _is_stray(word: str, place: int, right: str, evidence: Evidence) -> bool:
    """Whether the file has a word more often without any apostrophe at a place: none is to be proposed."""
    before, after = _LAST.findall(word[:place])[0], _FIRST.findall(word[place + 1 :])[0]
    return evidence.attested(before + after) > evidence.attested(before + right + after)


def _issue(word: str, span: tuple[int, int], right: str, message: str) -> Issue:
    start, end = span
    return Issue(
        "apostrophe",
        "note" if message == VARIANT else "warning",
        start,
        end,
        word[start:end],
        message,
        {"wrong": name_of(word[start]), "right": name_of(right)},
        word[:start] + right + word[end:],
    )


def _suspects(evidence: Evidence) -> str:
    return "ʼ" if evidence.alphabet and "ˮ" in evidence.alphabet.letters else ""


def _beside(evidence: Evidence) -> str:
    return SINGLE + DOUBLE if evidence.alphabet and evidence.alphabet.apostrophes else ""


CHECKS = (
    Check(
        "apostrophe",
        "Apostrophe letter written as another character",
        "Some alphabets have an apostrophe as a letter. Written as a quotation mark it cuts the word in two.",
        word=_apostrophe,
        suspects=_suspects,
        beside=_beside,
        unjudged=no_alphabet,
    ),
)
