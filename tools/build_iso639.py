"""Rebuild ``iso639.tsv``: every code of ISO 639-3, with the other codes that mean it; and ``iso639_5.tsv``.

The source of the first is the package ``python-iso639`` 2026.7.23 (Apache-2.0), which carries the code tables
of the registration authority, SIL International (iso639-3.sil.org, 2026-07-15), as they are::

    pip download --no-deps python-iso639==2026.7.23 && unzip python_iso639-2026.7.23-py3-none-any.whl
    python tools/build_iso639.py iso639/_data /usr/share/iso-codes/json/iso_639-5.json

That of the second, the codes of ISO 639-5 (collections of languages) with their names, is Debian's package
``iso-codes`` 4.15.0 (LGPL-2.1+), which carries the list of the Library of Congress.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "langcov/data"
COLUMNS = ("code", "iso639_1", "iso639_2b", "macrolanguage", "retired", "now")
"""``iso639_2b`` only where it differs; ``retired``: since when; ``now``: the one code that replaced it."""


def read(path: Path) -> list[dict[str, str]]:
    """The rows of one of SIL's tables."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def build(tables: Path) -> list[dict[str, str]]:
    """The rows of ``iso639.tsv``; codes of no language (mis, mul, und, zxx) are left out."""
    holds = read(tables / "iso-639-3-macrolanguages.tab")
    macrolanguage = {row["I_Id"]: row["M_Id"] for row in holds if row["I_Status"] == "A"}
    rows = {}
    for row in read(tables / "iso-639-3.tab"):
        if row["Scope"] != "S":
            code = row["Id"]
            other = row["Part2b"] if row["Part2b"] != code else ""
            rows[code] = dict(zip(COLUMNS, (code, row["Part1"], other, macrolanguage.get(code, ""), "", "")))
    changes = {row["Id"]: row for row in read(tables / "iso-639-3_Retirements.tab")}
    for code in changes.keys() - rows.keys():
        now = changes[code]["Change_To"]
        while now in changes and now not in rows:
            now = changes[now]["Change_To"]
        rows[code] = dict(zip(COLUMNS, (code, "", "", "", changes[code]["Effective"], now)))
    return [rows[code] for code in sorted(rows)]


def collections(path: Path) -> list[dict[str, str]]:
    """The rows of ``iso639_5.tsv``."""
    listed = json.loads(path.read_text(encoding="utf-8"))["639-5"]
    return [{"code": row["alpha_3"], "name": row["name"]} for row in listed]


def write(name: str, rows: list[dict[str, str]]) -> None:
    """A table, its columns being those of its first row."""
    lines = ["\t".join(rows[0]), *("\t".join(row.values()) for row in rows), ""]
    (DATA / name).write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write("iso639.tsv", build(Path(sys.argv[1])))
    write("iso639_5.tsv", collections(Path(sys.argv[2])))
