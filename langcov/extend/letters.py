"""Letters that a tokenizer spells in bytes or does not know, as they come before any piece with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from langcov.extend.learn import FEWEST_USES, Learned
from langcov.extend.protocol import Extender
from langcov.languages import alphabet, find


def missing_letters(
    extender: Extender, lines: Iterable[str], languages: Sequence[str], refused: Collection[str] = ()
) -> list[Learned]:
    """The letters of some languages that have no piece, as new pieces, the most frequent first.

    Args:
        lines: text of these, in which they are counted.
        languages: whose alphabets say what a letter is; without any, every letter of Unicode.
        refused: letters that protected text has, whose ids would change.
    """
    if not extender.in_letters:
        return []
    known = {letter for language in languages for letter in "".join(alphabet(find(language)))}
    uses = Counter(chain.from_iterable(lines))
    missing = [
        (letter, n)
        for letter, n in uses.most_common()
        if n >= FEWEST_USES
        and (letter in known if known else letter.isalpha())
        and letter not in extender.ids
        and letter not in refused
    ]
    first = extender.first_id
    return [Learned(first + at, letter, (), n) for at, (letter, n) in enumerate(missing)]
