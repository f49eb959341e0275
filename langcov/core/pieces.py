"""A folder of finished pieces of a run, so that one that was stopped goes on where it was."""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import pickle
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any, BinaryIO

import zstandard

from langcov.core.composed import tell
from langcov.core.files import TEMPORARY, write_whole
from langcov.errors import UserError

if sys.platform != "win32":
    import fcntl

ABOUT, LOCK, PIECE = "run.json", "lock", ".piece"
FORM = 1
"""Of the folder: another version of langcov refuses it anyway."""


class Pieces:
    """Answers by their tasks, each in a file of its own with a checksum (``core.work.Kept``).

    >>> import tempfile
    >>> from dataclasses import make_dataclass
    >>> Task = make_dataclass("Task", ["number"])
    >>> with tempfile.TemporaryDirectory() as name, opened(Path(name), {"settings": 1}) as pieces:
    ...     pieces.put(Task(7), [1, 2])
    ...     pieces.get(Task(7)), pieces.get(Task(8))
    ([1, 2], None)
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writable = True

    def get(self, task: Any) -> Any:
        """The answer to a task; None if it is not here, or damaged, which is said."""
        path = self._path(task)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        answer = _unpacked(data)
        if answer is None:
            tell(f"{path} is damaged: this piece is counted again")
        return answer

    def put(self, task: Any, answer: Any) -> None:
        """Keep an answer; what can't be written is said once, and the run goes on."""
        if self._writable and not isinstance(answer, str):  # else it is why there is none this time
            try:
                write_whole(self._path(task), _packed(answer))
            except UserError as error:
                self._writable = False
                tell(
                    f"no more pieces are kept, so that they are counted again if this run is stopped: {error}"
                )

    @property
    def number(self) -> int:
        """How many there are."""
        return sum(1 for _ in self.folder.glob(f"*{PIECE}"))

    def clear(self) -> None:
        """Remove what is kept: it is not needed any more.

        What a process that was killed left half written goes too: the lock says that nobody writes here.
        """
        ours = (path for pattern in (f"*{PIECE}", TEMPORARY) for path in self.folder.glob(pattern))
        for path in (*ours, self.folder / ABOUT, self.folder / LOCK):
            path.unlink(missing_ok=True)
        with suppress(OSError):  # somebody else's files are in it
            self.folder.rmdir()

    def _path(self, task: Any) -> Path:
        said = json.dumps([type(task).__name__, asdict(task)], sort_keys=True, default=str)
        return self.folder / f"{hashlib.sha256(said.encode()).hexdigest()[:40]}{PIECE}"


@contextmanager
def opened(folder: Path, hangs_on: Mapping[str, Any]) -> Iterator[Pieces]:
    """The pieces in a folder, which is made if it isn't there.

    Args:
        hangs_on: what all answers hang on beside their tasks, by names that a person understands.

    Raises:
        UserError: the folder is of a run that hung on something else, is in use, or can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("wb")
    except OSError as error:
        raise UserError(f"{folder}: cannot be written ({error.strerror}); name another folder") from None
    with lock:
        _lock(folder, lock)
        _check(folder, json.loads(json.dumps({"form": FORM, **hangs_on}, sort_keys=True, default=str)))
        yield Pieces(folder)


def _lock(folder: Path, lock: BinaryIO) -> None:
    if sys.platform != "win32":
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UserError(f"--resume {folder}: another run is using it: name another folder") from None


def _check(folder: Path, hangs_on: Mapping[str, Any]) -> None:
    """See that the folder is of such a run; a new one becomes it."""
    about = folder / ABOUT
    if not about.exists():
        if strange := sorted(path.name for path in folder.iterdir() if path.name != LOCK):
            raise UserError(f"--resume {folder}: it holds {strange[0]} and no {ABOUT}: name an empty folder")
        write_whole(about, json.dumps(hangs_on, ensure_ascii=False, indent=1).encode())
        return
    try:
        was = json.loads(about.read_bytes())
        odd = [name for name in (*hangs_on, *was) if was.get(name) != hangs_on.get(name)]
    except (ValueError, AttributeError):
        raise UserError(f"{about} is damaged: remove {folder} and start anew") from None
    if odd:
        raise UserError(
            f"--resume {folder} is of another run: {_difference(odd[0], was, hangs_on)}; go on as it "
            "began, or name another folder"
        )


def _difference(name: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What differs, said in bearable length."""
    before, after = was.get(name), now.get(name)
    if isinstance(before, dict) and isinstance(after, dict):
        one = next(key for key in (*after, *before) if before.get(key) != after.get(key))
        return f"{name}, {_difference(one, before, after)}"
    return f"{name} was {_short(before)}, now {_short(after)}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _packed(answer: Any) -> bytes:
    data = zstandard.compress(pickle.dumps(answer, protocol=5), 1)
    return hashlib.sha256(data).digest() + data


def _unpacked(data: bytes) -> Any:
    """What was packed; None if it is damaged."""
    digest, packed = data[:32], data[32:]
    if hashlib.sha256(packed).digest() != digest:
        return None
    try:
        return _Counters(io.BytesIO(zstandard.decompress(packed))).load()
    except pickle.UnpicklingError:  # of something else than we put there
        return None


class _Counters(pickle.Unpickler):
    """Makes arrays and records of langcov only: a file that somebody else made can't run anything."""

    def find_class(self, module: str, name: str) -> Any:
        """A class that pieces are made of."""
        if (module, name) in _SAFE:
            return super().find_class(module, name)
        if module.startswith("langcov.") and name.isidentifier():
            found = getattr(importlib.import_module(module), name)
            if is_dataclass(found) and isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a piece")


_SAFE = {
    ("langcov.core.arrays", "Growing"),
    ("langcov.text.distinct", "Distinct"),
    ("collections", "Counter"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy._core.numeric", "_frombuffer"),
    ("numpy.core.numeric", "_frombuffer"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "scalar"),
    ("numpy.core.multiarray", "scalar"),
}
