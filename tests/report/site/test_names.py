"""File names of pages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.report.site.names import files


@given(
    st.sets(st.text(max_size=90) | st.sampled_from(["con", "CON", "a/b", "a?b", "A", "a", "..", "", "nul.x"]))
)
def test_each_name_has_a_safe_file_of_its_own(names: set[str]) -> None:
    found = files(names)
    assert found.keys() == names
    assert len({file.casefold() for file in found.values()}) == len(names)
    for file in found.values():
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,80}", file) and not file.endswith(".")
        assert file.partition(".")[0].casefold() not in ("con", "nul", "aux", "prn", "com1")


@pytest.mark.parametrize("name", ["tat_Cyrl", "lid.176", "langcov-balanced-32k"])
def test_a_simple_name_stays(name: str) -> None:
    assert files([name, "org/model"]) == {name: name, "org/model": "org-model"}


def test_long_names_with_one_beginning() -> None:
    one, other = files(["x" * 100, "x" * 100 + "y"]).values()
    assert one != other and len(one) < 80
