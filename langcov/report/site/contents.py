"""Systems of one name that are not the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from langcov.results.result import Result
from langcov.results.signature import SHORT


def told_apart(results: Sequence[Result]) -> list[Result]:
    """The results with systems of one name but other content under names of their own."""
    contents: dict[str, set[str]] = {}
    for result in results:
        for row in result.systems:
            if not row.get("skipped"):
                contents.setdefault(row["name"], set()).add(_content(row))
    several = {name for name, known in contents.items() if len(known) > 1}
    return [_renamed(result, several) for result in results]


def _content(system: Mapping[str, Any]) -> str:
    """What tells two systems of one name apart; empty where nothing does."""
    return str(system.get("sha256") or system.get("version") or "")


def _renamed(result: Result, several: set[str]) -> Result:
    new = {
        row["name"]: f"{row['name']}@{_short(_content(row)) or 'none'}"
        for row in result.systems
        if row["name"] in several and not row.get("skipped")
    }
    if not new:
        return result

    def rows(old: Iterable[dict[str, Any]], *keys: str) -> list[dict[str, Any]]:
        return [{k: new.get(v, v) if k in keys else v for k, v in row.items()} for row in old]

    return replace(
        result,
        systems=rows(result.systems, "name"),
        records=[replace(record, system=new.get(record.system, record.system)) for record in result.records],
        totals=rows(result.totals, "system"),
        details={key: rows(of_key, "system", "other") for key, of_key in result.details.items()},
    )


def _short(content: str) -> str:
    return content[:SHORT] if len(content) == 64 else content
