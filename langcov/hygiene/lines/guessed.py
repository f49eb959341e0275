"""In which language some lines may be: for a person who is asked, as no command guesses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from langcov.core.arrays import Ints
from langcov.hygiene.engine.code import without_code
from langcov.hygiene.lines.declared import LINES, LONGEST
from langcov.hygiene.lines.likelihood import bundled, words_of
from langcov.hygiene.lines.rivals import ranked
from langcov.hygiene.lines.sample import Sample
from langcov.hygiene.reading.fields import Fields, Uses
from langcov.text.properties import scripts, table
from langcov.text.scripts import comparable


def likely_languages(texts: Iterable[Fields], most: int) -> list[str]:
    """The ids of the languages that texts are likeliest in, the likeliest first; none where none is known."""
    sample, uses = Sample(LINES, LONGEST), Uses()
    for fields in texts:
        sample.add(fields)
        uses.add(fields.uses)
    lines = without_code(sample.lines)
    script = next(iter(_scripts(uses.points, uses.counts)), "")
    likelihood = bundled(script) if script else None
    words = sorted({word for line in words_of(lines, script) for word in line}) if likelihood else []
    return [name for name, _ in ranked(likelihood, words)[:most]] if likelihood and words else []


def _scripts(points: Ints, counts: Ints) -> Iterator[str]:
    """The scripts of letters, the one that most are of first."""
    uses = np.bincount(table("script")[points], counts[points], len(scripts()))[1:]
    order = (comparable(scripts()[1 + at]) for at in np.argsort(-uses, kind="stable") if uses[at])
    yield from filter(None, order)
