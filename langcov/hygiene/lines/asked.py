"""Who is asked about the lines of a language."""

from __future__ import annotations

from typing import NamedTuple

from langcov.hygiene.engine.protocol import Context
from langcov.hygiene.lines.evidence import AskedModel, Letters, default_models
from langcov.hygiene.lines.likelihood import bundled
from langcov.hygiene.lines.spoken import Spoken


class Witnesses(NamedTuple):
    """What is asked about lines, the same for all files of a language."""

    models: list[AskedModel]
    letters: Letters
    spoken: Spoken | None

    @classmethod
    def of(cls, context: Context) -> Witnesses:
        """Those of a language."""
        language, likelihood = context.language, bundled(context.language.script)
        systems = default_models() if context.models is None else context.models
        return cls(
            [AskedModel(system, language) for system in systems],
            Letters(language, context.alphabet),
            Spoken(language, likelihood) if likelihood else None,
        )
