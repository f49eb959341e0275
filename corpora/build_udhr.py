"""Rebuilds the bundled corpus ``udhr`` from a folder of keyed UDHR texts (../shared/corpora).

    python corpora/build_udhr.py [../shared/corpora]

A row of a table is an article. The text is in the public domain, so rows may be as short as they are.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from langcov.corpora.base import Corpus, Source
from langcov.corpora.condense import Summary, condense

HERE = Path(__file__).resolve().parent
OUT = HERE / "udhr"
TABLE = "udhr.words.tsv.xz"
SOURCE = "github.com/eric-muller/udhr"
LICENCE = "LicenseRef-public-domain"
KEYS = "(0[1-9]|[12][0-9]|30)/[0-9]+"
PROBLEMS = (
    "The source repository has no licence file; other distributors of the text mark it public domain.",
    "Titles and the preamble are left out: some titles are Russian, the preamble is cut differently.",
    "Chuvash is missing: what is filed upstream as its UDHR is a different declaration.",
    "Livvi (olo_Latn) is filed upstream as Karelian; its letters and words are Livvi.",
    "Adyghe and Kabardian write the palochka as U+04CF and as Ukrainian U+0406, within one line.",
    "Nanai is decomposed (NFD), and so is the letter ü of Veps.",
    "Tatar has errors of character recognition and a few corrections in square brackets.",
    "Ossetian lacks eight paragraphs, Tundra Yukaghir (ykg_Cyrl) an article.",
    "Even, Shor, Evenki, Ossetian and Tundra Yukaghir have 45 to 74 % of the code points of the Russian text "
    "over the same articles: they seem shortened, so their premiums are too low to compare with others.",
    "There is no Bashkir, Chechen, Udmurt, Mari, Mordvin, Komi-Zyrian or Avar text.",
)
ORTHOGRAPHIES = {"eve_Cyrl": "yakutia", "evn_Cyrl": "udhr"}
"""Languages whose text is not in the main orthography of the table of languages."""


def build(shared: Path) -> Summary:
    """Write the table and its card; the same texts give the same bytes."""
    files = sorted(path for path in (shared / "udhr").glob("*.txt") if "NOT-UDHR" not in path.name)
    sources = tuple(Source(path.stem, str(path), "tsv") for path in files)
    corpus = Corpus("udhr", sources, "text", "keys", "key-prefix", LICENCE, keys=KEYS)
    OUT.mkdir(exist_ok=True)
    summary = condense(corpus, OUT / TABLE)
    (OUT / "corpus.toml").write_text(card(summary, commit_of(shared)), "utf-8")
    return summary


def commit_of(shared: Path) -> str:
    """The commit of the source, the same for all its files."""
    with (shared / "MANIFEST.tsv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if row["file"].startswith("udhr/")]
    (commit,) = {row["commit"] for row in rows}
    return commit


def card(summary: Summary, commit: str) -> str:
    """The card, as TOML (its strings are those of JSON)."""
    fields = {
        "name": "udhr",
        "kind": "text",
        "licence": LICENCE,
        "source": SOURCE,
        "commit": commit,
        "alignment": "keys",
        "documents": "key-prefix",
    }
    head = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    problems = "".join(f"    {json.dumps(problem, ensure_ascii=False)},\n" for problem in PROBLEMS)
    hashes = "".join(f'{language} = "{sha256[0]}"\n' for language, sha256 in summary.sha256.items())
    tables = "".join(f'{language} = "{TABLE}"\n' for language in summary.sha256)
    spellings = "".join(f'{language} = "{name}"\n' for language, name in ORTHOGRAPHIES.items())
    note = "# of each keyed text (UTF-8) as a whole; counted of it are the keys of articles 01/1 to 30/n"
    parts = (
        f"{head}problems = [\n{problems}]\n",
        f"[languages]\n{tables}",
        f"[orthography]\n{spellings}",
        f"[sha256]\n{note}\n{hashes}",
    )
    return "\n".join(parts)


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "shared" / "corpora"
    made = build(given)
    print(f"{len(made.rows)} languages, {made.lines} lines, {made.words} words, {made.entries} entries")
