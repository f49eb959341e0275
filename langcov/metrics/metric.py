"""What a metric of any kind says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeVar

from langcov.core.plugins import named

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


@dataclass(frozen=True)
class Shown:
    """How tables show a metric.

    Attributes:
        title: stands over a table of its own; empty: the metric's name as words.
        heading: stands over its column, in lines; empty: the same.
        own_table: it has a table of its own where systems are too many to stand side by side; else it is
            left out there.
        optional: its column is left out where there is no room.
    """

    title: str = ""
    heading: str = ""
    own_table: bool = True
    optional: bool = False


@dataclass(frozen=True)
class Metric:
    """What a number means.

    Attributes:
        name: in records (``chars_per_token``).
        better: which direction is better for the language, empty where neither is.
        definition: in one line, with Σ over lines.
        perturbation: the change of the text whose effect it measures, by name; empty where there is none.
        shown: in tables; None: it is in JSON and CSV only, or stands where a report leads with it.
    """

    name: str
    unit: str
    better: Better
    definition: str
    perturbation: str = field(default="", kw_only=True)
    shown: Shown | None = field(default_factory=Shown, kw_only=True)

    @property
    def title(self) -> str:
        """Over a table of its own."""
        return (self.shown and self.shown.title) or self.name.replace("_", " ")

    @property
    def heading(self) -> str:
        """Over its column, in lines."""
        return (self.shown and self.shown.heading) or self.name.replace("_", " ")


Better = Literal["lower", "higher", ""]
ENTRY_POINTS = "langcov.metrics"
Kind = TypeVar("Kind", bound=Metric)


def metrics_of(kind: type[Kind]) -> Callable[[EntryPoint], list[tuple[str, Kind]]]:
    """For ``core.plugins.registry``: the metrics of one kind that an entry point stands for."""
    every = named(Metric)
    return lambda point: [(name, one) for name, one in every(point) if isinstance(one, kind)]
