"""Rebuilds ``catalogue.toml``: where each file that can be pulled is, and its sha256 where one is known.

    python tools/build_catalogue.py [../shared/corpora/MANIFEST.tsv]

The same manifest gives the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from langcov.core.toml import table, value
from langcov.languages import find

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).resolve().parents[1] / "corpora"
HEAD = """\
# Made by tools/build_catalogue.py of pulled.toml and the manifest of the texts: edit these, not this.
# A file's upstream is REPOSITORY/COMMIT/PATH, to be put behind base (or behind --mirror).
# Its sha256 is of the text without carriage returns and byte-order marks, parts one after another: of all
# of it, or of its first so many lines. A file without one is trusted as the commit names it, once.

base = "https://raw.githubusercontent.com"
"""


def catalogue(manifest: Path) -> str:
    """The text of ``catalogue.toml``.

    Args:
        manifest: ``MANIFEST.tsv``, the repository, commit, path and sha256 of each text.
    """
    with manifest.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    blocks = [HEAD]
    for name, facts in tomllib.loads((HERE / "pulled.toml").read_text("utf-8")).items():
        files = _files([row for row in rows if fnmatch(row["file"], facts["files"])], facts)
        blocks.append(
            f"[{name}]\ntitle = {value(facts['title'])}\nform = {value(facts['form'])}\nfiles = [\n"
            + "".join(f"    {value(file)},\n" for file in files)
            + f"]\n\n{table(f'{name}.card', facts['card'])}"
        )
    return "\n".join(blocks)


def _files(rows: list[dict[str, str]], facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    languages = [_language(row, facts.get("languages", {})) for row in rows]
    often = Counter(languages)
    files = []
    for row, language in zip(rows, languages):
        stem, _, extension = Path(row["file"]).name.rpartition(".")
        if language:
            extension = {"udhr": "tsv", "entries": "txt"}.get(facts["form"], extension)
            stem = language if often[language] == 1 else f"{language}.{stem}"
        file: dict[str, Any] = {"name": f"{stem}.{extension}"}
        file |= {"language": language} if language else {}
        file["upstream"] = _upstream(row)
        if "sums" in facts:
            file["sha256"] = row["sha256"]
        if facts.get("sums") == "first":
            file["lines"] = int(row["lines"])
        files.append(file)
    return files


def _language(row: Mapping[str, str], renamed: Mapping[str, str]) -> str:
    """The id of the language, empty for a file that goes with those of all."""
    if row["iso639_3"] == "mul":
        return ""
    name = f"{row['iso639_3']}_{row['script']}"
    return find(renamed.get(name, name)).id


def _upstream(row: Mapping[str, str]) -> list[str]:
    """``REPOSITORY/COMMIT/PATH`` of each part; a path may be ``PATH@COMMIT`` or ``PATH (lines …)``."""
    commits = row["commit"].split(";")
    parts = []
    for part in row["path"].partition(" (")[0].replace("+", ";").split(";"):
        path, _, short = part.partition("@")
        (commit,) = [one for one in commits if one.startswith(short)]
        parts.append(f"{row['source_repo']}/{commit}/{path}")
    return parts


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "shared/corpora/MANIFEST.tsv"
    (HERE / "catalogue.toml").write_text(catalogue(given), "utf-8")
