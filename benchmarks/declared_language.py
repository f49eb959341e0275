"""How often `declared-language` finds a wrong declaration, and how often it doubts a right one.

    python benchmarks/declared_language.py DEBIAN [SHARED]    # -> results/declared_language.tsv and .md

Texts are those of ``SHARED/corpora``, and interface messages out of Debian packages (mediawiki, iso-codes,
vlc-l10n, GTK, GNOME and others) which ``SHARED/cases/extract_debian.py`` writes to DEBIAN, in Cyrillic and
Latin letters. Of each text up to eight files of 60 lines are taken, evenly. The letter counts that a file
is judged by are made without the corpus that it is from. Models are asked only in rows that say so.

A file is declared to be in its own language, in each sister of its group, and, half of its lines being
exchanged for Russian ones, in its own. Only counts are written. Three of Debian's texts are left out where
they are not what their names say: the second half of the "Chuvash" messages of iso-codes, which is Chechen,
and the "Karakalpak" ones and the first third of the "Tatar" ones, which are in Latin letters (all are
found).
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from langcov.errors import UserError
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Context
from langcov.hygiene.lines import declared
from langcov.hygiene.lines.declared import DeclaredLanguage
from langcov.hygiene.lines.evidence import default_models
from langcov.hygiene.lines.likelihood import Likelihood, group_of
from langcov.hygiene.lines.rivals import KNOWN, is_same
from langcov.hygiene.lines.russian import RUSSIAN
from langcov.hygiene.reading.fields import Fields
from langcov.languages import Language, all_languages, find
from langcov.languages.alphabets import alphabet_of
from langcov.lid.kinds import LidSystem
from tools.build_letter_runs import SCRIPTS, counts, tables

RESULTS = Path(__file__).resolve().parent / "results"
SHARED = Path(__file__).resolve().parents[2] / "shared"
LINES, FILES, FEWEST = 60, 8, 25
CODES = {"mon": "khk_Cyrl", "aze": "azj_Latn", "uzb": "uzn_Latn", "bua": "bxr_Cyrl"}
TREEBANKS = {
    "Abaza": "abq",
    "Abkhaz": "abk",
    "Buryat": "bxr",
    "Chukchi": "ckt",
    "Erzya": "myv",
    "Karelian": "krl_Latn",
    "Kazakh": "kaz",
    "Komi_Permyak": "koi",
    "Komi_Zyrian": "kpv",
    "Livvi": "olo",
    "Moksha": "mdf",
    "Nenets": "yrk",
    "Tatar": "tat",
    "Veps": "vep",
    "Yakut": "sah",
}
LEFT_OUT = {
    ("gettext", "chv_Cyrl"): range(3, 8),
    ("gettext", "tat_Cyrl"): range(3),
    ("mediawiki", "kaa_Cyrl"): range(8),
}
KEYS = ("kind", "known", "models", "corpus", "language", "declared")
FIGURES = ("files", "not judged", "found", "named")


@dataclass(frozen=True)
class File:
    """60 lines of a text."""

    corpus: str
    language: str
    lines: Sequence[str]


def texts(shared: Path, debian: Path) -> Iterator[tuple[str, str, list[str]]]:
    """The corpus, the language and the lines of each text."""
    for path in sorted(shared.glob("corpora/*/*")) + sorted(debian.glob("*/*.txt")):
        corpus = {"flores_plus": "flores"}.get(path.parent.name, path.parent.name)
        try:
            language = _language(path)
        except UserError:
            continue
        if language.endswith(SCRIPTS) and "NOT-" not in path.name and "DOCUMENT" not in path.name:
            yield corpus, language, list(dict.fromkeys(filter(None, _lines(path, corpus))))


def _language(path: Path) -> str:
    name = path.stem.partition("-")[0]
    if path.suffix == ".conllu":
        name = TREEBANKS[path.stem.partition("_")[2].partition("-")[0]]
    return CODES.get(name.partition("_")[0]) or find(name).id


def _lines(path: Path, corpus: str) -> Iterator[str]:
    for line in path.read_text("utf-8").split("\n"):
        if path.suffix == ".conllu":
            if line.startswith("# text = "):
                yield line[9:].strip()
        elif corpus == "udhr":
            key, _, text = line.partition("\t")
            if re.match(r"(0[1-9]|[12]\d|30)/[1-9]", key):
                yield text.strip()
        else:
            yield line.partition("\t")[0].strip()


def files(corpus: str, language: str, lines: Sequence[str]) -> Iterator[File]:
    """Up to ``FILES`` files of a text."""
    many = len(lines) // LINES or int(len(lines) >= FEWEST)
    places = range(many) if many <= FILES else [at * many // FILES for at in range(FILES)]
    for number, at in enumerate(places):
        if number not in LEFT_OUT.get((corpus, language), ()):
            yield File(corpus, language, lines[at * LINES : (at + 1) * LINES])


@cache
def _tables() -> dict[str, Mapping[str, Counter[str]]]:
    return dict(tables())


@cache
def without(corpus: str, script: str) -> Likelihood | None:
    """The letters of all bundled tables but those of a corpus."""
    others = {name: words for name, words in _tables().items() if name != corpus}
    return Likelihood(counts(others, script)) if script in SCRIPTS else None


def judged(file: File, language: str, models: Sequence[LidSystem]) -> tuple[Issue | None, bool]:
    """What is said of a file that is declared to be in a language, and whether it could be judged."""
    check = DeclaredLanguage(Context(find(language), alphabet_of(language), models))
    check.add(Fields.of(file.lines))
    with mock.patch.object(declared, "bundled", lambda script: without(file.corpus, script)):
        issues = [issue for _, issue in check.issues()]
        return (issues[0] if issues else None), not check.unjudged()


def sisters(language: Language) -> Iterator[str]:
    """The other members of its group in its script."""
    group = group_of(language.id)
    for other in {one.id: one for one in all_languages()}.values():
        if (
            group
            and group_of(other.id) == group
            and other.script == language.script
            and not is_same(other, language)
        ):
            yield other.id


def rows(shared: Path, debian: Path) -> Iterator[dict[str, Any]]:
    """The counts, by kind of declaration, models, corpus, language and declared language."""
    every = [file for text in texts(shared, debian) for file in files(*text)]
    russian = [line for file in every if file.language == RUSSIAN for line in file.lines]
    sums: dict[tuple[str, ...], Counter[str]] = {}
    for number, file in enumerate(every):
        begin = number * LINES % (len(russian) - LINES)
        half = File(file.corpus, file.language, [*file.lines[::2], *russian[begin : begin + LINES // 2]])
        tried = [
            ("right", file, file.language),
            *(("wrong", file, one) for one in sisters(find(file.language))),
        ]
        if file.language.endswith("Cyrl") and file.language != RUSSIAN:
            tried.append(("half", half, file.language))
        for kind, one, language in tried:
            known = "yes" if _known(file, file.language) and _known(file, language) else "no"
            for name in ("none",) if known == "yes" else ("none", "default"):
                models = default_models() if name == "default" else []
                key: tuple[str, ...] = (kind, known, name, file.corpus, file.language, language)
                sums.setdefault(key, Counter()).update(_counted(kind, one, language, models))
    for key, found in sums.items():
        yield {**dict(zip(KEYS, key)), **{name: found[name] for name in FIGURES}}


def _known(file: File, language: str) -> bool:
    """Whether enough words of a language are known."""
    likelihood = without(file.corpus, file.language[-4:])
    return likelihood is not None and likelihood.words.get(language, 0) >= KNOWN


def _counted(kind: str, file: File, language: str, models: Sequence[LidSystem]) -> Counter[str]:
    issue, could = judged(file, language, models)
    right = RUSSIAN if kind == "half" else file.language
    named = issue is not None and right in (issue.suggestion, issue.values["other"])
    return Counter(
        {"files": 1, "not judged": int(not could), "found": int(issue is not None), "named": int(named)}
    )


def report(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The sums, the right declarations that were doubted, and the wrong ones that were missed."""
    yield "# Whether a file is in the language that it is declared to be in\n"
    yield "Counts of `python benchmarks/declared_language.py DEBIAN`, as its head says. *Known*: the"
    yield "bundled word tables, without the corpus of the file, have 300 words or more of the language and of"
    yield "the declared one. *Named*: the right language is named.\n"
    yield "| declaration | languages | models | files | not judged | found | share of the judged | named |"
    yield "|---|---|---|---|---|---|---|---|"
    for kind, known, models in dict.fromkeys((row["kind"], row["known"], row["models"]) for row in found):
        some = [row for row in found if (row["kind"], row["known"], row["models"]) == (kind, known, models)]
        files, missing, hits, named = (sum(int(row[name]) for row in some) for name in FIGURES)
        share = f"{hits / (files - missing):.2%}" if files > missing else "–"
        cells = (kind, "known" if known == "yes" else "not known", models, files, missing, hits, share, named)
        yield f"| {' | '.join(map(str, cells))} |"
    for kind, title in (
        ("right", "Right declarations that were doubted"),
        ("wrong", "Wrong ones that were missed"),
    ):
        yield f"\n{title}, of known languages:\n\n| corpus | language | declared | files |\n|---|---|---|---|"
        for row in found:
            count = int(row["found"]) if kind == "right" else int(row["files"]) - int(row["found"])
            if (row["kind"], row["known"]) == (kind, "yes") and count:
                place = (row["corpus"], row["language"], row["declared"], f"{count} of {row['files']}")
                yield f"| {' | '.join(place)} |"


def main(debian: Path, shared: Path) -> None:
    """Count, and write."""
    found = list(rows(shared, debian))
    with (RESULTS / "declared_language.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, (*KEYS, *FIGURES), delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    (RESULTS / "declared_language.md").write_text("\n".join(report(found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else SHARED)
