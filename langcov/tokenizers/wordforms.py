"""When the tokens of a line are the tokens of its words: the proofs and the probe.

A line is cut (``text.units``) before single U+0020 between two characters outside White_Space. A tokenizer
may be asked for each distinct unit once only if the cut changes nothing: no piece, merge, regex match or
normaliser rule may reach over it, and what stands right of it must be read as at the start of a text.
Adapters prove that from the structure of the file; ``confirm`` then tries it on hostile lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import compress, pairwise, permutations

import numpy as np

from langcov.errors import LangcovError
from langcov.text.strings import Strings
from langcov.text.units import cut
from langcov.tokenizers.protocol import Encoded, Tokenizer, WordForm

MARK = "\u2581"

# Alternatives of the pre-tokenizer patterns in use (GPT-2, cl100k, o200k, Llama 3, Qwen, Tekken). None
# has a look-behind, and none can match a white-space character, line ends apart, after another character:
# so no match reaches over a cut, and what follows the cut is matched as at the start of a text. The
# look-aheads stand after white space only, and a unit doesn't end with any.
_UPPER, _LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_CONTRACTION = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_LOCAL_ALTERNATIVES = frozenset(
    rf"""
's
't
're
've
'm
'll
'd
'(?:[sdmt]|ll|ve|re)
'(?i:[sdmt]|ll|ve|re)
{_CONTRACTION}
 ?\p{{L}}+
 ?\p{{L}}++
 ?[\p{{L}}]+
 ?\p{{N}}+
 ?\p{{N}}++
 ?[\p{{N}}]+
\p{{N}}
\p{{N}}+
\p{{N}}{{1,3}}
\p{{N}}{{1,3}}+
 ?[^\s\p{{L}}\p{{N}}]+
 ?[^\s\p{{L}}\p{{N}}]++
 ?[^\s\p{{L}}\p{{N}}]+[\r\n]*
 ?[^\s\p{{L}}\p{{N}}]++[\r\n]*
 ?[^\s\p{{L}}\p{{N}}]++[\r\n]*+
 ?[^\s\p{{L}}\p{{N}}]+[\r\n/]*
 ?[^\s\p{{L}}\p{{M}}\p{{N}}]+[\r\n]*
[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+
[^\r\n\p{{L}}\p{{N}}]?+\p{{L}}+
[^\r\n\p{{L}}\p{{N}}]?+\p{{L}}++
[^\r\n\p{{L}}\p{{N}}]?[\p{{L}}\p{{M}}]+
[^\r\n\p{{L}}\p{{N}}]?{_UPPER}*{_LOWER}+
[^\r\n\p{{L}}\p{{N}}]?{_UPPER}+{_LOWER}*
[^\r\n\p{{L}}\p{{N}}]?{_UPPER}*{_LOWER}+{_CONTRACTION}?
[^\r\n\p{{L}}\p{{N}}]?{_UPPER}+{_LOWER}*{_CONTRACTION}?
\s*[\r\n]
\s*[\r\n]+
\s++$
\s+$
\s+(?!\S)
\s
\s+
""".strip("\n").split("\n")
)
_ANY_WHITE_SPACE = frozenset([r"\s", r"\s+"])


def alternatives(pattern: str) -> list[str]:
    r"""The alternatives of a regex, cut at each ``|`` outside groups and classes.

    >>> alternatives(r"'(?:s|t)|[|\]]+|\s+")
    ["'(?:s|t)", '[|\\]]+', '\\s+']
    """
    parts, depth = [""], 0
    for atom in re.findall(r"\\.|\[(?:\\.|[^\]\\])*\]|.", pattern, re.DOTALL):
        depth += (atom == "(") - (atom == ")")
        if atom == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += atom
    return parts


def is_local(pattern: str) -> bool:
    """Whether no match of the pattern reaches over a cut or depends on what stands beyond it."""
    return _LOCAL_ALTERNATIVES.issuperset(alternatives(pattern))


def cuts_before_space(pattern: str) -> bool:
    """Whether the pattern is local and also begins a match at every cut, so that nothing spans it.

    >>> cuts_before_space(r" ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+")
    True
    >>> cuts_before_space(r"\\p{L}+ \\p{L}+|\\s+")
    False
    """
    return is_local(pattern) and not _ANY_WHITE_SPACE.isdisjoint(alternatives(pattern))


def crosses_mark(piece: str) -> bool:
    """Whether a piece goes on over a word-start mark, so that it could join two words.

    >>> crosses_mark("▁▁а"), crosses_mark("а▁б")
    (False, True)
    """
    return MARK in piece.lstrip(MARK)


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
    inside = made.units.data[made.units.starts] == 0x20
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
