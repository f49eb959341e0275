"""langcov measures how well tokenizers and language-ID models handle the languages of Russia.

>>> import langcov
>>> langcov.language("татарча").id
'tat_Cyrl'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langcov.api import check_corpus, measure_lid, measure_tokenizers
    from langcov.filters.api import advise_filters, apply_filters
    from langcov.gate.api import compare
    from langcov.hygiene.engine.report import Report
    from langcov.languages import find as language
    from langcov.lid.engines.ask import lid_engine
    from langcov.results.result import Record, Result
    from langcov.results.saved import load

__version__ = "0.1.0"
__all__ = [
    "Record",
    "Report",
    "Result",
    "advise_filters",
    "apply_filters",
    "check_corpus",
    "compare",
    "language",
    "lid_engine",
    "load",
    "measure_lid",
    "measure_tokenizers",
]

_HOMES = {
    "advise_filters": ("langcov.filters.api", "advise_filters"),
    "apply_filters": ("langcov.filters.api", "apply_filters"),
    "check_corpus": ("langcov.api", "check_corpus"),
    "compare": ("langcov.gate.api", "compare"),
    "measure_lid": ("langcov.api", "measure_lid"),
    "measure_tokenizers": ("langcov.api", "measure_tokenizers"),
    "language": ("langcov.languages", "find"),
    "lid_engine": ("langcov.lid.engines.ask", "lid_engine"),
    "load": ("langcov.results.saved", "load"),
    "Report": ("langcov.hygiene.engine.report", "Report"),
    "Result": ("langcov.results.result", "Result"),
    "Record": ("langcov.results.result", "Record"),
}


def __getattr__(name: str) -> Any:
    """Import what is asked for only then, so that ``import langcov`` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'langcov' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
