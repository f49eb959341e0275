"""A recipe made ready for a language: its filters, or why one of them can't be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from langcov.errors import UserError
from langcov.filters.configuration import Configuration, configuration
from langcov.filters.recipe import Recipe, Step
from langcov.filters.rules import Filter, takes_words
from langcov.filters.words import Words, words_of


@dataclass(frozen=True)
class Ready:
    """A recipe as it is for a language.

    Attributes:
        steps: in their order, each with its filter or why it is not judged.
        configuration: the file of the language, None where the recipe has none.
        stand_in: what is otherwise than in the library; empty where nothing is.
    """

    steps: tuple[tuple[str, Filter | str], ...]
    configuration: Configuration | None
    stand_in: str

    @property
    def filters(self) -> list[Filter]:
        """The filters that are judged."""
        return [one for _, one in self.steps if isinstance(one, Filter)]


def ready(
    recipe: Recipe,
    language: str,
    folder: Path | None,
    strict: bool,
    changed: Mapping[str, Any] | None = None,
) -> Ready:
    """A recipe for a language.

    Args:
        changed: values that hold in place of those in its file.
        folder: with the recipe's files; None fetches them.
        strict: nothing stands in for a word tokenizer that is a download.

    Raises:
        UserError: a file can't be had or is not what it should be, or the library has no such filter.
        MissingLibrary: something that is needed is not installed.
    """
    own = configuration(recipe, language, folder)
    if own and changed:
        own = replace(own, changed=changed)
    words = words_of(recipe.words or (own.language if own else language), strict)
    steps = tuple((step.name, _filter(recipe, step, language, own, words)) for step in recipe.steps)
    judged = any(isinstance(one, Filter) and takes_words(one.name) for _, one in steps)
    return Ready(steps, own, words.stand_in if judged else "")


def _filter(
    recipe: Recipe, step: Step, language: str, own: Configuration | None, words: Words
) -> Filter | str:
    if step.not_judged:
        return step.not_judged
    if step.keys and own is None:
        return f"{recipe.name} has no file for {language}"
    arguments = dict(step.arguments)
    if own is not None:
        arguments |= {argument: own.value(key) for argument, key in step.keys.items()}
    if takes_words(step.name):
        if words.language is None:
            return words.missing
        arguments.setdefault("language", words.language)
    try:
        return Filter(step.name, arguments)
    except (TypeError, ValueError) as problem:  # values that no filter takes
        where = own.path if own else recipe.name
        raise UserError(f"{where}: {step.name} can't be made of it: {problem}") from None
