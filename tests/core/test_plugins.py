"""What other packages declare, and how it goes wrong."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from langcov.core.plugins import named, registry
from langcov.errors import UserError
from tests.plug_ins import declared


@dataclass(frozen=True)
class Thing:
    name: str


def things() -> dict[str, Thing]:
    return registry({"own": Thing("own")}, "langcov.things", "thing", named(Thing))


def test_an_entry_point_is_one_object_or_several_in_the_order_of_names() -> None:
    with declared(things={"z": Thing("a"), "b": [Thing("y"), Thing("x")]}, others={"a": Thing("no")}):
        assert list(things()) == ["own", "y", "x", "a"]
    assert list(things()) == ["own"]


@pytest.mark.parametrize("claims", [[Thing("own"), Thing("own")], [Thing("twice"), Thing("twice")]])
def test_a_name_is_claimed_once(claims: list[Thing]) -> None:
    different = [claims[0], type("Other", (Thing,), {})(claims[1].name)]
    with declared(things={"a": different}), pytest.raises(UserError, match="is claimed twice"):
        things()


@pytest.mark.parametrize("wrong", ["a text", 3, None, [Thing("x"), 4]])
def test_what_is_declared_must_be_of_its_kind(wrong: Any) -> None:
    with declared(things={"a": wrong}), pytest.raises(UserError, match="is no Thing and no list of them"):
        things()


def test_a_package_that_is_broken_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("x", "no_such_module:THING", "langcov.things")
    monkeypatch.setattr("langcov.core.plugins.entry_points", lambda group: [point])
    with pytest.raises(UserError, match=r"no_such_module:THING .* can't be loaded: ModuleNotFoundError"):
        things()


def test_entry_points_are_looked_for_late() -> None:
    code = "import sys, langcov.core.plugins; sys.exit('importlib.metadata' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
