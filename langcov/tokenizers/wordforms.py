"""When the tokens of a line are the tokens of its words: the proofs and the probe.

A line is cut (``text.units``) before single U+0020 between two characters outside White_Space. A tokenizer
may be asked for each distinct unit once only if the cut changes nothing: no piece, merge, regex match or
normaliser rule may reach over it, and what stands right of it must be read as at the start of a text.
Adapters prove that from the structure of the file; ``confirm`` then tries it on hostile lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, pairwise, permutations

import numpy as np

from langcov.errors import LangcovError
from langcov.text.strings import Strings
from langcov.text.units import cut, is_inside
from langcov.tokenizers.protocol import Encoded, Tokenizer, WordForm

MARK = "\u2581"
FEW = 10
"""Pieces over a space that are worth seeking: Gemma 3 has one; of superword models most lines hold some."""


def crosses_mark(piece: str) -> bool:
    """Whether a piece goes on over a word-start mark, so that it could join two words.

    >>> crosses_mark("▁▁а"), crosses_mark("а▁б")
    (False, True)
    """
    return MARK in piece.lstrip(MARK)


def over_spaces(crossing: Sequence[str]) -> tuple[list[str] | None, str]:
    """What a line has to hold for one of some crossing pieces to be in it, and how that is said.

    Merging never makes a piece that isn't in the text: the tokens of a line that holds none of these are
    those of its words. That is only so where nothing but its spaces is rewritten.

    Returns:
        The texts, None if they are too many, or in too many lines; and a clause.

    >>> over_spaces([">▁</"])[0], over_spaces(["а▁", "б▁а"])
    (['> </'], (None, '2 pieces reach over a space'))
    """
    if not crossing:
        return [], "no piece reaches over a space"
    one = f"the piece {crossing[0]!a} reaches over a space"
    said = one if len(crossing) == 1 else f"{len(crossing)} pieces reach over a space"
    texts = [piece.lstrip(MARK).replace(MARK, " ") for piece in crossing]
    if len(texts) > FEW or any(text.endswith(" ") for text in texts):
        return None, said
    return texts, f"{said}; a line that holds {'it' if len(crossing) == 1 else 'one'} is encoded whole"


_PLAIN = "а аа ё\u0301 \u0301 Қазақ the don't 's İI 123456 ٣ ½ !? — « /n 中文 ไทย नि <unk> ##a \U00010348"
_ODD = "\u0600 \u200b \u200d \ufeff \xad \xb4 \u037a ﬁ \ufdfa \x01 \x1c \U0001f468\u200d\U0001f469"
_ATOMS = [*_PLAIN.split(" "), *_ODD.split(" ")]


def hostile_lines() -> list[str]:
    """Lines of two to many words on which a wrong word form would show, all of them regular."""
    pairs = [f"{left} {right}" for left, right in permutations(_ATOMS[::4], 2)]
    neighbours = [f"{left} {right}а б{left}" for left, right in pairwise(_ATOMS)]
    return [" ".join(_ATOMS), " ".join(reversed(_ATOMS)), *pairs, *neighbours]


def differing_lines(tokenizer: Tokenizer, form: WordForm, lines: Iterable[str]) -> list[str]:
    """The lines that go by units whose tokens by units differ from the tokens of the whole line."""
    special = tokenizer.whole_line_texts
    strings = Strings.of(line for line in lines if not any(text in line for text in special))
    made = cut(strings)
    whole_lines = strings[made.regular].to_list()
    inside = is_inside(made.units)
    units = Strings(made.units.data, made.units.starts + (inside & (form == "stripped")), made.units.ends)
    whole, by_unit = tokenizer.encode(whole_lines), tokenizer.encode(units.to_list())
    first_unit = np.searchsorted(made.line, np.append(np.flatnonzero(made.regular), len(strings)))
    by_line = Encoded(by_unit.ids, by_unit.starts[first_unit])
    return list(compress(whole_lines, whole.differs(by_line)))


def confirm(tokenizer: Tokenizer) -> None:
    """Try the proved word form on hostile lines; a contradiction takes it back and becomes the reason."""
    if tokenizer.word_form is None:
        return
    try:
        wrong = differing_lines(tokenizer, tokenizer.word_form, hostile_lines())
    except LangcovError as error:
        tokenizer.word_form, tokenizer.word_reason = None, f"the probe failed: {error}"
        return
    if wrong:
        tokenizer.word_form = None
        tokenizer.word_reason = f"the probe found other tokens by word than by line in {wrong[0]!a}"
