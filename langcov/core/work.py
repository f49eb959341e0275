"""Where work runs (here, or on any ``concurrent.futures`` executor), and what it tells meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from typing import TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")


def run(
    function: Callable[[Task], Answer], tasks: Sequence[Task], executor: Executor | None = None
) -> Iterator[tuple[int, Answer]]:
    """Run a function on each task; answers come with the task's index, as they are ready.

    Args:
        function: called once a task; picklable where the executor uses processes.
        tasks: in the order in which they should start.
        executor: where to run; None runs here, one after another.
    """
    if executor is None:
        for index, task in enumerate(tasks):
            yield index, function(task)
        return
    place: dict[Future[Answer], int] = {executor.submit(function, task): i for i, task in enumerate(tasks)}
    try:
        for future in as_completed(place):
            yield place[future], future.result()
    finally:
        for future in place:
            future.cancel()


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
