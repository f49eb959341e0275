"""Make ``recognition.tsv``: where a language-ID model learnt a language with other letters than its own.

    python tools/build_recognition.py [SHARED]

Lines of a text are shown to a model as they should be written, and with what is typed for some letters in
their stead. Where it recognises more of the second, that is a row. The model is that of ``SHARED/lid``, texts
are those of ``SHARED/corpora``. All added letters with a look-alike were tried so on the UDHR, FLORES+, NTREX
and Common Voice with lid.176, CLD2 and HeLI-OTS: of texts of 50 lines these two alone gained 2 points.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from langcov.hygiene.lines.evidence import OWN, AskedModel
from langcov.languages import find
from langcov.lid.kinds import load
from langcov.text.scripts import majority_script
from langcov.text.strings import Strings

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "langcov/data/recognition.tsv"
SHARED = ROOT.parent / "shared"
TRIED = (
    ("chv_Cyrl", "ӑ ӗ ҫ", "ă ĕ ç", "flores_plus/chv_Cyrl.txt", "FLORES+"),
    ("oss_Cyrl", "ӕ", "æ", "udhr/oss_Cyrl.txt", "UDHR"),
)
COLUMNS = ("language", "model", "wrong", "right", "corpus", "lines", "with_wrong", "with_right")


def rows(shared: Path) -> Iterator[dict[str, str]]:
    """The rows of the table."""
    system = load(f"fasttext:{shared / 'lid/lid.176.ftz'}")
    for language, right, wrong, path, corpus in TRIED:
        text = (shared / "corpora" / path).read_text("utf-8")
        lines = [line.rpartition("\t")[2] for line in text.split("\n") if line.strip()]
        model = AskedModel(system, find(language))
        pairs = [*zip(wrong.split(), right.split()), *zip(wrong.upper().split(), right.upper().split())]
        found = [
            share(model, [line.translate({ord(one): other for one, other in some}) for line in lines])
            for some in ([(right, wrong) for wrong, right in pairs], pairs)
        ]
        if found[0] > found[1]:
            values = (
                language,
                system.name,
                wrong,
                right,
                corpus,
                str(len(lines)),
                *map("{:.1f}".format, found),
            )
            yield dict(zip(COLUMNS, values))


def share(model: AskedModel, lines: list[str]) -> float:
    """Percent of lines that a model says are in the language."""
    return 100 * float((model.ask(lines, majority_script(Strings.of(lines))) == OWN).mean())


def main(shared: Path) -> None:
    """Measure, and write."""
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(shared))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
