"""FLEx's interlinear texts: the sentences, as their baseline has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from langcov.corpora.readers.documents.contents import contents, xml_of
from langcov.corpora.readers.documents.layers import chosen_layers
from langcov.corpora.readers.documents.passages import Passage, lines_of
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Texts
from langcov.errors import UserError

_CLOSING, _OPENING = re.compile(r" (?=[.,;:!?…)\]}»”])"), re.compile(r"(?<=[(\[{«„“]) ")


def read_flextext(file: File) -> Iterator[Texts]:
    """The sentences in a writing system; one that has only words is made of them, and counted.

    Raises:
        MissingLibrary: lxml is not installed.
        UserError: no whole .flextext, or it can't be told which writing system is the text.
    """
    return lines_of(_passages(file), file)


def _passages(file: File) -> Iterator[Passage]:
    root = xml_of(contents(file), file.path)
    if root.tag != "document":
        raise UserError(f"{file.path} is no .flextext: its XML is of {root.tag}")
    found = []
    for number, text in enumerate(root.iter("interlinear-text"), 1):
        title = _item(text, "title") or f"text {number}"
        for place, phrase in enumerate(text.iter("phrase"), 1):
            where = f"{title} {_item(phrase, 'segnum') or place}"
            found += [(language, sentence, made, where) for language, sentence, made in _sentences(phrase)]
    there = list(dict.fromkeys(language for language, *_ in found))
    wanted = chosen_layers(file, there)
    for language, sentence, made, where in found:
        if language in wanted:
            file.provenance.joined += made
            yield Passage(sentence, where)


def _item(element: Any, kind: str) -> str:
    """The first item of a kind that an element has of its own."""
    return next((_clean(one.text) for one in element.findall(f"item[@type='{kind}']")), "")


def _sentences(phrase: Any) -> Iterator[tuple[str, str, bool]]:
    """Of each writing system the sentence, and whether it is made of words."""
    told = {one.get("lang", ""): _clean(one.text) for one in phrase.findall("item[@type='txt']")}
    yield from ((language, sentence, False) for language, sentence in told.items() if sentence)
    words: dict[str, list[str]] = {}
    for word in phrase.findall("words/word/item") if not any(told.values()) else ():
        if word.get("type") in ("txt", "punct"):
            words.setdefault(word.get("lang", ""), []).append(_clean(word.text))
    for language, several in words.items():
        yield language, _OPENING.sub("", _CLOSING.sub("", " ".join(filter(None, several)))), True


def _clean(text: str | None) -> str:
    return " ".join((text or "").split())
