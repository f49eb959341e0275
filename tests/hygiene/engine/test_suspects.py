"""Suspicious words found on arrays, against a search written with str and re."""

import re

from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.engine.suspects import flags, suspects
from langcov.hygiene.reading.fields import Fields

FLAGGED = flags("Cyrl", ["ӏx", {"\u00ad", "з̌"}], ["1|!"], ["<@"])
LINES = st.lists(st.text(st.sampled_from("аБ́ӏx\u00ad1|!<@ \u00a0\r7"), max_size=14), min_size=1, max_size=8)
ONE = re.compile(r"[^\W\d_]|\u0301")


def joins(text: str, at: int) -> bool:
    return 0 <= at < len(text) and ONE.fullmatch(text[at]) is not None


def suspicious(text: str, start: int, end: int) -> bool:
    for at in range(start, end):
        before, after = joins(text, at - 1), joins(text, at + 1)
        if text[at] in "ӏx\u00ad" or (text[at] in "1|" and (before or after)):
            return True
        if (text[at] == "!" and before and after) or text[at : at + 3] == "БББ":
            return True
    return False


@given(LINES)
def test_words_are_those_of_a_plain_search(lines: list[str]) -> None:
    found = suspects(Fields.of(lines), FLAGGED)
    wanted = [
        (number, match.start(), match.group())
        for number, line in enumerate(lines)
        for match in re.finditer(r"\S+", line)
        if suspicious(line, match.start(), match.end())
    ]
    assert list(zip(found.text.tolist(), found.column.tolist(), found.words.to_list())) == wanted
    assert found.total_words == sum(len(line.split()) for line in lines)
    assert found.total_letters == sum(character.isalpha() for line in lines for character in line)


@given(LINES)
def test_lines_are_those_with_a_sign_or_a_long_number(lines: list[str]) -> None:
    found = suspects(Fields.of(lines), FLAGGED)
    wanted = [
        number for number, line in enumerate(lines) if re.search("[<@]", line) or crowded([*line, "\n"])
    ]
    assert set(wanted) <= set(found.lines.tolist())
    # Digits are counted over the end of a line: what comes of it is looked at in vain.
    assert all(re.search("[<@0-9]", lines[number]) for number in found.lines.tolist())


def crowded(characters: list[str]) -> bool:
    digits = [place for place, character in enumerate(characters) if character.isdigit()]
    return any(late - early < 20 for early, late in zip(digits, digits[6:]))
