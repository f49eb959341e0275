"""Where work runs (here, or on any ``concurrent.futures`` executor), and what it tells meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")

AHEAD = 256  # tasks that wait in an executor: enough for its workers, few where each is a piece of text


class Kept(Protocol):
    """Answers that outlive the process that asked for them (``core.pieces``)."""

    def get(self, task: Any) -> Any:
        """The answer to a task, None if it is not known."""

    def put(self, task: Any, answer: Any) -> None:
        """Keep the answer to a task."""


def run(
    function: Callable[[Task], Answer],
    tasks: Iterable[Task],
    executor: Executor | None = None,
    kept: Kept | None = None,
) -> Iterator[tuple[int, Answer]]:
    """Run a function on each task; answers come with the task's index, as they are ready.

    Args:
        function: called once a task; picklable where the executor uses processes.
        tasks: in the order in which they should start; they are taken as they are needed.
        executor: where to run; None runs here, one after another.
        kept: knows answers of an earlier run, and is given the new ones.
    """
    waiting: dict[Future[Answer], tuple[int, Task]] = {}

    def kept_too(index: int, task: Task, answer: Answer) -> tuple[int, Answer]:
        if kept is not None:
            kept.put(task, answer)
        return index, answer

    def ready(timeout: float | None) -> Iterator[tuple[int, Answer]]:
        for future in wait(waiting, timeout, FIRST_COMPLETED).done:
            yield kept_too(*waiting.pop(future), future.result())

    try:
        for index, task in enumerate(tasks):
            if kept is not None and (known := kept.get(task)) is not None:
                yield index, known
            elif executor is None:
                yield kept_too(index, task, function(task))
            else:
                waiting[executor.submit(function, task)] = index, task
            if waiting:
                yield from ready(None if len(waiting) >= AHEAD else 0)
        while waiting:
            yield from ready(None)
    finally:
        for future in waiting:
            future.cancel()


@dataclass(frozen=True)
class Prepared(Generic[Task, Answer]):
    """A function that needs something loaded: each process that is given it loads that once, and keeps it.

    Attributes:
        key: what it is known by; another one takes its place.
        load: makes the function, from ``args``; picklable, as these are.
    """

    key: str
    load: Callable[..., Callable[[Task], Answer]]
    args: tuple[Any, ...]

    def __call__(self, task: Task) -> Answer:
        if self.key not in _loaded:
            _loaded.clear()
            _loaded[self.key] = self.load(*self.args)
        answer: Answer = _loaded[self.key](task)
        return answer


_loaded: dict[str, Callable[[Any], Any]] = {}


def forget() -> None:
    """Let go of what was loaded."""
    _loaded.clear()


def until_interrupt(answers: Iterable[Answer]) -> tuple[list[Answer], bool]:
    """The answers that came before an interrupt, and whether there was one.

    Raises:
        KeyboardInterrupt: it came before the first of them.
    """
    done: list[Answer] = []
    try:
        done.extend(answers)
    except KeyboardInterrupt:
        if not done:
            raise
        return done, True
    return done, False


class Progress:
    """What a measurement or a check tells while it runs; this one keeps silent."""

    def start(self, steps: int, what: str = "reading") -> None:
        """A phase of so many steps begins; of reading, each is a source."""

    def advance(self, source: str, size: int) -> None:
        """So many bytes of text of a source were read."""

    def finish(self, step: str) -> None:
        """A step is done."""

    def stop(self) -> None:
        """Nothing more will come."""
