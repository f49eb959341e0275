"""What the labels of a language-ID model mean: ISO 639-3 and a script, or no language and why.

A label that is a code (``tt``, ``tat``), with or without a script (``tat_Cyrl``, ``zh-Hant``), is read as
ISO 639 has it; ``langcov/data/lid_labels.tsv`` holds what that rule does not give, with the reason. What
nothing explains is ``unmapped``: it costs the model the lines that it is given to, and no more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from langcov.data import read_table
from langcov.errors import UserError
from langcov.languages.iso639 import collections, look_up
from langcov.text.scripts import comparable, is_script

LABEL_SETS = {"f7b57810210fcbe53c5497fda22657a2c27563886a0e61e328991fcb75f307a1": "lid176"}
"""Models known by their labels: SHA-256 of the labels, sorted and joined by LF. fastText's lid.176 names
languages as Wikipedia does, so that its ``als`` is not the one of ISO 639-3."""


FASTTEXT = "__label__"  # what fastText's labels begin with unless it was told otherwise


class Sentinel(str, Enum):
    """Why a prediction names no language."""

    NOT_LANGUAGE = "not-language"
    """The model says that the text is none: digits, markup."""
    UNSURE = "unsure"
    """The model says that it does not know."""
    UNMAPPED = "unmapped"
    """The label means something that no code of a language stands for (Pig Latin), or nothing explains it."""


UNEXPLAINED = "nothing explains it"  # the reason of a label that is ``unmapped`` as langcov does not know it


class Meaning(NamedTuple):
    """What a label means."""

    label: str  # as the model has it
    # the code of the language or macrolanguage, or of a collection (``nah``) where ISO 639-3 has none; empty
    # if the label names no language, or a script only
    iso639_3: str
    script: str  # ISO 15924, empty where the label names none
    sentinel: Sentinel | None  # why it names no language, else None
    reason: str  # why it means this, empty where the label is the code itself


def meanings(kind: str, labels: Sequence[str], given: Path | None = None) -> list[Meaning]:
    """What each label of a model means.

    Args:
        kind: of the model: ``fasttext``, ``cld2``, …
        labels: all its labels, without ``__label__``.
        given: a user's TSV with a line ``label<TAB>iso639_3<TAB>script`` for each label that is to mean
            another thing; the script may be blank, a sentinel (``unsure``) may stand for the language.

    Raises:
        UserError: a line of the TSV is wrong.

    >>> tatar, tosk = meanings("fasttext", ["tat_Cyrl", "als"])
    >>> tatar.iso639_3, tatar.script, tosk.iso639_3
    ('tat', 'Cyrl', 'als')
    >>> meanings("cld2", ["un"])[0].sentinel.value
    'unsure'
    """
    model = LABEL_SETS.get(_digest(labels), kind)
    overrides = _given(given, labels) if given else {}
    none = Meaning("", "", "", Sentinel.UNMAPPED, UNEXPLAINED)
    found = {one: overrides.get(one) or _explain(model, one) or none._replace(label=one) for one in labels}
    return [found[label] for label in labels]


def prefix_of(labels: Sequence[str]) -> str:
    """What all labels of a fastText model begin with beside their meaning: a file does not say it.

    Of all that they have in common up to a sign, what leaves the most labels that are explained: fastText's
    own ``__label__`` before others, and the shorter of two.

    >>> prefix_of(["__label__tat_Cyrl", "__label__tat_Latn"]), prefix_of(["__lang__ru", "__lang__odd"])
    ('__label__', '__lang__')
    >>> prefix_of(["zh-Hans", "zh-Hant"]), prefix_of(["#ru", "#tt"])
    ('', '#')
    """
    first, last = min(labels), max(labels)
    common = takewhile(lambda pair: pair[0] == pair[1], zip(first, last))
    ends = [at for at, (sign, _) in enumerate(common, start=1) if not sign.isalnum()]
    prefixes = sorted(("", *(first[:end] for end in ends)), key=lambda one: (one != FASTTEXT, len(one)))
    if all(_explain("", label[len(prefixes[0]) :]) for label in labels):
        return prefixes[0]
    return max(prefixes, key=lambda one: sum(_explain("", label[len(one) :]) is not None for label in labels))


def _explain(model: str, label: str) -> Meaning | None:
    """The row of a label, else the script that it is, else the row or code of its part before the script."""
    row = _row(model, label)
    if row:
        return row
    if is_script(label):
        return Meaning(label, "", label, None if comparable(label) else Sentinel.UNSURE, "a script only")
    parts = re.fullmatch(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?", label, re.IGNORECASE)
    if not parts:
        return None
    code, script = parts[1].lower(), (parts[2] or "").capitalize()
    if script and not is_script(script):
        return None
    row = _row(model, code)
    return row._replace(label=label, script=script) if row else _code(label, code, script)


def _row(model: str, label: str) -> Meaning | None:
    return _rows().get((model, label)) or _rows().get(("*", label))


def _code(label: str, text: str, script: str, reason: str = "") -> Meaning | None:
    """A label that is a code of ISO 639; a retired one means the code that took its place, else itself."""
    code = look_up(text)
    if code is None:
        collection = collections().get(text)
        reason = reason or f"ISO 639-5 collection ({collection}) without a code of ISO 639-3"
        return Meaning(label, text, script, None, reason) if collection else None
    if code.retired:
        successor = f"now {code.now}" if code.now else "no one code took its place"
        reason = f"retired from ISO 639-3 on {code.retired}: {successor}"
    return Meaning(label, code.now or code.code, script, None, reason)


def _given(path: Path, labels: Sequence[str]) -> dict[str, Meaning]:
    """The rows of a user's TSV; a line of headings is passed over."""
    found: dict[str, Meaning] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: the table of labels cannot be read: {error}") from None
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or cells[:2] == ["label", "iso639_3"]:
            continue
        label, text, script = (*cells, "", "")[:3]
        meaning = _stated(label, text, script, f"given in {path.name}")
        wrong = (
            f"{label!r} is no label of the model" if label not in labels
            else "wanted label, ISO 639-3 code, script, between tabs" if len(cells) not in (2, 3)
            else f"{label!r} has a line before this one" if label in found
            else f"{script!r} is no code of ISO 15924" if script and not is_script(script)
            else f"{text!r} is no code of ISO 639 and no sentinel" if meaning is None
            else ""
        )  # fmt: skip
        if wrong or meaning is None:
            raise UserError(f"{path}:{number}: {wrong}")
        found[label] = meaning
    return found


def _stated(label: str, text: str, script: str, reason: str) -> Meaning | None:
    """A meaning that a table states: a code, or a sentinel in its place."""
    if text in [sentinel.value for sentinel in Sentinel]:
        return Meaning(label, "", script, Sentinel(text), reason)
    return _code(label, text, script, reason)


def _digest(labels: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sorted(labels)).encode()).hexdigest()


@cache
def _rows() -> Mapping[tuple[str, str], Meaning]:
    """``lid_labels.tsv`` by model (``*``: any) and label."""
    return {
        (row["model"], row["label"]): Meaning(
            row["label"],
            row["iso639_3"],
            row["script"],
            Sentinel(row["sentinel"]) if row["sentinel"] else None,
            row["reason"],
        )
        for row in read_table("lid_labels.tsv")
    }
