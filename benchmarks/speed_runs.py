"""The runs that ``speed.py`` kept, their medians and ratios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any


class Runs:
    """The runs of all jobs on a text.

    Args:
        part: of ``speed.json``: ``text`` and ``runs``.
    """

    def __init__(self, part: dict[str, Any]) -> None:
        self.text = part["text"]
        self._runs: dict[str, list[dict[str, Any]]] = part["runs"]

    def one(self, job: str, key: str) -> Any:
        """What the last good run of a job answered."""
        return next((run[key] for run in self._runs.get(job, [])[::-1] if run.get(key) is not None), None)

    def error(self, job: str) -> str | None:
        """Why a job has no time."""
        return self.one(job, "error") or self.one(job, "reason")

    def middle(self, job: str, key: str) -> float | None:
        """The median over the runs of a job."""
        values = [run[key] for run in self._runs.get(job, []) if run.get(key) is not None]
        return median(values) if values else None

    def seconds(self, job: str) -> float | None:
        """Of its own clock; without one, of the process less that of the same on a single line."""
        own = self.middle(job, "seconds")
        if own is not None:
            return own
        verb, _, rest = job.partition(" ")
        start = f"start {rest}" if verb == "langcov" else f"start {job}"
        return minus(self.middle(job, "wall"), self.middle(start, "wall"))

    def total(self, jobs: Sequence[str]) -> float | None:
        """The seconds of several jobs together, None if one is missing."""
        each = [self.seconds(job) for job in jobs]
        known = [seconds for seconds in each if seconds is not None]
        return sum(known) if len(known) == len(each) else None

    def speed(self, job: str) -> float | None:
        """Megabytes of text a second."""
        return ratio(self.text["megabytes"], self.seconds(job))

    def jobs(self) -> list[str]:
        """The names of all jobs."""
        return list(self._runs)

    def rounds(self) -> int:
        """The most runs that a job has."""
        return max(map(len, self._runs.values()), default=0)


def minus(one: float | None, other: float | None) -> float | None:
    """None where either is."""
    return None if one is None or other is None else one - other


def ratio(one: float | None, other: float | None) -> float | None:
    """None where either is, or where nothing is left to divide by."""
    return None if one is None or other is None or other <= 0 else one / other


def show(value: float | None, unit: str = "") -> str:
    """Three digits that matter, or a dash."""
    if value is None:
        return "–"
    return f"{value:.0f}{unit}" if abs(value) >= 100 else f"{value:.3g}{unit}"


def verdict(value: float | None, target: float | None, most: bool = False) -> str:
    """Whether a target is met."""
    if value is None or target is None:
        return "–"
    return "yes" if (value <= target if most else value >= target) else "**no**"


def made_by(words: str) -> str:
    """What makes the tables of a section."""
    return f"By `python benchmarks/speed.py {words}`.\n"


def table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join(
        "| " + " | ".join(row) + " |" for row in (head, ["---"] + ["---:"] * (len(head) - 1), *rows)
    )
