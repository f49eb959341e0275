"""Rebuilds the bundled corpora, their tables and cards, as ``sources.toml`` says.

    python tools/build_word_tables.py [../shared/corpora [NAME …]]
    python tools/build_word_tables.py --hygiene    # only the words with issues, of the tables that are there
    python tools/build_word_tables.py --check      # whether these are as they were counted; 1 if not

The same texts give the same bytes. A text that is not the one its manifest names is refused. Last, the words
with issues are counted: ``hygiene.json``, which a measurement of these tables takes its own from.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import langcov
from langcov.core import plugins
from langcov.corpora import resolve
from langcov.corpora.base import Corpus, ReadOptions, Source
from langcov.corpora.card.card import CARD
from langcov.corpora.tables.condense import Summary, condense
from langcov.hygiene.engine.count_faulty import count_faulty
from langcov.hygiene.engine.faulty import COUNTED, ENTRY_POINTS, Task, sha256

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).resolve().parents[1] / "corpora"


@dataclass(frozen=True)
class Text:
    """What one language of a corpus is made of, or a part of it.

    Attributes:
        path: of the file.
        part: which of its words a lexicon takes, where not all.
        origin: ``repository@commit`` of the file.
    """

    path: Path
    part: str
    origin: str


def build(name: str, shared: Path, out: Path = HERE) -> Summary:
    """Write the table and the card of a corpus.

    Args:
        name: as in ``sources.toml``.
        shared: the folder of texts, with their ``MANIFEST.tsv``.
        out: where the folder of the corpus is, or will be made.

    Raises:
        ValueError: a text is not the one that the manifest names.
    """
    facts = plan()[name]
    texts = _texts(facts["files"], shared)
    corpus = Corpus(
        name,
        tuple(source for language in sorted(texts) for source in _sources(name, language, texts[language])),
        facts["kind"],
        facts["alignment"],
        str(shared / facts["names"]) if "names" in facts else facts.get("documents", "none"),
        facts["licence"],
        keys=facts.get("keys"),
    )
    (out / name).mkdir(parents=True, exist_ok=True)
    table = f"{name}.words.tsv.xz"
    summary = condense(corpus, out / name / table)
    (out / name / CARD).write_text(_card(name, facts, texts, table, summary), "utf-8")
    return summary


def plan() -> dict[str, dict[str, Any]]:
    """The facts of each corpus, by name."""
    return tomllib.loads((HERE / "sources.toml").read_text("utf-8"))


def _texts(files: str | Mapping[str, str | list[str]], shared: Path) -> dict[str, list[Text]]:
    """The files of each language: a pattern of ``tat_Cyrl.txt``, or language to ``PATH`` or ``PATH#PART``."""
    if isinstance(files, str):
        files = {path.stem: str(path.relative_to(shared)) for path in shared.glob(files)}
    with (shared / "MANIFEST.tsv").open(encoding="utf-8") as stream:
        manifest = {row["file"]: row for row in csv.DictReader(stream, delimiter="\t")}
    found: dict[str, list[Text]] = {}
    for language, names in files.items():
        for name in [names] if isinstance(names, str) else names:
            file, _, part = name.partition("#")
            row = manifest[file]
            if hashlib.sha256((shared / file).read_bytes()).hexdigest() != row["sha256"]:
                raise ValueError(f"{shared / file} is not the text that MANIFEST.tsv names")
            origin = f"github.com/{row['source_repo']}@{row['commit']}"
            found.setdefault(language, []).append(Text(shared / file, part, origin))
    return found


def _sources(name: str, language: str, texts: Sequence[Text]) -> list[Source]:
    """The files as they stand, or of a lexicon, its words and phrases, each once, in their order."""
    if name not in LISTS:
        return [Source(language, str(text.path), FORMATS.get(name, "txt")) for text in texts]
    entries = [entry.strip() for text in texts for entry in LISTS[name](text)]
    return [Source(language, "<memory>", "memory", tuple(dict.fromkeys(entries)))]


def _gatitos(text: Text) -> list[str]:
    """The expressions; of the part ``english``, what they translate."""
    return [row[text.part == "english"] for row in _rows(text)]


