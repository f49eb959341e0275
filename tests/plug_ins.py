"""Entry points of packages that are not installed, and packages as pip leaves them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from langcov.counting import counters
from langcov.hygiene.engine.registry import checks, finders
from langcov.languages import perturbations
from langcov.metrics.lid.registry import lid_metrics
from langcov.metrics.tokenizers.registry import metrics
from langcov.report import formats


def forget() -> None:
    """Let registries be made anew."""
    of_counters = (counters._counters, counters._of_kind)
    of_perturbations = (perturbations.perturbations, perturbations.perturb)
    for cached in (*of_counters, *of_perturbations, metrics, lid_metrics, formats, checks, finders):
        cached.cache_clear()


@contextmanager
def declared(**groups: dict[str, Any]) -> Iterator[None]:
    """Let a package declare objects: by group (``counters`` of ``langcov.counters``) and entry point."""
    module, points = ModuleType("declared_by_a_test"), []
    for group, objects in groups.items():
        for name, one in objects.items():
            setattr(module, f"{group}_{name}", one)
            value = f"{module.__name__}:{group}_{name}"
            points.append(EntryPoint(name, value, f"langcov.{group}"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, module.__name__, module)
        patch.setattr(
            "langcov.core.plugins.entry_points",
            lambda group: [point for point in points if point.group == group],
        )
        forget()
        try:
            yield
        finally:
            forget()


def install(
    folder: Path, name: str, files: Mapping[str, str], groups: Mapping[str, Mapping[str, str]]
) -> None:
    """Put a package where a process finds it.

    Args:
        folder: on the path of the process; made if need be.
        name: of the distribution.
        files: their text by their path in the folder.
        groups: its entry points, by group and name.
    """
    about = f"{name}-1.0.dist-info"
    points = "".join(
        f"[{group}]\n" + "".join(f"{point} = {value}\n" for point, value in points.items())
        for group, points in groups.items()
    )
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    written = {f"{about}/METADATA": metadata, f"{about}/entry_points.txt": points, **files}
    for path, text in written.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
