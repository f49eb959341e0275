"""Are langcov's LID counts the libraries' own? python benchmarks/check_lid.py [MODEL ...]

Every model, every line of the running text of ../shared/corpora: how often each label is the best one, by
langcov and by a few lines with the bare library. Prints a row a model and corpus; exit code 1 if a count
differs. CLD2 refuses some code points; such lines have them replaced by spaces in both.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bare_lid import bare
from benchmarks.run_lid import FASTTEXT, FOLDERS, SHARED, corpus
from langcov.corpora.base import ReadOptions
from langcov.counting.jobs import Job
from langcov.counting.lid_tally import combine_lid
from langcov.counting.predictions import count_lid
from langcov.lid import installed, load
from langcov.lid.judge import judge

REFUSED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""What CLD2 takes for invalid UTF-8, as far as it stands in these texts."""


def main(wanted: list[str]) -> int:
    """Compare and print."""
    differences = 0
    specs = [f"{FASTTEXT}=fasttext:{SHARED / 'lid' / 'lid.176.ftz'}", *installed()]
    for spec in specs:
        system = load(spec)
        if wanted and system.name not in wanted:
            continue
        library = bare(system.spec)
        for folder in FOLDERS:
            text = corpus(folder)
            lines = apart = 0
            for source in text.sources:
                one = judge(system, "strict", [source.language])
                counted = count_lid(Job(text, source, ReadOptions()), [one])
                tally = combine_lid([counted.tally], 0, system.name)
                mine: Counter[str] = Counter()
                for label, count in zip(tally.answers.label.tolist(), tally.answers.lines.tolist()):
                    mine[system.model.labels[label] if label >= 0 else ""] += count
                read = [line for line in texts_of(source.path, source.format) if line]
                if system.kind == "cld2":
                    read = [REFUSED.sub(" ", line) for line in read]
                theirs = Counter(library.labels(library.predict(read)))
                left_out = sum(tally.apart.values())
                wrong = (mine - theirs).total() + abs((theirs - mine).total() - left_out)
                if wrong:
                    print(f"{system.name} × {source.path}: {mine - theirs} {theirs - mine}")
                differences, apart, lines = differences + wrong, apart + left_out, lines + len(read)
            print(f"{system.name}\t{folder}\t{lines} lines\t{apart} counted apart", flush=True)
    print(f"{differences} differences")
    return 1 if differences else 0


def texts_of(path: str, kind: str) -> list[str]:
    """The lines of a file, or what follows the key."""
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    return [line.partition("\t")[2] if kind == "tsv" else line.removesuffix("\r") for line in lines]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
