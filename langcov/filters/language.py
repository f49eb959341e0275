"""The step that asks a language-ID model: if the text is in the language, and how sure the model is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from langcov.corpora.ledger import model_name
from langcov.errors import CannotPredict, LibraryFailed
from langcov.filters.libraries.base import checked
from langcov.filters.libraries.plain import Plain
from langcov.filters.recipe import STEP
from langcov.filters.rules import Judged, Rule
from langcov.lid import LidSystem, predict
from langcov.lid.judge import judge
from langcov.lid.kinds import with_cleaning

SCORE = Rule("language_score", "threshold")


class LanguageStep(Plain):
    """The best label of a text, and its score.

    Args:
        system: the user's model.
        model: that the recipe has, or how its versions' names begin.
        language: that the text must be in.
        threshold: the least score.
    """

    def __init__(self, system: LidSystem, model: str, language: str, threshold: float = 0.0) -> None:
        [system] = with_cleaning([system], "none")  # pipelines give it the text as it is
        self._given = (system, model)
        self._model, self._right = system.model, judge(system, "macro", [language]).right(language)
        self._scored = system.model.score == "probability"
        name = model_name(system.kind, system.model.version, system.model.sha256, system.model.labels)
        said = "" if self._scored else ", whose scores are no probabilities: judged without the threshold"
        stand_in = f"stand-in: the language by {name or system.name}, not by {model}{said}"
        rules = (Rule(STEP), SCORE) if self._scored else (Rule(STEP),)
        arguments = {"language": language, "threshold": threshold}
        super().__init__(STEP, rules, arguments, "" if name.startswith(model) else stand_in)

    def judge(self, text: str) -> Judged:
        """Whether the best label is another, and whether its score is too low.

        Raises:
            LibraryFailed: the model failed.
        """
        try:
            found = predict(self._model, [text.replace("\n", " ")], 1)
        except CannotPredict as error:
            raise LibraryFailed(0, f"{STEP}: {error}") from None
        label, score = int(found.labels[0, 0]), float(found.scores[0, 0])
        wrong = not self._right[label]
        low = self._scored and not score >= self.arguments["threshold"]
        named = self._model.labels[label] if label >= 0 else "no label"
        return Judged.of(text, [*([0] if wrong else []), *([1] if low else [])], [(0, named)] * wrong)

    def remade(self, changed: Mapping[str, Any]) -> LanguageStep:
        """The same step with other arguments."""
        return LanguageStep(*self._given, **{**self.arguments, **changed})


def language_step(
    system: LidSystem | None, model: str, language: str, arguments: Mapping[str, Any]
) -> LanguageStep | str:
    """The step for a language, or why it can't be judged.

    Raises:
        UserError: the step has no such argument.
    """
    given = checked(STEP, _arguments, {"language": language, **arguments})
    if system is None:
        return f"it needs a model, {model}: name yours with --lid fasttext:FILE"
    step = LanguageStep(system, model, **given)
    return step if np.any(step._right) else f"{system.name} has no label for {given['language']}"


def _arguments(language: str, threshold: float = 0.0) -> None:
    """What the step can be told."""
