"""The strictest number that 99 % of clean text passes: against a plain search over all numbers."""

from __future__ import annotations

import random

import pytest

from langcov.errors import UserError
from langcov.filters.libraries.base import Setting
from langcov.filters.libraries.own import make
from langcov.filters.prepare import Ready
from langcov.filters.thresholds import scales, thresholds

SETTING = Setting("tat_Cyrl", "tat_Cyrl")


def texts(n: int) -> list[str]:
    """Between none and all of twenty letters are of the alphabet."""
    draw = random.Random(3)
    return ["".join(draw.choices("әq", (draw.random(), 0.2), k=20)) for _ in range(n)]


def by_hand(documents: list[str], allowed: int) -> float | None:
    """The highest of all numbers at which so few fail."""
    for number in (place / 1000 for place in range(1000, -1, -1)):
        one = make("letters", {"least": number}, SETTING)
        assert not isinstance(one, str)
        if sum(one.breaks(0, text) for text in documents) <= allowed:
            return number
    return None


@pytest.mark.parametrize(("n", "allowed"), [(20, 0), (99, 0), (100, 1), (250, 2)])
def test_it_is_the_strictest_number_with_which_one_in_a_hundred_fails(n: int, allowed: int) -> None:
    documents = texts(n)
    own = make("letters", {"least": 0.9}, SETTING)
    assert not isinstance(own, str)
    [found] = thresholds(documents, Ready((("letters", own),), None))
    assert found.clean == by_hand(documents, allowed)
    assert found.removed == sum(own.breaks(0, text) for text in documents)
    assert found.too_strict == (found.removed > allowed)


def test_too_few_documents_are_refused() -> None:
    with pytest.raises(UserError, match="--clean has 19 documents in the language: thresholds need 20"):
        thresholds(texts(19), Ready((), None))


def test_where_no_number_helps_it_is_none_and_other_numbers_of_the_filter_do_not_disturb() -> None:
    pytest.importorskip("opusfilter")
    from langcov.filters.libraries.opusfilter import make as opus

    steps = [(name, opus(name, {}, SETTING)) for name in ("LinguaFilter", "AverageWordLengthFilter")]
    documents = ["ab " * 9 if number else "a " * 9 for number in range(40)]  # Lingua has no Tatar
    found = {(one.filter, one.argument): one for one in thresholds(documents, Ready(tuple(steps), None))}
    assert found["LinguaFilter", "thresholds"].clean is None
    assert found["AverageWordLengthFilter", "min_length"].clean == 1.0
    assert found["AverageWordLengthFilter", "min_length"].removed == 1
    assert found["AverageWordLengthFilter", "max_length"].clean == 2.0
    assert not found["AverageWordLengthFilter", "max_length"].removed


def test_each_rule_of_a_list_has_its_number() -> None:
    pytest.importorskip("datatrove")
    pytest.importorskip("spacy")
    from langcov.filters.libraries.datatrove import make as trove

    one = trove(
        "GopherRepetitionFilter", {"top_n_grams": [[2, 0.2], [3, 0.18]]}, Setting("eng_Latn", "eng_Latn")
    )
    assert not isinstance(one, str)
    documents = ["the cat sat on the mat and the cat ate " * (1 + number % 3) for number in range(20)]
    found = {t.rule.name: t for t in thresholds(documents, Ready(((one.name, one),), None))}
    for name, place in (("top_2_gram", 0), ("top_3_gram", 1)):
        number = found[name].clean
        assert number is not None
        pairs = [[2, 0.2], [3, 0.18]]
        strict, loose = (
            [[n, round(number + step, 3)] if i == place else [n, v] for i, (n, v) in enumerate(pairs)]
            for step in (-0.001, 0)
        )
        at = [rule.name for rule in one.rules].index(name)
        assert not any(one.remade({"top_n_grams": loose}).breaks(at, text) for text in documents)
        assert any(one.remade({"top_n_grams": strict}).breaks(at, text) for text in documents)


def test_a_scale_of_every_argument_ends_where_it_says() -> None:
    for scale in scales().values():
        assert (scale.at(0), scale.at(scale.last)) == (scale.strict, scale.loose)
