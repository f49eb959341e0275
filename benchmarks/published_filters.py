"""What published filters of web corpora keep of clean text, for each language with enough of it.

    python benchmarks/published_filters.py [SHARED [RECIPE_FILES]]    # -> results/filters.md and .tsv

The texts are those of ``SHARED/corpora``: documents of NTREX; elsewhere runs of lines of 100 words or more,
the first 170 of a language. Only counts are written. A row is what these say, LANG and FILE being its
language and file (of NTREX a folder with a card, as ``langcov corpora pull ntrex-text`` makes it):

    langcov filters --recipe fineweb-2 --corpus LANG=FILE --max-documents 170 --perturb case,nfd,lookalike
    langcov filters advise LANG --corpus LANG=FILE --max-documents 170 --leave-out CORPUS
    langcov filters --recipe gopher --corpus LANG=FILE --max-documents 170      # and so each other recipe
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from langcov.corpora import Corpus, ReadOptions, resolve
from langcov.corpora.base import only
from langcov.errors import UserError
from langcov.filters.advise import advise
from langcov.filters.apply import WHOLE, Filtered, FilterSettings, apply
from langcov.filters.recipe import load
from langcov.languages import find

RESULTS = Path(__file__).resolve().parent / "results"
SHARED = Path(__file__).resolve().parents[2] / "shared"
TSV = RESULTS / "filters.tsv"
OWN = "fineweb-2"
OTHERS = ("gopher", "fineweb", "c4", "mc4", "justext", "trafilatura", "hplt", "opusfilter")
CHANGES = ("case", "nfd", "lookalike")
MOST, FEWEST = 170, 20
COLUMNS = (
    *(
        "language",
        "corpus",
        "documents",
        OWN,
        "takes_most",
        "taken",
        "advised",
        *CHANGES,
        *OTHERS,
        "stand_in",
    ),
)
HEADS = {
    "documents": "documents",
    OWN: "FineWeb-2 keeps",
    "takes_most": "step that takes most",
    "advised": "with advised words",
    "case": "in capitals",
    "nfd": "in NFD",
    "lookalike": "in look-alikes",
    "gopher": "Gopher",
    "fineweb": "FineWeb",
    "c4": "C4",
    "mc4": "mC4",
    "justext": "jusText",
    "trafilatura": "trafilatura",
    "hplt": "HPLT",
    "opusfilter": "OpusFilter, of lines",
}
Row = dict[str, str]


def texts(corpora: Path, scratch: Path) -> Iterator[tuple[str, Corpus, ReadOptions]]:
    """Each corpus: the bundled one of the same text, what it is, how it is read."""
    names = corpora / "ntrex" / "DOCUMENT_IDS.txt"
    (scratch / "corpus.toml").write_text(f'name = "ntrex"\nalignment = "lines"\ndocuments = "{names}"\n')
    for path in (corpora / "ntrex").glob("???_????.txt"):
        (scratch / path.name).symlink_to(path)
    plain = ReadOptions()
    yield "ntrex", resolve([str(scratch)])[0], plain
    for folder, bundled in (("flores_plus", "flores"), ("commonvoice", "commonvoice"), ("nllbseed", "")):
        yield bundled, resolve([str(corpora / folder)])[0], plain
    first = ReadOptions(text_column=1)
    files = [f"{path.name[:3]}={path}" for path in sorted((corpora / "tatoeba").glob("*.tsv"))]
    yield "", resolve(files, options=first)[0], first
    files = [
        f"{code}={path}" for path in sorted((corpora / "ud").glob("*.conllu")) if (code := _treebank(path))
    ]
    yield "ud", resolve(files)[0], plain


def _treebank(path: Path) -> str:
    with suppress(UserError):
        return find(path.stem.removeprefix("UD_").rpartition("-")[0].replace("_", "-")).id
    return ""


def rows(corpus: Corpus, bundled: str, options: ReadOptions, name: str, files: Path | None) -> Iterator[Row]:
    """A row for each language with enough documents."""
    for language in corpus.languages:
        [own] = only([corpus], [language], [])
        row = {"language": language, "corpus": name, **_others(own, options)}
        if int(row["documents"]) >= FEWEST:
            settings = FilterSettings(files, most=MOST, perturbations=CHANGES, options=options)
            kept: Row = {}
            with suppress(UserError):  # no file of the recipe for it
                kept = _whole(apply(load(OWN), [own], settings))
            yield row | kept | (_advised(own, language, bundled, settings) if kept else {})


def _whole(done: Filtered) -> Row:
    """What the recipe with files for each language keeps, as the text is and changed."""
    whole = {one.perturbation: one for one in done.records if one.step == WHOLE}
    if whole[None].kept is None:
        return {}
    found = {change: "" if whole[change].kept is None else str(whole[change].kept) for change in CHANGES}
    steps = [r for r in done.records if r.mode == "in-order" and r.step != WHOLE and r.perturbation is None]
    worst = max(steps, key=lambda one: one.removed or 0)
    taken = {"takes_most": worst.step, "taken": str(worst.removed)} if worst.removed else {}
    return {OWN: str(whole[None].kept), "stand_in": whole[None].reason or "", **found, **taken}


def _others(corpus: Corpus, options: ReadOptions) -> Row:
    """What recipes without such files keep of the same documents; of lines, of how many of the first ones."""
    row: Row = {}
    for name in OTHERS:
        done = apply(load(name), [corpus], FilterSettings(most=MOST, options=options))
        [whole] = [one for one in done.records if one.step == WHOLE]
        if done.recipe.unit == "line":
            row[name] = "" if whole.kept is None else f"{whole.kept}/{whole.documents}"
        else:
            row |= {name: "" if whole.kept is None else str(whole.kept), "documents": str(whole.documents)}
    return row


def _advised(corpus: Corpus, language: str, bundled: str, settings: FilterSettings) -> Row:
    with suppress(UserError):  # no bundled text but this one
        found = advise(load(OWN), language, [corpus], settings, [bundled] if bundled else [])
        [own] = [one for one in found.verdicts if one.language == language]
        return {"advised": str(own.advised)}
    return {}


def findings(found: Sequence[Row]) -> list[str]:
    """Sentences, of the figures."""
    judged = [row for row in found if row.get(OWN)]
    half = [row for row in judged if 2 * int(row[OWN]) < int(row["documents"])]
    stop = [row for row in half if row.get("takes_most") == "gopher_enough_stop_words"]
    helped = [row for row in stop if row.get("advised")]
    capitals = [row for row in judged if row.get("case")]
    russian = [row for row in judged if row["language"] == "rus_Cyrl"]
    lost = _sum(russian, "documents") - _sum(russian, OWN)
    foreign = [row for row in found if row["opusfilter"].startswith("0/") and row["language"] != "eng_Latn"]
    named = {row["language"] for row in foreign}
    return [
        f"FineWeb-2 has a file for {len(judged)} pairs of language and corpus here, and keeps less than half "
        f"of the documents of {len(half)} ({_names(half)}). In {len(stop)} the stop words take most; "
        f"with the words that `langcov filters advise` takes from other texts {_sum(helped, 'advised')} of "
        f"{_sum(helped, 'documents')} documents are kept, not {_sum(helped, OWN)}, of the {len(helped)} that "
        "there are such texts of.",
        f"In capitals {_sum(capitals, 'case')} of {_sum(capitals, 'documents')} documents are kept, where "
        f"{_sum(capitals, OWN)} are as they stand: stop words are compared as they are written.",
        f"Russian loses {lost} of {_sum(russian, 'documents')} documents of the same corpora. In all, the "
        f"recipes made for English keep {_sum(found, 'gopher')} (Gopher) and {_sum(found, 'c4')} (C4) of "
        f"{_sum(found, 'documents')} documents: the first asks for English stop words.",
        f"OpusFilter's default filters keep no line of {len(foreign)} of {len(found)} texts "
        f"({', '.join(sorted(named))}): lingua has no such language. jusText has a "
        f"stop list for {len({row['language'] for row in found if row['justext']})} of "
        f"{len({row['language'] for row in found})} languages.",
    ]


def _names(found: Sequence[Row]) -> str:
    return ", ".join(f"{row['language']} {row['corpus']}" for row in found)


def _sum(found: Sequence[Row], column: str) -> int:
    return sum(int(row[column]) for row in found if row.get(column))


HEAD = """# What published filters keep of clean text

