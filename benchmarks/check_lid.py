"""Are langcov's LID figures right? python benchmarks/check_lid.py [MODEL ...]

Every model on the running text of ../shared/corpora: its labels by the bare library, line by line, and every
figure from these by its definition (``lid_by_definition``), against what langcov measures: confusion counts,
totals, all metrics of each class and of all together. Prints a row a model and corpus; exit code 1 if a
figure differs. CLD2 refuses some code points; such lines have them replaced by spaces in both.
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bare_lid import Bare, bare
from benchmarks.lid_by_definition import Key, figures
from benchmarks.lid_judged import Judged, Line
from benchmarks.run_lid import FASTTEXT, FOLDERS, MODELS, SHARED, corpus
from langcov.corpora.base import Corpus
from langcov.languages import find
from langcov.languages.perturbations import perturb
from langcov.lid import load
from langcov.lid.classes import Policy
from langcov.lid.labels import meanings
from langcov.measure.lid import LidSettings, measure
from langcov.results.result import Record, Result
from langcov.text.strings import Strings

REFUSED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""What CLD2 takes for invalid UTF-8, as far as it stands in these texts."""
PERTURBATIONS = ("case", "base_letters")
POLICY: Policy = "macro"
EXCEPTIONS = Path(__file__).resolve().parents[1] / "langcov" / "data" / "gold_exceptions.tsv"


def main(wanted: list[str]) -> int:
    """Compare and print."""
    differences = 0
    for spec in [f"{FASTTEXT}=fasttext:{SHARED / 'lid' / 'lid.176.ftz'}", *MODELS]:
        system = load(spec)
        if wanted and system.name not in wanted:
            continue
        library = bare(system.spec)
        for folder in FOLDERS:
            text = corpus(folder)
            lines = list(_identified(library, system.kind, text))
            explained = {one.label: one for one in meanings(system.kind, system.model.labels)}
            settings = LidSettings(policy=POLICY, top=3, perturbations=PERTURBATIONS)
            judged = Judged(lines, explained, POLICY)
            many, wrong = _compared(judged, measure([text], [system], settings))
            print(f"{system.name}\t{folder}\t{len(lines)} lines\t{many} figures\t{wrong} differ", flush=True)
            differences += wrong
    print(f"{differences} differences")
    return 1 if differences else 0


def _identified(library: Bare, kind: str, text: Corpus) -> Iterator[Line]:
    """What the bare library says of every line that is no exception, as it is and changed."""
    for source in text.sources:
        excepted = _exceptions(source.language)
        lines = [
            line for line in texts_of(source.path, source.format) if line and _digest(line) not in excepted
        ]
        changed = {name: _changed(library, kind, name, source.language, lines) for name in PERTURBATIONS}
        for at, line in enumerate(lines):
            labels, score = library.ranked(_told(kind, line))
            yield Line(
                source.language,
                len(line),
                labels,
                score,
                {name: found[at] if found else None for name, found in changed.items()},
            )


def _changed(library: Bare, kind: str, name: str, language: str, lines: list[str]) -> list[str] | None:
    """The best label of each line after a perturbation; None where the language doesn't have it."""
    change = perturb(name, find(language))
    if isinstance(change, str):
        return None
    told = [_told(kind, line) for line in change(Strings.of(lines))]
    labels = iter(library.labels(library.predict([line for line in told if line])))
    return [next(labels) if line else "" for line in told]


def _told(kind: str, line: str) -> str:
    return REFUSED.sub(" ", line) if kind == "cld2" else line


def _exceptions(language: str) -> set[str]:
    with EXCEPTIONS.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["digest"] for row in rows if row["language"] == language}


def _digest(line: str) -> str:
    """The first 8 bytes of the BLAKE2b of the line's NFKC form, as a little-endian number."""
    digest = hashlib.blake2b(unicodedata.normalize("NFKC", line).encode()).digest()
    return f"{int.from_bytes(digest[:8], 'little'):016x}"


def _compared(judged: Judged, result: Result) -> tuple[int, int]:
    """How many figures were compared, and how many differ; these are printed."""
    expected = figures(judged)
    found = {key: record.value for record in result.records if (key := _key(record, judged))}
    pairs = {str(key): (expected.get(key), value) for key, value in found.items()}
    pairs |= {str(key): (value, None) for key, value in expected.items() if key not in found}
    matrix = Counter(("_".join(gold), _name(judged, top)) for gold, top in zip(judged.truth, judged.top))
    cells = {(cell["gold"], cell["predicted"]): cell["count"] for cell in result.details["confusion"]}
    pairs |= {str(cell): (matrix[cell], cells.get(cell, 0)) for cell in {*matrix, *cells}}
    lines = Counter(line.gold for line in judged.lines)
    pairs |= {f"lines {row['language']}": (lines[row["language"]], row["lines"]) for row in result.totals}
    wrong = {name: pair for name, pair in pairs.items() if not _same(*pair)}
    for name, (mine, theirs) in wrong.items():
        print(f"{name}: by definition {mine}, langcov {theirs}")
    return len(pairs), len(wrong)


def _key(record: Record, judged: Judged) -> Key | None:
    """The class and metric of a record; None for a language that is counted in a class with others."""
    if "counted in" in str(record.reason):
        return None
    classes = {"_".join(of): of for of in judged.gold}
    return (classes[record.language] if record.language else None), record.metric


def _name(judged: Judged, label: str) -> str:
    return "_".join(filter(None, judged.said(label)))


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-11, abs_tol=1e-11)


def texts_of(path: str, kind: str) -> list[str]:
    """The lines of a file, or what follows the key."""
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    return [line.partition("\t")[2] if kind == "tsv" else line.removesuffix("\r") for line in lines]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
