from __future__ import annotations

import pytest

import langcov
from langcov.core.names import several, visible
from langcov.errors import UserError


def test_what_a_terminal_must_not_obey() -> None:
    assert visible("ак\u00a0барс\udcff", but="\u00a0") == "ак\u00a0барс\\udcff"


def test_names_between_commas() -> None:
    assert several([]) == []
    assert several(["a,b", "", "c,"]) == ["a", "b", "c"]


@pytest.mark.parametrize("given", ["", ",", [""], [" ", ","]])
def test_an_empty_name_is_not_no_name(given: str | list[str]) -> None:
    with pytest.raises(UserError, match="a list of names is empty"):
        several(given)


def test_an_empty_mapping_of_systems() -> None:
    with pytest.raises(UserError, match="nothing to measure"):
        langcov.measure_tokenizers({}, [{"tat": ["ак барс"]}])
