"""Downloads against a server that breaks off, stalls, lies and changes its mind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from langcov.corpora.pull.download import Resuming
from langcov.errors import UserError
from tests.mirror import Mirror, mirror

__all__ = ["mirror"]

NAME = "owner/repository/commit/text.txt"
CONTENT = os.urandom(300_000)


class Fetch:
    """One file of the mirror, with little patience."""

    def __init__(self, mirror: Mirror, folder: Path) -> None:
        self.mirror = mirror
        self.out = folder / "out"
        self.part = folder / "text.txt.part"
        self.came = 0
        mirror.files[NAME] = CONTENT

    def __call__(self, *faults: str, attempts: int = 3) -> bytes:
        self.mirror.faults[NAME] = list(faults)
        self.mirror.asked.clear()
        resuming = Resuming(self.part, self._arrived, timeout=0.3, attempts=attempts, pause=0.01)
        resuming(f"{self.mirror.url}/{NAME}", str(self.out), None)
        return self.out.read_bytes()

    def _arrived(self, size: int) -> None:
        self.came += size

    @property
    def ranges(self) -> list[str | None]:
        return [asked for _, asked in self.mirror.asked]


@pytest.fixture
def fetch(mirror: Mirror, tmp_path: Path) -> Fetch:
    return Fetch(mirror, tmp_path)


def test_at_once(fetch: Fetch) -> None:
    assert fetch() == CONTENT
    assert (fetch.ranges, fetch.came) == ([None], len(CONTENT))
    assert [path.name for path in fetch.part.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("fault", ["drop", "stall"])
def test_a_break_is_resumed_where_it_was(fetch: Fetch, fault: str) -> None:
    assert fetch(fault, fault) == CONTENT
    starts = [int(asked.removeprefix("bytes=").rstrip("-")) for asked in fetch.ranges if asked]
    assert 100_000 < starts[0] <= 150_000 < starts[1] <= 225_000
    assert fetch.came == len(CONTENT)


def test_the_next_run_resumes_too(fetch: Fetch) -> None:
    with pytest.raises(UserError, match=r"text\.txt: .*; the 1\d\d,\d{3} bytes that came are kept"):
        fetch("drop", "500", "500", attempts=2)
    kept = fetch.part.stat().st_size
    assert fetch() == CONTENT
    assert fetch.ranges == [f"bytes={kept}-"]


def test_progress_is_patience(fetch: Fetch) -> None:
    assert fetch("500", "drop", "500", "drop", "500", "drop", attempts=3) == CONTENT


@pytest.mark.parametrize("fault", ["whole", "elsewhere"])
def test_a_server_that_does_not_resume_starts_over(fetch: Fetch, fault: str) -> None:
    assert fetch("drop", fault) == CONTENT
    assert fetch.ranges[1]


@pytest.mark.parametrize("careless", ["", "careless"])
def test_two_files_are_never_spliced(fetch: Fetch, careless: str) -> None:
    with pytest.raises(UserError):
        fetch("drop", "500", attempts=1)
    fetch.mirror.files[NAME] = changed = os.urandom(300_000)
    assert fetch(careless) == changed


@pytest.mark.parametrize("first", ["weak", "packed"])
def test_what_cannot_be_told_apart_is_not_resumed(fetch: Fetch, first: str) -> None:
    assert fetch(first) == CONTENT
    assert set(fetch.ranges) == {None}


def test_the_part_of_another_address_is_not_resumed(fetch: Fetch) -> None:
    with pytest.raises(UserError):
        fetch("drop", attempts=1)
    note = fetch.part.with_name("text.txt.part.json")
    note.write_text(note.read_text().replace("127.0.0.1", "localhost"))
    assert fetch() == CONTENT
    assert fetch.ranges == [None]


def test_a_part_that_is_already_all(fetch: Fetch) -> None:
    with pytest.raises(UserError):
        fetch("drop", attempts=1)
    fetch.part.write_bytes(CONTENT + b"!")
    assert fetch() == CONTENT


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        (["404"], "HTTP 404 Not Found"),
        (["403"], "HTTP 403 Forbidden"),
        (["503"] * 3, "HTTP 503 Service Unavailable"),
        (["silent"], "the server doesn't say how long it is"),
        (["packed silent"], "the server doesn't say how long it is"),
        (["stall"] * 20, "no answer in time; the "),
    ],
)
def test_what_is_given_up(fetch: Fetch, faults: list[str], message: str) -> None:
    with pytest.raises(UserError, match=message) as problem:
        fetch(*faults, attempts=2)
    assert "\n" not in str(problem.value)
    assert not fetch.out.exists()


def test_nobody_listens(fetch: Fetch) -> None:
    fetch.mirror.url = "http://127.0.0.1:9"
    with pytest.raises(UserError, match=r"127\.0\.0\.1:9.*: no connection$"):
        fetch()


@pytest.mark.parametrize("url", ["ftp://x.invalid", "http://", "nonsense"])
def test_no_address(fetch: Fetch, url: str) -> None:
    fetch.mirror.url = url
    with pytest.raises(UserError):
        fetch()
    assert fetch.ranges == []
