"""Makes ``config.schema.json``, by which editors complete and check ``langcov.toml``, of all options.

Run it as ``python tools/build_config_schema.py``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from langcov.cli.config import KINDS, OWN, actions
from langcov.gate.settings import DEFAULTS

OURS = Path(__file__).resolve().parents[1] / "langcov/data/config.schema.json"
PATHS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
TOLERANCE: dict[str, Any] = {
    "relative": {"type": "number", "minimum": 0, "description": "share of the figure of the base (0)"},
    "absolute": {"type": "number", "minimum": 0, "description": "in the unit of the metric (0)"},
    "only_significant": {"type": "boolean", "description": "let pass what rows don't carry (true)"},
}


def option(action: argparse.Action) -> dict[str, Any]:
    """What a key may hold."""
    said = {"description": action.help} if action.help else {}
    if action.nargs == 0:
        return {"type": "boolean", **said}
    one: dict[str, Any] = {"type": ["string", "number"]}
    if action.choices:
        one = {"enum": list(action.choices)}
    if isinstance(action, argparse._AppendAction) or not action.option_strings:
        return {"anyOf": [one, {"type": "array", "items": one}], **said}
    return {**one, **said}


def table(properties: dict[str, Any]) -> dict[str, Any]:
    """A table that has no other keys."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def schema() -> dict[str, Any]:
    """The whole schema."""
    own = {key: {**PATHS, "description": what} for key, what in OWN.items()}
    kinds = {
        kind: table({**{key: option(one) for key, one in actions(kind).items()}, **own}) for kind in KINDS
    }
    narrowed = {key: {"type": "string"} for key in ("metric", "language", "group")}
    gate = {
        "metrics": {"type": "array", "items": {"type": "string"}, "description": ", ".join(DEFAULTS)},
        "correction": {"enum": ["holm", "bh"]},
        "ids": {"enum": ["fail", "ignore"]},
        **TOLERANCE,
        "tolerance": {"type": "array", "items": table({**narrowed, **TOLERANCE})},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "langcov.toml",
        "title": "What langcov run measures, and what closes the gate",
        **table({**kinds, "gate": table(gate)}),
    }


def text() -> str:
    """The file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    OURS.write_text(text(), "utf-8")
