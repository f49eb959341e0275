"""Progress on stderr: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time

from langcov.core.work import Progress

LOG_EVERY = 10.0


class Log(Progress):
    """A line at most every ten seconds, and none for a short run."""

    def __init__(self) -> None:
        self.sources = self.done = self.size = 0
        self.spoke = time.monotonic()

    def start(self, sources: int) -> None:
        self.sources = sources

    def advance(self, source: str, size: int) -> None:
        self.size += size
        self._speak(source)

    def finish(self, source: str) -> None:
        self.done += 1
        self._speak(source)

    def _speak(self, source: str) -> None:
        now = time.monotonic()
        if now - self.spoke >= LOG_EVERY:
            self.spoke = now
            done = f"{self.done}/{self.sources} files, {self.size / 1e6:.0f} MB"
            print(f"langcov: {done}, {source}", file=sys.stderr, flush=True)


class Bar(Progress):
    """A bar that disappears when the work is done."""

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
        self.task = self.bar.add_task("reading", total=None)

    def start(self, sources: int) -> None:
        self.bar.update(self.task, total=sources)
        self.bar.start()

    def advance(self, source: str, size: int) -> None:
        self.bar.update(self.task, description=source[-40:])

    def finish(self, source: str) -> None:
        self.bar.advance(self.task)

    def stop(self) -> None:
        """Take the bar from the screen."""
        self.bar.stop()


def choose(quiet: bool) -> Progress:
    """The progress that suits where stderr goes."""
    if quiet:
        return Progress()
    return Bar() if sys.stderr.isatty() else Log()
