"""Runs that are stopped in whatever way go on where they were, to the same bytes."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from langcov.core.files import TEMPORARY
from langcov.corpora import resolve
from langcov.measure.plan import Settings
from langcov.measure.tokenizers import measure
from langcov.tokenizers import load
from tests.cli.conftest import Run, environment

PIECE = 20_000
SMALL = f"""
import langcov.measure.sources, langcov.core.cluster, langcov.cli
langcov.measure.sources.PART_BYTES = {PIECE}
langcov.core.cluster.PATIENCE = "1s"
raise SystemExit(langcov.cli.main())
"""


@pytest.fixture(scope="module")
def text() -> bytes:
    """Of some fifty pieces."""
    dice = random.Random(7)
    words = ["".join(dice.choices("абвгдежзиклмнопрст", k=dice.randint(1, 9))) for _ in range(3000)]
    lines = (" ".join(dice.choices(words, k=dice.randint(1, 12))) for _ in range(18_000))
    return "\n".join(lines).encode()


@pytest.fixture
def corpus(text: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with it."""
    monkeypatch.setattr("langcov.measure.sources.PART_BYTES", PIECE)
    folder = tmp_path / "text"
    folder.mkdir()
    (folder / "rus_Cyrl.txt").write_bytes(text)
    return folder


def command(corpus: Path, *more: object) -> list[str]:
    args = ("tokenizers", "bytes", "chars", "--corpus", corpus, "--no-hygiene", "--format", "json")
    return [*map(str, args), "--resume", str(corpus.parent / "keep"), *map(str, more)]


def figures(printed: str | bytes) -> str:
    """A result without the time at which it was made."""
    made = json.loads(printed)
    return json.dumps({name: part for name, part in made.items() if name != "created"})