Counts of `python benchmarks/published_filters.py` with datatrove {version}: documents of NTREX, elsewhere
runs of lines of 100 words or more, the first 170 of a language (of OpusFilter the first 170 lines); languages
with 20 documents or more. The head of the script has the commands that repeat a row. No language ID, but for
trafilatura and OpusFilter, which bring theirs; no duplicates. \\*: spaCy's `xx` stands in
for a word tokenizer that is a download. An empty cell: the recipe has no file for the language, or no other
text is left to take words from.
"""


def report(found: Sequence[Row], version: str) -> str:
    """The table in Markdown."""
    shown = [one for one in COLUMNS if one not in ("taken", "stand_in")]
    said = [f"{number}. {one}" for number, one in enumerate(findings(found), 1)]
    head = [f"| {' | '.join(HEADS.get(one, one) for one in shown)} |", f"|{'---|' * len(shown)}"]
    rows = [f"| {' | '.join(_cell(row, column) for column in shown)} |" for row in found]
    return "\n".join([HEAD.format(version=version), *said, "", *head, *rows]) + "\n"


def _cell(row: Mapping[str, str], column: str) -> str:
    if column == "takes_most" and row.get(column):
        return f"`{row[column]}` {row['taken']}"
    return row.get(column, "") + ("\\*" if column == OWN and row.get("stand_in") else "")


def main(shared: Path, files: Path | None) -> None:
    """Count, and write."""
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        for bundled, corpus, options in texts(shared / "corpora", Path(scratch)):
            name = bundled or corpus.name
            for row in rows(corpus, bundled, options, name, files):
                found.append(row)
                print(*(row.get(one, "") for one in COLUMNS), sep="\t", flush=True)
    found.sort(key=lambda row: (row["language"], row["corpus"]))
    with TSV.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(found)
    (RESULTS / "filters.md").write_text(report(found, load(OWN).installed()), encoding="utf-8")


if __name__ == "__main__":
    given = [Path(one) for one in sys.argv[1:]]
    main(given[0] if given else SHARED, given[1] if len(given) > 1 else None)
