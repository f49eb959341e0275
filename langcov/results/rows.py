"""The integer counters by row that a result rests on, in a file beside it, so that results can be paired.

``RESULT.rows.npz`` is an archive of NumPy without pickles. ``index`` is JSON in UTF-8: which result it goes
with, and for each part its corpus, language and system, facts, and the names of its arrays by kind of dtype;
``3.i`` holds the signed ones of part 3 as its columns, ``3.u`` the unsigned ones.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from langcov.core.files import write_whole
from langcov.errors import UserError

SCHEMA = "langcov.rows/1"
KINDS = "iu"  # kinds of dtype that arrays may have
DAMAGED = (
    *(OSError, ValueError, KeyError, TypeError, EOFError),
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError),
)
"""What reading an archive ends in where bytes of it were changed."""


@dataclass(frozen=True, eq=False)
class Part:
    """Counters of one language of a corpus, of its text or of what one system made of it.

    Attributes:
        system: its name; None: of the text alone.
        arrays: integer arrays by name, a row of the text an item.
        facts: what else is known, as JSON has it.
    """

    corpus: str
    language: str
    system: str | None
    arrays: Mapping[str, NDArray[Any]]
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, str, str | None]:
        """What it is of."""
        return self.corpus, self.language, self.system


def rows_path(result: str | Path) -> Path:
    """Where the rows of a result are.

    >>> rows_path("out/tokens.json").name, rows_path("lid.json.xz").name
    ('tokens.rows.npz', 'lid.rows.npz')
    """
    path = Path(result)
    return path.with_name(path.name.removesuffix(".xz").removesuffix(".json") + ".rows.npz")


def save_rows(path: Path, parts: Sequence[Part], result: Mapping[str, str]) -> None:
    """Write the rows of a result, whole or not at all; the same bytes for the same rows.

    Args:
        result: what ties them to their result.

    Raises:
        UserError: it can't be written.
    """
    listed: list[dict[str, Any]] = []
    arrays: dict[str, Any] = {}
    for at, part in enumerate(parts):
        kinds: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for name, array in part.arrays.items():
            kinds[array.dtype.kind].append(name)
        for kind, names in kinds.items():
            if names:
                arrays[f"{at}.{kind}"] = _small(np.stack([part.arrays[name] for name in names], axis=1))
        place = {"corpus": part.corpus, "language": part.language, "system": part.system}
        listed.append({**place, "arrays": kinds, "facts": dict(part.facts)})
    index = {"schema": SCHEMA, "result": dict(result), "parts": listed}
    text = json.dumps(index, ensure_ascii=False).encode("utf-8", "backslashreplace")
    buffer = io.BytesIO()
    np.savez_compressed(buffer, index=np.frombuffer(text, np.uint8), **arrays)
    write_whole(path, buffer.getvalue())


def is_rows(path: Path) -> bool:
    """Whether that is a file of rows, which nobody else wrote."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            return bool(json.loads(archive["index"].tobytes())["schema"].startswith("langcov.rows/"))
    except (*DAMAGED, AttributeError):
        return False


def load_rows(path: Path, result: Mapping[str, str]) -> list[Part] | None:
    """The rows beside a result; None where there is no such file.

    Raises:
        UserError: it is damaged, of another schema, or goes with another result.
    """
    if not path.exists():
        return None
    again = "measure again, or remove the file to compare without rows"
    try:
        with np.load(path, allow_pickle=False) as archive:
            index = json.loads(archive["index"].tobytes())
            if index["schema"] != SCHEMA:
                raise UserError(
                    f"{path}: another schema than {SCHEMA}; read it with the version that wrote it"
                )
            parts = [_part(archive, at, row) for at, row in enumerate(index["parts"])]
    except DAMAGED as error:
        raise UserError(f"{path}: no rows of a result, or cut short ({error}); {again}") from error
    if index["result"] != dict(result):
        raise UserError(f"{path} goes with another result than the JSON beside it; {again}")
    return parts


def _part(archive: Any, at: int, row: Mapping[str, Any]) -> Part:
    arrays: dict[str, NDArray[Any]] = {}
    for kind, wide in zip(KINDS, (np.int64, np.uint64)):
        names = row["arrays"][kind]
        columns = archive[f"{at}.{kind}"].astype(wide) if names else np.zeros((0, 0), wide)
        if columns.shape[1:] != (len(names),):
            raise ValueError(f"part {at} has {columns.shape} numbers for {len(names)} names")
        arrays |= dict(zip(names, columns.T.copy()))
    return Part(row["corpus"], row["language"], row["system"], arrays, row["facts"])


def _small(array: NDArray[Any]) -> NDArray[Any]:
    """Integers in as few bytes as they need."""
    if array.dtype.kind == "u" or not array.size:
        return array
    return array.astype(np.result_type(np.min_scalar_type(array.min()), np.min_scalar_type(array.max())))
