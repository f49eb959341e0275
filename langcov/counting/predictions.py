"""One source identified by all LID models: read once, each line given to each model as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from langcov.core.arrays import Ints
from langcov.corpora.base import Lines, Provenance
from langcov.corpora.readers.formats import read
from langcov.counting.jobs import Counted, Job
from langcov.counting.lid_tally import LidTally, length_bucket
from langcov.counting.tally import FileTally
from langcov.errors import CannotPredict
from langcov.languages import find
from langcov.languages.perturbations import perturb
from langcov.lid.gold.exceptions import excepted
from langcov.lid.judge import Judge
from langcov.lid.protocol import KnowsLines, Model, Place, Predictions, ReadsStrings, predict, score_step
from langcov.lid.stored import NO_LABEL, Said, place_of
from langcov.text.count import code_points
from langcov.text.perturb import Perturbation
from langcov.text.properties import scripts
from langcov.text.scripts import comparable, majority_script
from langcov.text.strings import Strings

Tallied = FileTally[LidTally]

TOP = "top3"
BATCH, LARGE_BATCH = 1 << 12, 1 << 15  # lines given to a model at once, as objects and as they stand


def count_lid(
    job: Job,
    judges: Sequence[Judge],
    top: int = 1,
    progress: Callable[[int], None] = lambda _: None,
    keep: bool = False,
) -> Counted:
    """Read a source once and have every model identify its lines.

    Args:
        job: what to read, running text; after each of its perturbations the lines are identified again.
        judges: the models; one that fails on a line is recorded as failed, the others go on.
        progress: called with the bytes of text just counted.
        keep: keep the answers too, not only their counts.
    """
    provenance = Provenance()
    tally: Tallied = FileTally("", job.corpus.documents != "none", job.corpus.alignment != "none")
    tally.systems = {judge.system.name: LidTally() for judge in judges}
    counter = _Identifier(job, judges, tally, top, keep)
    for lines in read(job.source, job.corpus, job.options, provenance, job.part):
        counter.add(lines)
        progress(len(lines.text.data))
    for part in tally.systems.values():
        part.settle()
    tally.sha256 = provenance.sha256
    return Counted(tally, provenance)


class _Identifier:
    def __init__(self, job: Job, judges: Sequence[Judge], tally: Tallied, top: int, keep: bool) -> None:
        self.source, self.language = job.source, job.source.language
        self.place = place_of(job.corpus, job.source)
        self.judges, self.tally, self.top, self.keep = judges, tally, top, keep
        self.right = {judge.system.name: judge.right(self.language) for judge in judges}
        self.changes: Mapping[str, Perturbation] = {}
        for name in job.perturbations:
            change = perturb(name, find(self.language))
            if isinstance(change, str):
                for part in tally.systems.values():
                    part.missing[name] = change
            else:
                self.changes = {**self.changes, name: change}

    def add(self, lines: Lines) -> None:
        """Count some lines; those on a list of exceptions are counted apart."""
        row = self.tally.place(lines.numbers, lines.documents, lines.labels)
        lists = excepted(self.language, lines.text)
        filled, good = lines.text.lengths > 0, ~lists.mask
        text, n_rows = self.tally.columns, len(self.tally.text)
        text["empty_lines"] += np.bincount(row[~filled], minlength=n_rows)
        kept = np.flatnonzero(filled & good)
        strings, row = lines.text[kept], row[kept]
        chars = code_points(strings)
        text["lines"] += np.bincount(row, minlength=n_rows)
        for name, values in (("chars", chars), ("bytes", strings.lengths)):
            text[name] += np.bincount(row, values, n_rows).astype(np.int64)
        np.add.at(text["digest"], row, lines.digests[kept].view(np.int64))
        off_script = _off_script(strings, self.language)
        for judge in self.judges:
            part = self.tally.systems[judge.system.name]
            part.off_script += off_script
            part.apart.update(lists.lists[which].name for which in lists.which[lists.which >= 0].tolist())
            if not part.failed:
                self._identify(judge, part, strings, row, length_bucket(chars), lines, kept)

    def _identify(
        self,
        judge: Judge,
        part: LidTally,
        strings: Strings,
        row: Ints,
        length: Ints,
        lines: Lines,
        kept: Ints,
    ) -> None:
        numbers = lines.numbers[kept]
        right = self.right[judge.system.name]
        asked = partial(_predicted, judge.system.model, self.place, numbers)
        try:
            found = asked(strings, self.top, np.arange(len(row)))
            part.add(row, length, found.labels[:, 0].astype(np.int64), score_step(found.scores[:, 0]))
            if self.top > 1:
                part.hit(TOP, row[right[found.labels].any(axis=1)])
            answers = {}
            for name, change in self.changes.items():
                changed = change(strings)
                left = np.flatnonzero(changed.lengths > 0)
                answers[name] = np.full(len(row), NO_LABEL, np.int32)
                answers[name][left] = asked(changed, 1, left, name).labels[:, 0]
                part.hit(name, row[left[right[answers[name][left]]]])
            if self.keep:
                part.said.append(Said(numbers, found.labels, found.scores[:, 0], answers))
        except CannotPredict as error:
            part.failed = f"{self.source.place(int(lines.places[kept[error.index]]))}: {error.reason}"


def _off_script(strings: Strings, language: str) -> int:
    """How many strings have most of their letters in another script than a language (``tat_Cyrl``)."""
    declared = comparable(language.partition("_")[2])
    found = np.bincount(majority_script(strings), minlength=len(scripts()))
    return sum(n for script, n in zip(scripts()[1:], found[1:].tolist()) if script != declared)


def _batches(which: Ints, size: int) -> Iterator[Ints]:
    return (which[start : start + size] for start in range(0, len(which), size))


def _predicted(
    model: Model, place: Place, numbers: Ints, strings: Strings, k: int, which: Ints, change: str = ""
) -> Predictions:
    """Ask a model for some strings, a batch at a time."""
    parts, reads = [], isinstance(model, ReadsStrings)
    for batch in _batches(which, LARGE_BATCH if reads else BATCH):
        try:
            if isinstance(model, KnowsLines):
                parts.append(model.of_lines(place, numbers[batch], k, change))
            elif isinstance(model, ReadsStrings):
                parts.append(model.predict_strings(strings[batch], k))
            else:
                parts.append(predict(model, strings[batch].to_list(), k))
        except CannotPredict as error:
            raise CannotPredict(int(batch[error.index]), error.reason) from error
    if not parts:
        return Predictions(np.zeros((0, k), np.int32), np.zeros((0, k)))
    return Predictions(
        np.concatenate([part.labels for part in parts]), np.concatenate([part.scores for part in parts])
    )
