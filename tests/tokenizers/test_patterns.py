"""What is proved of a pattern, judged by its matches in all pairs of hard words."""

from __future__ import annotations

from itertools import product

import pytest
import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from langcov.tokenizers.patterns import cuts_before_space, is_local
from langcov.tokenizers.rank_patterns import PATTERNS, pattern_of

_HARD = "а аб ab' 's 1 123 12а — ... а. .а ё\u0301 \u0301 \u200b 中文 中а \x1c A Ab don't / \U0001f468"
WORDS = _HARD.split(" ")
DEEPSEEK = (
    "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
    "| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+"
)


@pytest.mark.parametrize("pattern", [*map(pattern_of, PATTERNS), DEEPSEEK, r"\s+|[^ |]+", r" +\p{L}+|\s"])
def test_patterns_in_use_are_proved(pattern: str) -> None:
    """Those of the installed tiktoken, of rank_patterns.tsv, of DeepSeek."""
    assert cuts_before_space(pattern)


@pytest.mark.parametrize("pattern", [r"\p{N}{1,3}", "[一-龥]+", r"\s?[A-Z]+|[\r\n]", r"\s+$", r" ?\p{L}+"])
def test_a_pattern_can_be_local_and_begin_no_match_at_a_cut(pattern: str) -> None:
    assert is_local(pattern) and not cuts_before_space(pattern)


REACHING = [r"\p{L}+ ?", r"\S+\s", r"[^a]{2}", r"(?:a| b)+", "a b", r"\W+", ".+", "[^x]+x"]
LOOKING = [r"(?<= )\p{L}+", r"\bx", "^x", "x(?=y)", r"\p{L}+$", r"\s*$", r"(?!x)\S", "(?>x)", r"(\S)\1"]
UNKNOWN = ["a?", "", "(?x)a", r"\x20+", "[a--b]+", r"\p{NoSuch}+", "x{", "(", "[a"]


@pytest.mark.parametrize("alternative", [*REACHING, *LOOKING, *UNKNOWN])
def test_one_other_alternative_and_nothing_is_proved(alternative: str) -> None:
    assert not is_local(rf"{alternative}|\s+")


_ATOM = st.sampled_from([r"\s", " ", r"\p{L}", r"[^\s\p{L}]", r"[^\p{L}]", r"\S", r"\W", "(?i:'s|a)", "."])
_TIMES = st.sampled_from(["", "", "?", "*", "+", "{1,2}", "++", "?+"])
_ALTERNATIVE = st.tuples(
    st.lists(st.tuples(_ATOM, _TIMES).map("".join), min_size=1, max_size=3).map("".join),
    st.sampled_from(["", "", r"(?!\S)", "$"]),
).map("".join)


@settings(max_examples=80, deadline=None)
@given(
    alternatives=st.lists(_ALTERNATIVE, min_size=1, max_size=3), space=st.sampled_from([r"\s+", r"\s", " "])
)
def test_matches_of_a_proved_pattern_are_those_of_the_words(alternatives: list[str], space: str) -> None:
    pattern = "|".join([*alternatives, space])
    assume(cuts_before_space(pattern))
    find = regex.compile(pattern, regex.V1).finditer
    alone = {text: [m.span() for m in find(text)] for word in WORDS for text in (word, f" {word}")}
    for left, right in product(WORDS, repeat=2):
        behind = [(a + len(left), b + len(left)) for a, b in alone[f" {right}"]]
        assert [m.span() for m in find(f"{left} {right}")] == alone[left] + behind
