"""Progress on stderr: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time

from langcov.core.composed import tell
from langcov.core.names import visible
from langcov.core.ui import _, decimal
from langcov.core.work import Progress

LOG_EVERY = 10.0


class Log(Progress):
    """A line at most every ten seconds, and none for a short run."""

    def __init__(self) -> None:
        self.steps = self.done = self.size = 0
        self.what = ""
        self.spoke = time.monotonic()

    def start(self, steps: int, what: str = "reading") -> None:
        self.steps, self.what, self.done, self.size = steps, what, 0, 0

    def advance(self, source: str, size: int) -> None:
        self.size += size
        self._speak(source)

    def finish(self, step: str) -> None:
        self.done += 1
        self._speak(step)

    def _speak(self, step: str) -> None:
        now = time.monotonic()
        if now - self.spoke >= LOG_EVERY:
            self.spoke = now
            size = ", " + _("{size} MB", size=f"{self.size / 1e6:.0f}") if self.size else ""
            tell(f"{_(self.what)}: {self.done}/{self.steps}{size}, {step}")


class Bar(Progress):
    """A bar that disappears when the work is done; each phase begins it anew, and how much of it is read."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self.bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self.task = self.bar.add_task(_("reading"), total=None)
        self.size = 0

    def start(self, steps: int, what: str = "reading") -> None:
        self.size = 0
        self.bar.reset(self.task, total=steps, description=_(what))
        self.bar.start()

    def advance(self, source: str, size: int) -> None:
        self.size += size
        read = _("{size} MB", size=decimal(f"{self.size / 1e6:.1f}"))
        self.bar.update(self.task, description=f"{visible(source)[-40:]} {read}")

    def finish(self, step: str) -> None:
        self.bar.advance(self.task)

    def stop(self) -> None:
        """Take the bar from the screen."""
        self.bar.stop()


def choose(quiet: bool) -> Progress:
    """The progress that suits where stderr goes."""
    if quiet:
        return Progress()
    return Bar() if sys.stderr.isatty() else Log()
