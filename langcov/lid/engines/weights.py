"""The numbers of a fastText model file, as arrays."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from langcov.core import fasttext_file
from langcov.core.arrays import Ints
from langcov.core.fasttext_file import Contents, Header, Matrix

Floats32 = NDArray[np.float32]
Rows = NDArray[np.int32]  # of a matrix
Number = TypeVar("Number", bound=np.generic)
CODES = 256  # centroids of a part of a row
END = b"</s>"
"""What the library puts at the end of every line."""


@dataclass(frozen=True, eq=False)
class Weights:
    """A supervised model.

    Attributes:
        words, labels: of its dictionary, as UTF-8.
        uses: of each label in training, int64 [labels].
        input: a row for each word, then one for each bucket that is left, float32 [rows, columns].
        output: a row for each label (of a tree: for each of its inner nodes), float32 [labels, columns].
        bucket_rows: the row of each bucket, −1 where it was pruned, int32 [buckets]; None where bucket b has
            row ``len(words) + b``.
        coded: whether the input and the output stand in the file as codes.
    """

    header: Header
    words: list[bytes]
    labels: list[bytes]
    uses: Ints
    input: Floats32
    output: Floats32
    bucket_rows: Rows | None
    coded: tuple[bool, bool]

    @classmethod
    def read(cls, path: str, library: Any) -> Weights:
        """Read a file that is known to be whole.

        Args:
            library: the model that the ``fasttext`` module has loaded from it. Matrices of numbers are its
                own, so that a model of gigabytes is in memory once; they live as long as it does.
        """
        with Path(path).open("rb") as file, closing(mmap(file.fileno(), 0, access=ACCESS_READ)) as data:
            found = fasttext_file.contents(data)
            return cls(
                found.header,
                list(found.words),
                list(found.labels),
                found.uses,
                _matrix(data, found.input, library.f.getInputMatrix),
                _matrix(data, found.output, None if found.input.codes else library.f.getOutputMatrix),
                _bucket_rows(found),
                (found.input.codes is not None, found.output.codes is not None),
            )


def _bucket_rows(found: Contents) -> Rows | None:
    if found.pruned is None:
        return None
    rows = np.full(found.header.buckets, -1, np.int32)
    bucket, row = found.pruned.T
    there = (bucket >= 0) & (bucket < len(rows))
    rows[bucket[there]] = row[there] + len(found.words)
    return rows


def _matrix(data: mmap, matrix: Matrix, loaded: Callable[[], Any] | None) -> Floats32:
    """A matrix put together from codes, the library's own, or read where the library hands none out.

    Raises:
        ValueError: the library has another than the file.
    """
    shape = (matrix.rows, matrix.columns)
    if matrix.codes is not None:
        return _decoded(data, matrix)
    if loaded is None:
        return _numbers(data, np.float32, matrix.place, matrix.rows * matrix.columns).reshape(shape)
    found = np.asarray(loaded())
    if found.shape != shape or found.dtype != np.float32:
        raise ValueError("the library has another matrix than the file")
    return found


def _decoded(data: mmap, matrix: Matrix) -> Floats32:
    """The centroids of all parts of each row, times its norm."""
    assert matrix.codes is not None
    rows, columns, place = matrix.rows, matrix.columns, matrix.codes
    width = place.width
    parts = -(-columns // width)
    codes = _numbers(data, np.uint8, place.codes, rows * parts).reshape(rows, parts)
    centroids = _numbers(data, np.float32, place.centroids, CODES * columns)
    found = np.empty((rows, columns), np.float32)
    for part in range(parts):
        first, end = part * width, min((part + 1) * width, columns)
        own = centroids[CODES * first : CODES * end].reshape(CODES, end - first)
        found[:, first:end] = own[codes[:, part]]
    if place.norms:
        norms = _numbers(data, np.float32, place.norm_centroids, CODES)
        found *= norms[_numbers(data, np.uint8, place.norms, rows)][:, np.newaxis]
    return found


def _numbers(data: mmap, dtype: type[Number], place: int, count: int) -> NDArray[Number]:
    size = np.dtype(dtype).itemsize * count
    return np.frombuffer(data[place : place + size], dtype)
