"""Text changed on purpose, counted beside the text itself: by the same rules, in rows of the same lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from langcov.corpora.base import WordCounts
from langcov.counting.jobs import Job
from langcov.counting.tally import FileTally
from langcov.counting.token_tally import SystemTally
from langcov.languages import find
from langcov.languages.perturbations import perturb
from langcov.text.perturb import Perturbation
from langcov.text.strings import Strings
from langcov.text.units import cut, is_inside
from langcov.tokenizers import System

Tallied = FileTally[SystemTally]


def perturbed_tallies(
    job: Job, systems: Sequence[System], tally: Tallied
) -> list[tuple[Perturbation, Tallied]]:
    """Give a tally one of its own for each perturbation of a job.

    Returns:
        The changes to be made and where each is counted. What the language lacks is not among them: its
        tally says why, as that of a failure.
    """
    found = []
    for name in job.perturbations:
        change = perturb(name, find(job.source.language))
        reason = change if isinstance(change, str) else None
        parts = {system.name: SystemTally(failed=reason, row_ids=None) for system in systems}
        tally.perturbed[name] = FileTally("", tally.documents, tally.aligned, systems=parts)
        if isinstance(change, Perturbation):
            found.append((change, tally.perturbed[name]))
    return found


def changed_table(table: WordCounts, change: Perturbation, tally: Tallied) -> WordCounts | None:
    """A word table whose words are changed; None, and the tally says why, where one does not stay a word."""
    changed = change(table.words)
    made = cut(Strings(changed.data, changed.starts + is_inside(changed), changed.ends))
    stays = made.regular & (np.bincount(made.line, minlength=len(changed)) == 1)
    for word in table.words[~stays]:
        reason = f"can't be measured from a word table: {word.strip()[:40]!r} does not stay one word"
        for part in tally.systems.values():
            part.failed = reason
        return None
    return replace(table, words=changed)
