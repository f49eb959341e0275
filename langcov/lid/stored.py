"""What a model said of lines, kept in a file: for models that run elsewhere, and to measure again.

``X.jsonl``, compressed or not: a header, then an object for each line that was identified, with its address
and no text (docs/CONTRACT.md, Predictions).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Ints
from langcov.core.files import write_whole
from langcov.corpora.base import Corpus, Source
from langcov.corpora.readers.streams import compressed, whole
from langcov.errors import CannotPredict, UserError
from langcov.lid.cleaning import NONE
from langcov.lid.kinds import LidSystem
from langcov.lid.protocol import CleansText, Model, Place, Predictions, Score, index_of

SCHEMA = "langcov.predictions/1"
NO_LABEL = -1


@dataclass(frozen=True, eq=False)
class Said:
    """Answers of a model to lines of one place."""

    numbers: Ints  # the index of each line in its file, from 0, int64 [n]
    labels: NDArray[np.int32]  # as ``Predictions.labels``, int32 [n, k]
    scores: NDArray[np.float64]  # of the best label, float64 [n]
    # the best label after each perturbation, int32 [n] each; ``NO_LABEL`` too where the change left nothing
    # of the line
    changed: Mapping[str, NDArray[np.int32]]


def joined(parts: Sequence[Said]) -> Said:
    """The answers to lines of one place, one part after another."""
    return Said(
        np.concatenate([part.numbers for part in parts]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.scores for part in parts]),
        {name: np.concatenate([part.changed[name] for part in parts]) for name in parts[0].changed},
    )


class Stored:
    """A model that answers with what a file says.

    Raises:
        UserError: it is no such file, or a line of it is wrong.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        data = whole(path)
        header, rows = _parsed(path, data)
        try:
            self.labels = tuple(map(str, header["labels"]))
            self.name = str(header.get("name", "")) or Path(path).name.partition(".")[0]
            self.spec = str(header.get("spec", "")) or f"predictions:{path}"
            self.kind = str(header.get("kind", "predictions"))
            self.sha256: str | None = header.get("sha256", hashlib.sha256(data).hexdigest())
            self.version = str(header.get("version", "predictions"))
            self.score: Score = header.get("score", "none")
            self.clean = str(header.get("clean") or NONE)
            self.top = int(header.get("top", 1))
            self.perturbations: tuple[str, ...] = tuple(header.get("perturbations", ()))
        except (KeyError, TypeError, ValueError) as error:
            raise UserError(f"{path}:1: the header lacks {error} or has it wrong: see CONTRACT") from None
        if self.score not in get_args(Score) or not self.labels:
            raise UserError(f"{path}:1: it names no labels, or {self.score!r} says nothing of a score")
        self._places = _gathered(path, rows, index_of(self.labels), self.top, self.perturbations)

    def cleaned(self, clean: str) -> Model:
        raise UserError(f"{self.path}: it holds what was said of lines cleaned as {self.clean}")

    def predict(self, texts: list[str], k: int) -> Predictions:
        """Refuse: lines are known by their address."""
        raise ValueError("predictions in a file are of lines by their address, not by their text")

    def check(self, top: int, perturbations: Sequence[str]) -> None:
        if top > self.top:
            raise UserError(f"{self.path}: it has the best {self.top} labels of a line, not {top}")
        missing = [name for name in perturbations if name not in self.perturbations]
        if missing:
            raise UserError(f"{self.path}: it has no predictions of lines changed by {', '.join(missing)}")

    def of_lines(self, place: Place, numbers: Ints, k: int, change: str = "") -> Predictions:
        """As ``KnowsLines.of_lines``; of changed lines one label is known."""
        said = self._places.get(place)
        known = said.numbers if said else np.zeros(0, np.int64)
        at = np.minimum(np.searchsorted(known, numbers), max(len(known) - 1, 0))
        found = known[at] == numbers if len(known) else np.zeros(len(numbers), bool)
        if said is None or not found.all():
            reason = f"{self.path} says nothing of this line of {', '.join(place)}"
            raise CannotPredict(int(np.argmin(found)), reason)
        if change:
            return Predictions.top(said.changed[change][at].tolist(), None, k)
        scores = np.full((len(at), k), np.nan)
        scores[:, 0] = said.scores[at]
        return Predictions(said.labels[at, :k], scores)


def place_of(corpus: Corpus, source: Source) -> Place:
    """What stands for a source in a file of predictions."""
    return Place(corpus.name, source.language, Path(source.path).name)