@pytest.fixture(scope="module")
def wanted(text: bytes, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The result of an undisturbed run in one process, which cuts nothing."""
    folder = tmp_path_factory.mktemp("whole") / "text"
    folder.mkdir()
    (folder / "rus_Cyrl.txt").write_bytes(text)
    systems = [load("bytes"), load("chars")]
    return figures(measure(resolve([str(folder)]), systems, Settings()).to_json())


def pieces(corpus: Path) -> int:
    return len(list((corpus.parent / "keep").glob("*.piece")))


def started(corpus: Path, *more: object) -> subprocess.Popen[bytes]:
    """A run in a process of its own that has finished some pieces, and not all."""
    process = subprocess.Popen(
        [sys.executable, "-c", SMALL, *command(corpus, *more)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    until(lambda: pieces(corpus) > 2 or process.poll() is not None)
    return process


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def children(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes of a pool, without the one that tracks resources."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()
    return [int(pid) for pid in listed if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def end(process: subprocess.Popen[bytes]) -> tuple[int, bytes]:
    try:
        return process.wait(30), process.communicate()[1]
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def goes_on(corpus: Path, run: Run, wanted: str, *more: object) -> None:
    """The same command makes the figures of an undisturbed run, and leaves nothing."""
    kept = pieces(corpus)
    assert kept > 2
    (corpus.parent / "keep" / TEMPORARY.replace("*", "0")).touch()  # as a process killed in writing leaves it
    ran = run(*command(corpus, *more))
    assert (ran.code, figures(ran.out) == wanted) == (0, True)
    assert not (corpus.parent / "keep").exists()


@pytest.mark.parametrize(("number", "code", "jobs"), [(signal.SIGKILL, -9, 2), (signal.SIGTERM, 130, 1)])
def test_a_run_that_is_ended_goes_on(
    number: int, code: int, jobs: int, corpus: Path, run: Run, wanted: str
) -> None:
    process = started(corpus, "--jobs", jobs)
    process.send_signal(number)
    ended, said = end(process)
    assert ended == code
    if number == signal.SIGTERM:
        told = (
            rf"langcov: {pieces(corpus)} finished pieces are in \S+/keep: the same command goes on with them"
        )
        assert re.fullmatch(told + r"\nlangcov: interrupted\n", said.decode())
    goes_on(corpus, run, wanted)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's list of processes")
def test_a_worker_that_is_ended_costs_no_piece(corpus: Path, run: Run, wanted: str) -> None:
    process = started(corpus, "--jobs", 2)
    os.kill(children(process)[0], signal.SIGKILL)  # as the system does where memory is short
    ended, said = end(process)
    assert ended == 2
    assert b"langcov: a worker process died, perhaps for want of memory" in said
    goes_on(corpus, run, wanted)


def test_pieces_are_read_and_not_counted_again(
    corpus: Path, run: Run, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = started(corpus)
    process.kill()
    end(process)
    kept, counted = pieces(corpus), []
    from langcov.counting import tokens

    monkeypatch.setattr(
        "langcov.measure.tokenizers.count_source",
        lambda job, *more: counted.append(job.part) or tokens.count_source(job, *more),
    )
    damaged = next((corpus.parent / "keep").glob("*.piece"))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    all_of_it = 1 + (corpus / "rus_Cyrl.txt").stat().st_size // PIECE
    ran = run(*command(corpus))
    assert (ran.code, figures(ran.out) == wanted) == (0, True)
    assert ran.err == f"langcov: {damaged} is damaged: this piece is counted again\n"
    assert len(counted) == all_of_it - kept + 1


def test_another_run_is_refused(corpus: Path, run: Run, wanted: str) -> None:
    process = started(corpus)
    busy = run(*command(corpus)).complaint
    assert busy.endswith("keep: another run is using it: name another folder")
    process.kill()
    end(process)
    text = (corpus / "rus_Cyrl.txt").read_bytes()
    for change, said in (
        (text + b"\n\xd0\xb0", r"files, \S+/rus_Cyrl\.txt was \"\w{64}\", now \"\w{64}\""),
        (None, r"files, \S+/rus_Cyrl\.txt was"),
    ):
        (corpus / "rus_Cyrl.txt").unlink()
        if change:
            (corpus / "rus_Cyrl.txt").write_bytes(change)
        else:
            (corpus / "rus_Cyrl.txt").write_bytes(text[:100])
        assert re.search(said, run(*command(corpus)).complaint)
    (corpus / "rus_Cyrl.txt").write_bytes(text)  # with another time
    told = run(*command(corpus, "--context", 512)).complaint
    assert "is of another run: settings, context was 8192, now 512; go on as it began" in told
    assert "settings, specs was" in run(*[one for one in command(corpus) if one != "chars"]).complaint
    goes_on(corpus, run, wanted)


def test_a_folder_of_something_else_is_refused(corpus: Path, run: Run) -> None:
    (corpus.parent / "keep").mkdir()
    (corpus.parent / "keep" / "letters").write_text("mine")
    assert "it holds letters and no run.json: name an empty folder" in run(*command(corpus)).complaint


def test_a_file_that_vanishes_in_the_middle_costs_no_piece(corpus: Path, run: Run, wanted: str) -> None:
    process = started(corpus)
    text = corpus / "rus_Cyrl.txt"
    text.rename(corpus.parent / "elsewhere")
    ended, said = end(process)
    assert (ended, b"rus_Cyrl.txt: no such file" in said) == (2, True)
    (corpus.parent / "elsewhere").rename(text)
    goes_on(corpus, run, wanted)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("may not mount a file system")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_costs_pieces_and_no_figure(
    small_disk: Path, corpus: Path, run: Run, wanted: str
) -> None:
    args = [str(small_disk / "keep") if one.endswith("/keep") else one for one in command(corpus)]
    ran = run(*args)
    assert (ran.code, figures(ran.out) == wanted) == (0, True)
    assert re.match(
        r"langcov: no more pieces are kept, .*: \S+ cannot be written \(No space left on device\)", ran.err
    )
    assert ran.err.count("\n") == 1
