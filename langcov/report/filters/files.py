"""What is advised, as files that pipelines read: FineWeb-2, OpusFilter, OpusCleaner, ranges."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from math import ceil, floor
from typing import Any

from langcov.core import toml
from langcov.core.libraries import require
from langcov.errors import UserError
from langcov.filters.advise import Advice
from langcov.filters.export import FACT, ranges
from langcov.filters.libraries.base import short_code
from langcov.filters.recipe import EXTRA, OPUSFILTER, OWN, WANTED_FOR
from langcov.languages import find

_IN_OPUSCLEANER: dict[str, tuple[str, ...]] = {
    "AlphabetRatioFilter": ("threshold", "exclude_whitespace"),
    "AverageWordLengthFilter": ("min_length", "max_length", "pass_empty"),
    "CharacterScoreFilter": ("scripts", "thresholds"),
    "HtmlTagFilter": (),
    "LengthFilter": ("min_length", "max_length", "unit", "pass_empty"),
    "LongWordFilter": ("threshold",),
}
"""Filters of OpusFilter that OpusCleaner has too, as ``opus.NAME``, with their parameters there."""
_WHOLE: dict[str, Callable[[float], int]] = {"min_length": floor, "max_length": ceil}
"""Parameters that are whole numbers there."""


def as_yaml(advice: Advice) -> str:
    """The file of the recipe for the language, or a configuration of OpusFilter.

    Raises:
        UserError: the recipe's library reads no YAML.
    """
    if advice.values:
        return _yaml(advice.values)
    if advice.recipe.library != OPUSFILTER:
        raise _none(advice, "yaml", "fineweb-2 or opusfilter")
    name = advice.language
    parameters = {"inputs": [f"{name}.txt"], "outputs": [f"{name}.filtered.txt"], "filters": [*_opus(advice)]}
    return _yaml({"steps": [{"type": "filter", "parameters": parameters}]})


def as_opuscleaner(advice: Advice) -> str:
    """A pipeline of OpusCleaner (``NAME.filters.json``) of a file with one language; it lacks some filters.

    Raises:
        UserError: the recipe is not of OpusFilter.
    """
    if advice.recipe.library != OPUSFILTER:
        raise _none(advice, "opuscleaner", "opusfilter")
    steps = [
        {"filter": f"opus.{name}", "parameters": _there(name, arguments), "language": None}
        for one in _opus(advice)
        for name, arguments in one.items()
        if name in _IN_OPUSCLEANER
    ]
    files = [f"{advice.language}.{short_code(advice.language)}.gz"]
    return json.dumps({"version": 1, "files": files, "filters": steps}, ensure_ascii=False, indent=2) + "\n"


def as_ranges(advice: Advice) -> str:
    """The letters of the language as ranges of code points, and which share of letters is to be in them.

    Raises:
        UserError: the recipe doesn't judge letters.
    """
    step = next((number for number, one in enumerate(advice.recipe.steps) if one.name == "letters"), None)
    if step is None or advice.recipe.library != OWN:
        raise _none(advice, "ranges", "letters")
    least = advice.changes.get((step, "least"), advice.recipe.steps[step].arguments["least"])
    said = find(advice.language)
    head = [
        f"keep a text if this share of its letters is in the ranges: {least}",
        f"{said.name} ({said.id}): letters of its alphabet, small and capital",
        f"source: {said.facts['alphabet_source']}; licence: {FACT}",
    ]
    return "".join(f"{line}\n" for line in (*(f"# {line}" for line in head), *ranges(said)))


def as_toml(advice: Advice) -> str:
    """A recipe, to be named with ``--recipe``, for a recipe without files.

    Raises:
        UserError: the recipe has files.
    """
    own = advice.recipe
    if own.files:
        raise UserError(f"{own.name} has a file for each language: --format yaml writes it")
    title = f"{own.title}, as advised for {advice.language}"
    head = {"title": title, "source": own.source, "licence": own.licence, "library": own.library}
    head |= {"versions": own.versions, "unit": own.unit} | ({"words": own.words} if own.words else {})
    parts = [toml.table("", head)]
    for number, step in enumerate(own.steps):
        changed = {argument: value for (at, argument), value in advice.changes.items() if at == number}
        said: dict[str, object] = {"name" if step.not_judged else "filter": step.name}
        said = {"model": step.model} if step.model else said
        said |= {"not_judged": step.not_judged} if step.not_judged else {}
        arguments = {**step.arguments, **changed}
        parts.append(toml.table("[steps]", said | ({"arguments": arguments} if arguments else {})))
    return "\n".join(parts)


def _opus(advice: Advice) -> Iterator[dict[str, Any]]:
    """Each filter with its arguments, as a configuration has them."""
    for one in advice.advised.filters:
        said = {key: value for key, value in one.arguments.items() if value is not None and value != ""}
        yield {one.name: {key: value for key, value in said.items() if key != "kwargs"}}


def _there(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The parameters that OpusCleaner has, whole numbers where it wants them."""
    said = {key: arguments[key] for key in _IN_OPUSCLEANER[name]}
    return said | {key: _WHOLE[key](value) for key, value in said.items() if key in _WHOLE}


def _yaml(content: dict[str, Any]) -> str:
    yaml = require("yaml", EXTRA, WANTED_FOR)
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=True))


def _none(advice: Advice, form: str, recipes: str) -> UserError:
    return UserError(
        f"--format {form} is of recipe {recipes}; of {advice.recipe.name} there is --format toml"
    )
