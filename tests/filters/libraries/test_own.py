"""Rules of a number: at their edges."""

from __future__ import annotations

import pytest

from langcov.errors import UserError
from langcov.filters.libraries.base import Setting
from langcov.filters.libraries.own import Own, make

TATAR = Setting("tat_Cyrl", "tat_Cyrl")


def made(name: str, setting: Setting = TATAR, **arguments: float) -> Own:
    one = make(name, arguments, setting)
    assert not isinstance(one, str), one
    return one


def test_length_counts_characters_with_line_ends() -> None:
    one = made("length", above=5)
    assert one.rules[0].name == "length_5"
    assert [one.breaks(0, text) for text in ("аб\nвг", "аб\nвгд")] == [True, False]


def test_a_segment_is_cut_at_each_space_as_the_script_does() -> None:
    one = made("segment_average", above=5, above_unspaced=10)
    assert one.rules[0].name == "word_avg_5"
    texts = ("a b c d e", "a b c d e f", "a  b  c d", "a b c d e f g h\n")  # the last: 8 and 1
    assert [one.breaks(0, text) for text in texts] == [True, False, False, True]


def test_characters_are_counted_where_no_spaces_part_words() -> None:
    one = made("segment_average", Setting("zho_Hans", "zho_Hans"), above=5, above_unspaced=10)
    assert one.rules[0].name == "char_avg_10"
    assert [one.breaks(0, "字" * n) for n in (10, 11)] == [True, False]


def test_letters_are_those_of_the_alphabet_and_signs_have_no_vote() -> None:
    one = made("letters", least=0.75)
    assert [one.breaks(0, text) for text in ("Әйе, 12!", "әйеq", "әйqq", "12 …", "")] == [
        *(False, False, True, False, False)
    ]
    assert not one.remade({"least": 0.5}).breaks(0, "әйqq")
    assert make("letters", {"least": 0.5}, Setting("zho_Hans", "zho_Hans")) == (
        "no source gives the letters of zho_Hans"
    )


def test_an_unknown_rule_or_argument_names_the_nearest() -> None:
    with pytest.raises(UserError, match="langcov has no filter 'letter'; did you mean 'letters'"):
        make("letter", {}, TATAR)
    with pytest.raises(UserError, match="length has no argument 'abov'; did you mean 'above'"):
        make("length", {"abov": 3}, TATAR)
