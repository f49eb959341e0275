"""fastText models: any supervised ``.bin`` or ``.ftz``, through ``fasttext-community``.

A score is a probability: the softmax of the labels; each label's own, not summing to 1, where the model was
trained with ``-loss ova`` or ``ns``. The library adds 1e-5 to each, so that the surest is 1.00001.

Where two labels share the highest score the library names one or the other by how many it is asked for (with
``ova`` that is every text that no label is likely for): such a string has no label.

Words are split at space, tab, line ends, vertical tab, form feed and NUL, and at nothing else; the library
takes a label inside the text (``__label__en``) for no word. It reads one line at a time, so an LF inside gets
to it as a space, which separates words the same way. Of white space alone it predicts what it learnt of the
end of a line. Where a model's numbers are broken it says "Encountered NaN": such a string has no label.

Some makers say what is to be done to a line first (``langcov.lid.cleaning``): that is part of the system.

Other libraries bring a module ``fasttext`` too, some without what is needed here (``fasttext-predict``).
"""

from __future__ import annotations

import hashlib
import re
from contextlib import closing
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np

from langcov.core import fasttext_file, trial
from langcov.core.kinds import split_query
from langcov.core.libraries import one_line, require
from langcov.data import read_table
from langcov.errors import OtherLibrary, UserError
from langcov.lid.cleaning import CLEANINGS, NONE, known_cleaning
from langcov.lid.labels import prefix_of
from langcov.lid.protocol import Model, Predictions, Score, index_of, owners, release_of_module
from langcov.text.strings import Strings

LIBRARY = "fasttext-community"
TRIAL = "langcov.lid.fasttext:try_out"
_LINES = ["", "а", "Бу татарча текст. 123", "a b c", "中文", "\U0001f600"]


class FastText:
    """A supervised model.

    Args:
        library: a loaded model of the ``fasttext`` module.
        digest: sha256 of its file; None for an object.
        path: of its file, if there is one.
        clean: the name of what is done to a string first (``langcov.lid.cleaning``); None: what those who
            made the model do, as far as they are known.
    """

    kind: str = "fasttext"
    score: Score = "probability"

    def __init__(
        self, library: Any, digest: str | None, clean: str | None = None, path: str | None = None
    ) -> None:
        self.sha256, self.path = digest, path
        self.version = release_of_module("fasttext")
        raw = library.get_labels()
        prefix = prefix_of(raw)
        self.labels = tuple(label.removeprefix(prefix) for label in raw)
        self.clean = clean or known_cleaning(self.labels, digest)
        self._clean = CLEANINGS[self.clean]
        self.library = library
        self._index = index_of(raw)

    def cleaned(self, clean: str) -> FastText:
        """The same model, its strings cleaned in another way."""
        return FastText(self.library, self.sha256, clean, self.path)

    def prepared(self, strings: Strings) -> Strings:
        """Strings as the library gets them, but for an LF inside, at which it would end."""
        return strings if self.clean == NONE else Strings.of(map(self._clean, strings.to_list()))

    def predict(self, texts: list[str], k: int) -> Predictions:
        lines = [self._clean(text).replace("\n", " ") for text in texts]
        try:
            found, scores = self.library.predict(lines, max(k, 2))
        except RuntimeError as error:
            if "NaN" not in str(error):
                raise
            if len(texts) == 1:
                return Predictions.of([()], [], k)
            parts = [self.predict([text], k) for text in texts]
            return Predictions(
                np.concatenate([part.labels for part in parts]),
                np.concatenate([part.scores for part in parts]),
            )
        index = self._index
        kept = [
            () if len(values) > 1 and values[0] == values[1] else [index[label] for label in labels]
            for labels, values in zip(found, scores)
        ]
        values = [row[: len(labels)] for row, labels in zip(scores, kept)]
        return Predictions.of(kept, np.concatenate(values or [[]]), k)


def load(rest: str) -> Model:
    """The spec ``fasttext:FILE[?clean=NAME]``, or the bare path of a file.

    Raises:
        LibraryDied: the library ends the process on it.
        UserError: it is no model that can be loaded whole, or one that was trained without labels; or no
            cleaning has this name.
        MissingLibrary: fasttext-community is not installed, or another library has its module.
    """
    path, clean = _parts(rest)
    digest = _checked(path)
    if not any(digest in row["match"] for row in read_table("models.tsv")):
        require("fasttext", "lid", "a fastText model")
        trial.check(path, digest, release_of_module("fasttext"), TRIAL)
    return FastText(_loaded(path), digest, clean, path)


def _loaded(path: str) -> Any:
    fasttext = require("fasttext", "lid", "a fastText model")
    try:
        model = fasttext.load_model(path)
    except (ValueError, RuntimeError, MemoryError) as error:
        raise UserError(f"{path}: fastText can't load it: {one_line(error)}") from None
    _check_library(model)
    return model


def try_out(path: str) -> None:
    """Load a model, and have it tell all of its labels of lines in several scripts."""
    FastText(_loaded(path), None).predict(_LINES, 1 << 16)


def _parts(rest: str) -> tuple[str, str | None]:
    path, question, query = split_query(rest)
    if not question:
        return path, None
    key, _, name = query.partition("=")
    if key != "clean" or name not in CLEANINGS:
        raise UserError(f"{rest}: write ?clean= and one of {', '.join(CLEANINGS)}")
    return path, name


def of_object(model: Any) -> Model:
    """A model that the ``fasttext`` module has loaded or trained.

    Raises:
        UserError: it was trained without labels.
    """
    if model.f.getArgs().model.name != "supervised":
        raise UserError("a fastText model without labels, so it can't name a language")
    return FastText(model, None)


def _check_library(model: Any) -> None:
    if not hasattr(model, "get_labels"):
        others = [owner for owner in owners("fasttext") if owner != LIBRARY]
        raise OtherLibrary(LIBRARY, " ".join(others) or "another package", "a fastText model")


def _checked(path: str) -> str:
    """The sha256 of a file that is a whole supervised model."""
    try:
        with Path(path).open("rb") as file, closing(mmap(file.fileno(), 0, access=ACCESS_READ)) as data:
            if re.match(rb"\d+ \d+ ?\r?\n", data[:64]):
                raise UserError(f"{path}: word vectors (.vec), which have no labels; name the .bin or .ftz")
            labels = _labels(path, data)
            if not labels:
                raise UserError(f"{path}: a fastText model without labels, so it can't name a language")
            return hashlib.sha256(data).hexdigest()
    except FileNotFoundError:
        raise UserError(f"{path}: no such file") from None
    except ValueError:  # of mmap
        raise UserError(f"{path}: the file is empty") from None
    except OSError as error:
        raise UserError(f"{path}: can't be read: {error.strerror}") from None


def _labels(path: str, data: mmap) -> list[bytes]:
    try:
        contents = fasttext_file.contents(data, strict=True)
    except ValueError as error:
        raise UserError(f"{path}: {error} (a language-ID model is a .bin or .ftz)") from None
    return list(contents.labels) if contents.supervised else []