def check_places(corpora: Iterable[Corpus]) -> None:
    """See that predictions of these corpora can be told apart.

    Raises:
        UserError: two files of a language have one name.
    """
    places = Counter(place_of(corpus, source) for corpus in corpora for source in corpus.sources)
    for place, times in places.items():
        if times > 1:
            raise UserError(f"{times} files of {place.corpus} are called {place.file}: rename one")


def load(rest: str) -> Model:
    """The spec ``predictions:FILE``."""
    return Stored(rest)


def save(
    path: Path,
    system: LidSystem,
    top: int,
    perturbations: Sequence[str],
    said: Iterable[tuple[Place, Said]],
) -> None:
    """Write what a model said, compressed as the name of the file says.

    Raises:
        UserError: the file can't be written.
    """
    model = system.model
    clean = model.clean if isinstance(model, CleansText) else NONE
    lines: list[dict[str, Any]] = [
        {
            **{"schema": SCHEMA, "name": system.name, "spec": system.spec, "kind": model.kind},
            **{"sha256": model.sha256},
            **{"version": model.version, "labels": model.labels, "score": model.score, "clean": clean},
            **{"top": top, "perturbations": perturbations},
        }
    ]
    for place, part in said:
        lines += _rows(place, part, model.labels)
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    write_whole(path, compressed(str(path), text.encode()))


def _rows(place: Place, said: Said, labels: Sequence[str]) -> Iterator[dict[str, Any]]:
    def name(label: int) -> str | None:
        return labels[label] if label >= 0 else None

    changed = {key: values.tolist() for key, values in said.changed.items()}
    for at in np.argsort(said.numbers).tolist():
        best, *more = said.labels[at].tolist()
        score = float(said.scores[at])
        row = {**place._asdict(), "line": int(said.numbers[at]) + 1, "label": name(best)}
        row["score"] = None if np.isnan(score) else score
        if more:
            row["more"] = [name(label) for label in more if label >= 0]
        if changed:
            row["changed"] = {key: name(values[at]) for key, values in changed.items()}
        yield row


def _parsed(path: str, data: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    found: list[dict[str, Any]] = []
    for number, line in enumerate(data.decode("utf-8", "replace").rstrip("\n").split("\n"), start=1):
        try:
            found.append(dict(json.loads(line)))
        except (ValueError, TypeError):
            raise UserError(f"{path}:{number}: no JSON object") from None
    if not found or found[0].get("schema") != SCHEMA:
        raise UserError(f'{path}:1: the first line of predictions has "schema": "{SCHEMA}" and labels')
    return found[0], found[1:]


def _gathered(
    path: str, rows: Sequence[Mapping[str, Any]], index: Mapping[str, int], top: int, changes: Sequence[str]
) -> dict[Place, Said]:
    """The answers by place, sorted by line."""
    by_place: dict[Place, list[tuple[int, list[int], float, list[int]]]] = {}
    for number, row in enumerate(rows, start=2):
        try:
            place = Place(row["corpus"], row["language"], row["file"])
            labels = [row["label"], *row.get("more", ())] if row["label"] is not None else []
            best = [index[label] for label in labels][:top]
            score = row.get("score")
            changed = [row.get("changed", {}).get(change) for change in changes]
            entry = (
                int(row["line"]) - 1,
                best + [NO_LABEL] * (top - len(best)),
                float("nan") if score is None else float(score),
                [NO_LABEL if label is None else index[label] for label in changed],
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise UserError(f"{path}:{number}: it lacks {error}, or that is no label: see CONTRACT") from None
        by_place.setdefault(place, []).append(entry)
    return {place: _said(path, place, entries, changes) for place, entries in by_place.items()}


def _said(
    path: str, place: Place, entries: list[tuple[int, list[int], float, list[int]]], changes: Sequence[str]
) -> Said:
    numbers = np.array([entry[0] for entry in entries], np.int64)
    order = np.argsort(numbers)
    twice = np.flatnonzero(np.diff(numbers[order]) == 0)
    if len(twice):
        line = int(numbers[order][twice[0]]) + 1
        raise UserError(
            f"{path}: line {line} of {place.corpus}, {place.language}, {place.file} is there twice"
        )
    changed = np.array([entry[3] for entry in entries], np.int32).reshape(len(entries), len(changes))
    return Said(
        numbers[order],
        np.array([entry[1] for entry in entries], np.int32)[order],
        np.array([entry[2] for entry in entries])[order],
        {change: changed[order, at] for at, change in enumerate(changes)},
    )
