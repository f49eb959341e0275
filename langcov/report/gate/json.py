"""A comparison for programs: ``langcov.comparison/1`` (CONTRACT, Commands)."""

from __future__ import annotations

from dataclasses import asdict

from langcov.gate.compare import Comparison
from langcov.results.result import json_text

SCHEMA = "langcov.comparison/1"


def render(found: Comparison) -> str:
    """The same bytes for the same comparison, one row a line."""
    return json_text(
        {
            "schema": SCHEMA,
            "kind": found.kind,
            "base": found.base,
            "new": found.new,
            "failed": found.failed,
            "settings": asdict(found.settings),
            "signatures": [one._asdict() for one in found.signatures],
            "environment": [one._asdict() for one in found.environment],
            "changes": [asdict(one) for one in found.changes],
            "id_drift": [asdict(one) for one in found.drifts],
            "lines": [one._asdict() for one in found.lines],
            "moved": [asdict(one) for one in found.moved],
            "notices": found.notices,
        }
    )
