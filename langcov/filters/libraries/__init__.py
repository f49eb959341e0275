"""The libraries whose filters a recipe can name: a file each, with ``make`` (``langcov.filters.recipe``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from langcov.core.plugins import imported
from langcov.filters.libraries.base import Setting
from langcov.filters.recipe import LIBRARIES
from langcov.filters.rules import Filter

Maker = Callable[[str, Mapping[str, Any], Setting], "Filter | str"]
"""From the name of a filter, its arguments and its text to the filter, or to why it can't be judged."""


def maker(library: str) -> Maker:
    """What makes the filters of a library."""
    make: Maker = imported(LIBRARIES[library])
    return make