def _panlex(text: Text) -> list[str]:
    """The expressions of a variety, the part being its PanLex uid."""
    return [row[6] for row in _rows(text) if row[2] == text.part]


def _ud(text: Text) -> list[str]:
    """The word forms that hold a letter; of words written together (``2-3``) what is written."""
    forms = []
    for sentence in text.path.read_text("utf-8").split("\n\n"):
        covered = 0
        for row in (line.split("\t") for line in sentence.split("\n")):
            first, _, last = row[0].partition("-")
            if first.isdigit() and int(first) > covered:
                covered = int(last or first)
                forms.append(row[1])
    return [form for form in forms if any(map(str.isalpha, form))]


FORMATS = {"udhr": "tsv"}
LISTS: Mapping[str, Callable[[Text], list[str]]] = {"gatitos": _gatitos, "panlex": _panlex, "ud": _ud}


def _rows(text: Text) -> list[list[str]]:
    return [line.split("\t") for line in text.path.read_text("utf-8").removesuffix("\n").split("\n")]


def _card(
    name: str, facts: Mapping[str, Any], texts: Mapping[str, Sequence[Text]], table: str, summary: Summary
) -> str:
    """The card, as TOML (its strings are those of JSON)."""
    origins = {one: " ".join(dict.fromkeys(text.origin for text in found)) for one, found in texts.items()}
    head = {"name": name, "kind": facts["kind"], "licence": facts["licence"], "source": facts["source"]}
    one = len(set(origins.values())) == 1
    if one:
        head["commit"] = origins[min(origins)].partition("@")[2]
    head |= {key: facts[key] for key in ("alignment", "documents", "cite") if key in facts}
    lines = [f"{key} = {_quoted(value)}\n" for key, value in head.items()]
    lines += ["problems = [\n", *(f"    {_quoted(problem)},\n" for problem in facts["problems"]), "]\n"]
    parts = [
        "".join(lines),
        _section("languages", dict.fromkeys(summary.sha256, table)),
    ]
    if not one:
        parts.append(_section("commit", dict(sorted(origins.items()))))
    if "orthography" in facts:
        parts.append(_section("orthography", facts["orthography"]))
    hashes = {language: sha256 for language, (sha256,) in summary.sha256.items()}
    parts.append(_section("sha256", hashes, f"# {facts['hashed']}\n"))
    return "\n".join(parts)


def _section(name: str, values: Mapping[str, str], note: str = "") -> str:
    return f"[{name}]\n{note}" + "".join(f"{key} = {_quoted(value)}\n" for key, value in values.items())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def hygiene(name: str) -> dict[str, Any]:
    """The words with issues of a bundled table, by language, and the bytes that this holds of.

    Raises:
        ValueError: a check of another package is installed.
    """
    if list(plugins.entry_points(ENTRY_POINTS)):
        raise ValueError("another package has checks of its own: uninstall it")
    (corpus,) = resolve([name])
    tasks = [Task(corpus, source, ReadOptions()) for source in corpus.sources]
    languages = {
        task.source.language: {"orthography": task.orthography} | count_faulty(task).as_json()
        for task in tasks
    }
    return {"sha256": sha256(Path(corpus.sources[0].path)), "languages": languages}


def main(*given: str) -> int:
    """Build, count, or compare."""
    if not set(given) & {"--hygiene", "--check"}:
        shared = Path(given[0]) if given else HERE.parents[1] / "shared" / "corpora"
        for name in given[1:] or plan():
            made = build(name, shared)
            rows = made.rows.values()
            print(
                f"{name}: {len(rows)} languages, {min(rows)} to {max(rows)} rows, {made.lines} lines, "
                f"{made.words} words, {made.entries} entries"
            )
    counted = {"langcov": langcov.__version__, "tables": {name: hygiene(name) for name in plan()}}
    text = json.dumps(counted, ensure_ascii=False, indent=1) + "\n"
    if "--check" in given:
        return int((HERE / COUNTED).read_text("utf-8") != text)
    (HERE / COUNTED).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
