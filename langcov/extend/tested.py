"""What new pieces do to languages: those that they are for, and those whose ids are to stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from langcov.core.names import number_of
from langcov.corpora.halves import Halves, Text
from langcov.errors import UserError
from langcov.extend.verify import (
    AFTER,
    BEFORE,
    Both,
    Figure,
    aligned,
    change,
    encode_both,
    fertility,
    figure,
)
from langcov.metrics.intervals import too_few
from langcov.tokenizers.protocol import Tokenizer

EXAMPLES = 5


@dataclass(frozen=True)
class Premium:
    """Tokens of a language over those of a reference, on the same lines."""

    reference: str
    before: Figure
    after: Figure
    change: Figure  # after less before


@dataclass(frozen=True)
class Tested:
    """What the new pieces do to a language, on lines that nothing was learned from."""

    language: str
    lines: int
    tokens: tuple[int, int]  # before, after
    expected: int  # tokens after, as the choice of the pieces foresaw them
    change: Figure  # of the tokens, as a share
    fertility: tuple[Figure, Figure]  # before, after
    premiums: tuple[Premium, ...]
    unknown: tuple[int, int]  # UNK tokens before, after
    otherwise: int | None  # lines that come back as another text; None of a tokenizer that can't decode
    used: int  # new pieces that occur
    repeated: int  # lines left out, as they are learned on too


@dataclass(frozen=True)
class Kept:
    """What the new pieces do to a protected language."""

    language: str
    lines: int  # of the corpora; 0: they have none of it
    changed: int  # lines whose ids are others
    examples: tuple[str, ...]  # some of these
    tokens: tuple[int, int]  # before, after
    listed: int  # lines of the words of the bundled tables
    listed_changed: int


def tested(
    language: str,
    both: Mapping[str, Both],
    halves: Halves,
    expected: int,
    new: Sequence[int],
    references: Sequence[str],
) -> Tested:
    """A language that the pieces are for.

    Args:
        both: lines to test on, by language.
        expected: tokens after, as they were foreseen.
        new: ids of the new pieces.
        references: that premiums are against, where the corpora have the same lines in them.
    """
    own = both[language]
    rows, sums = own.rows, own.counts.sum(axis=0)
    return Tested(
        language,
        len(own.text),
        (int(sums[BEFORE]), int(sums[AFTER])),
        expected,
        change(rows),
        (fertility(rows, BEFORE), fertility(rows, AFTER)),
        tuple(_premiums(own, {one: both[one] for one in references if one != language and one in both})),
        own.unknown,
        own.otherwise,
        int((own.uses[list(new)] > 0).sum()),
        halves.repeated,
    )


def _premiums(own: Both, references: Mapping[str, Both]) -> Iterator[Premium]:
    for name, other in references.items():
        rows = aligned(own, other)
        if len(rows):
            yield Premium(
                name,
                figure(rows, lambda sums: sums[..., 0] / sums[..., 2]),
                figure(rows, lambda sums: sums[..., 1] / sums[..., 3]),
                figure(rows, lambda sums: sums[..., 1] / sums[..., 3] - sums[..., 0] / sums[..., 2]),
            )


def kept(language: str, both: Both, listed: Sequence[str], before: Tokenizer, after: Tokenizer) -> Kept:
    """A protected language.

    Args:
        both: its lines of the corpora.
        listed: its words of the bundled tables, in lines.
    """
    words = encode_both(Text(list(listed)), before, after)
    sums = both.counts.sum(axis=0)
    changed = np.flatnonzero(both.changed)
    return Kept(
        language,
        len(both.text),
        len(changed),
        tuple(both.text.lines[at] for at in changed[:EXAMPLES].tolist()),
        (int(sums[BEFORE]), int(sums[AFTER])),
        len(listed),
        int(words.changed.sum()),
    )


def check_size(language: str, halves: Halves) -> None:
    """See that there is text to learn on and enough of it to test on.

    Raises:
        UserError: there is not.
    """
    lines = len(halves.test)
    if not halves.learn.lines:
        raise UserError(f"{language}: no line to learn on: give more text with --corpus")
    if reason := too_few(lines):
        raise UserError(
            f"{language}: a corpus too small to advise on: {number_of(lines, 'line')} to test on ({reason}): "
            f"give more text, or leave it out with --languages"
        )


def check_told(found: Tested) -> None:
    """See that the test can tell what the pieces save.

    A tokenizer that loses text may have more tokens once it loses less.

    Raises:
        UserError: it can't tell it from nothing.
    """
    value, low, high = found.change.value, found.change.low, found.change.high
    if value > 0 and found.unknown[1] >= found.unknown[0]:
        raise UserError(
            f"{found.language}: the pieces would make {100 * value:.1f} % more tokens: letters of it are "
            f"unknown to this tokenizer and in protected text too; protect less (--protect)"
        )
    if high is not None and low is not None and high >= 0 and found.unknown[1] >= found.unknown[0]:
        raise UserError(
            f"{found.language}: a corpus too small to advise on: tokens change by {100 * value:+.1f} % "
            f"[{100 * low:+.1f}, {100 * high:+.1f}] on {number_of(found.lines, 'line')}, which can't be told "
            f"from nothing: give more text, or leave it out with --languages"
        )
