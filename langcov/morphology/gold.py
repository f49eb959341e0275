"""The words of a list with their boundaries, and what was left out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

import numpy as np

from langcov.core.arrays import Ints
from langcov.errors import UserError
from langcov.morphology.rows import Row
from langcov.morphology.spelled import Spelled, spelled
from langcov.text.strings import Strings

Quality = Literal["gold", "silver"]
LEFT_OUT = {
    "different": "its morphemes don't spell it",
    "unsure": "a boundary has several places, as its morphemes spell it only in part",
    "aligned": "its morphemes spell it but for some letters (--canonical skip)",
    "ambiguous": "several segmentations with other boundaries",
    "short": "one character",
    "unknown": "the grammar doesn't know it",
}


@dataclass(frozen=True, eq=False)
class Gold:
    """Distinct words with the boundaries between their morphemes.

    Attributes:
        name, language: of the file, and what its words are of (an id, or empty).
        quality: ``gold``: people divided them; ``silver``: a program did.
        words: distinct, back to back.
        starts: the boundaries of word i are ``boundaries[starts[i]:starts[i + 1]]``, int64 [words + 1].
        boundaries: in code points from the start of the word, ascending, int64 [n].
        sha256: of the words and boundaries.
        exact, aligned: how many words their morphemes spell, and spell but for some letters.
        left_out: how many words by reason, and the line of the first of each.
    """

    name: str
    language: str
    quality: Quality
    words: Strings
    starts: Ints
    boundaries: Ints
    sha256: str
    exact: int
    aligned: int
    left_out: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def gold_of(
    rows: Iterable[Row], name: str, language: str, quality: Quality, canonical: Literal["align", "skip"]
) -> Gold:
    """Place the boundaries in all words.

    Args:
        canonical: what is done with words that their morphemes spell but for some letters.

    Raises:
        UserError: no word is left; the first of them with its line.
    """
    every: dict[str, tuple[int, list[Spelled]]] = {}
    for row in rows:
        _, found = every.setdefault(row.word, (row.line, []))
        found += [spelled(row.word, marked, row.separators) for marked in row.marked]
    kept: dict[str, Spelled] = {}
    reasons: Counter[str] = Counter()
    lines: dict[str, int] = {}
    for word, (line, found) in every.items():
        one = _one_of(word, found)
        how = one.how if one.how != "aligned" or canonical == "align" else "left"
        if how in ("exact", "aligned"):
            kept[word] = one
        else:
            reason = "aligned" if how == "left" else how
            reasons[reason] += 1
            lines.setdefault(reason, line)
    if not kept:
        _refuse(name, every, reasons, lines)
    counts = [len(one.boundaries) for one in kept.values()]
    return Gold(
        name=name,
        language=language,
        quality=quality,
        words=Strings.of(kept),
        starts=np.append(0, np.cumsum(counts)).astype(np.int64),
        boundaries=np.array([place for one in kept.values() for place in one.boundaries], np.int64),
        sha256=sha256(repr([(word, one.boundaries) for word, one in kept.items()]).encode()).hexdigest(),
        exact=sum(one.how == "exact" for one in kept.values()),
        aligned=sum(one.how == "aligned" for one in kept.values()),
        left_out={reason: (n, lines[reason]) for reason, n in reasons.items()},
    )


def _one_of(word: str, found: list[Spelled]) -> Spelled:
    """What all segmentations of a word agree on."""
    if not found:
        return Spelled("unknown")
    if len(word) < 2:
        return Spelled("short")
    placed = {one.boundaries for one in found if one.how in ("exact", "aligned")}
    if len(placed) > 1:
        return Spelled("ambiguous")
    return min(found, key=lambda one: ("exact", "aligned", "unsure", "different").index(one.how))


def _refuse(
    name: str,
    every: Mapping[str, tuple[int, list[Spelled]]],
    reasons: Counter[str],
    lines: Mapping[str, int],
) -> None:
    reason = reasons.most_common(1)[0][0]
    word = next(word for word, (line, _) in every.items() if line == lines[reason])
    raise UserError(
        f"{name}, line {lines[reason]}: {word[:40]!r} can't be used: {LEFT_OUT[reason]}; so it is with "
        f"{reasons[reason]} of {len(every)} words, and no other can be used"
    )
