"""Work in processes: told, refused, broken without a word of the text, and ended by whoever asks."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from langcov.errors import MissingLibrary, UserError
from langcov.web.lanes import Broken, Lane, Lanes, Stopped, Tell


def number_of_this(tell: Tell, *given: Any) -> Any:
    tell(0.5)
    return os.getpid(), given


def refuse(tell: Tell) -> None:
    raise MissingLibrary("a", "b", "this")


def look_up(tell: Tell, text: str) -> None:
    dict[str, str]()[text]


def sleep(tell: Tell, mark: str) -> None:
    Path(mark).touch()
    time.sleep(60)


@pytest.fixture
def lane() -> Iterator[Lane]:
    made = Lane()
    yield made
    made.stop()


def test_a_lane_answers_and_keeps_its_process(lane: Lane) -> None:
    told: list[Any] = []
    first = lane.run(number_of_this, ("a",), told.append)
    assert first[1] == ("a",)
    assert first[0] != os.getpid()
    assert lane.run(number_of_this, (), told.append)[0] == first[0]
    assert told == [0.5, 0.5]


def test_what_is_refused_says_why_and_what_breaks_only_where(lane: Lane) -> None:
    with pytest.raises(UserError, match=r"this needs a: pip install 'langcov\[b\]'"):
        lane.run(refuse, (), print)
    with pytest.raises(Broken, match=r"^KeyError \(lanes.py, \d+\)$"):
        lane.run(look_up, ("хIун",), print)


def test_an_ended_lane_is_made_anew(tmp_path: Path) -> None:
    async def scene() -> None:
        lanes, mark = Lanes(1), tmp_path / "mark"
        begun: list[Lane] = []
        long = asyncio.create_task(lanes.run(sleep, (str(mark),), print, begun.append))
        after = asyncio.create_task(lanes.run(number_of_this, ("next",), lambda share: None))
        while not mark.exists():
            await asyncio.sleep(0.01)
        assert not after.done()
        begun[0].stop()
        with pytest.raises(Stopped):
            await long
        assert (await after)[1] == ("next",)
        lanes.stop()

    asyncio.run(scene())
