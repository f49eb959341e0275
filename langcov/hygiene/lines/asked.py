"""Who is asked about the lines of a language."""

from __future__ import annotations

from typing import NamedTuple

from langcov.hygiene.engine.protocol import Context
from langcov.hygiene.lines.evidence import AskedModel, Letters, default_models
from langcov.hygiene.lines.likelihood import bundled
from langcov.hygiene.lines.plainly import Plainly
from langcov.hygiene.lines.prose import Prose
from langcov.hygiene.lines.spoken import Spoken
from langcov.text.scripts import comparable


class Witnesses(NamedTuple):
    """What is asked about lines, the same for all files of a language."""

    models: list[AskedModel]
    letters: Letters
    spoken: Spoken | None
    prose: Prose
    plainly: Plainly | None  # tells lines many at a time, where no model wants to see them

    @classmethod
    def of(cls, context: Context) -> Witnesses:
        """Those of a language."""
        language, likelihood = context.language, bundled(context.language.script)
        systems = default_models() if context.models is None else context.models
        prose, letters = Prose(comparable(language.script)), Letters(language, context.alphabet)
        spoken = Spoken(language, likelihood) if likelihood else None
        can = not systems and Plainly.can(language, letters)
        return cls(
            [AskedModel(system, language) for system in systems],
            letters,
            spoken,
            prose,
            Plainly(language, prose, letters, spoken) if can else None,
        )
