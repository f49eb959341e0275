"""A recipe made ready for a language: its filters, or why one of them can't be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from langcov.errors import UserError
from langcov.filters.configuration import Configuration, configuration
from langcov.filters.language import language_step
from langcov.filters.libraries import maker
from langcov.filters.libraries.base import Setting
from langcov.filters.recipe import Recipe, Step
from langcov.filters.rules import Filter
from langcov.lid import LidSystem

Changes = Mapping[tuple[int, str], Any]
"""By the number of a step and an argument of it, what holds in place of what the recipe says."""


@dataclass(frozen=True)
class Ready:
    """A recipe as it is for a language.

    Attributes:
        steps: in their order, each with its filter or why it is not judged.
        configuration: the file of the language, None where the recipe has none.
    """

    steps: tuple[tuple[str, Filter | str], ...]
    configuration: Configuration | None

    @property
    def filters(self) -> list[Filter]:
        """The filters that are judged."""
        return [one for _, one in self.steps if not isinstance(one, str)]

    @property
    def stand_in(self) -> str:
        """What is otherwise than in the recipe; empty where nothing is."""
        return "; ".join(dict.fromkeys(one.stand_in for one in self.filters if one.stand_in))


@dataclass(frozen=True)
class Means:
    """With what a recipe is made ready.

    Attributes:
        folder: with the recipe's files; None fetches them.
        strict: nothing stands in for a word tokenizer that is a download.
        lid: the user's language-ID model; None: steps that need one are not judged.
    """

    folder: Path | None = None
    strict: bool = False
    lid: LidSystem | None = field(default=None, repr=False)


def ready(recipe: Recipe, language: str, means: Means, changes: Changes | None = None) -> Ready:
    """A recipe for a language.

    Raises:
        UserError: a file can't be had or is not what it should be, or the library has no such filter.
        MissingLibrary: something that is needed is not installed.
    """
    own = configuration(recipe, language, means.folder)
    name = own.language if own else language
    setting = Setting(name, recipe.words or name, means.strict)
    steps = [
        (step.name, _filter(recipe, step, own, setting, means, _changed(changes or {}, number)))
        for number, step in enumerate(recipe.steps)
    ]
    return Ready(tuple(steps), own)


def _changed(changes: Changes, step: int) -> dict[str, Any]:
    return {argument: value for (number, argument), value in changes.items() if number == step}


def _filter(
    recipe: Recipe,
    step: Step,
    own: Configuration | None,
    setting: Setting,
    means: Means,
    changed: Mapping[str, Any],
) -> Filter | str:
    if step.not_judged:
        return step.not_judged
    if step.keys and own is None:
        return f"{recipe.name} has no file for {setting.language}"
    arguments = dict(step.arguments)
    if own is not None:
        arguments |= {argument: own.value(key) for argument, key in step.keys.items()}
    arguments |= changed
    try:
        if step.model:
            return language_step(means.lid, step.model, setting.language, arguments)
        return maker(recipe.library)(step.name, arguments, setting)
    except (TypeError, ValueError) as problem:  # values that no filter takes
        where = own.path if own else recipe.name
        raise UserError(f"{where}: {step.name} can't be made of it: {problem}") from None
