"""Are langcov's LID counts the libraries' own? python benchmarks/check_lid.py [MODEL ...]

Every model, every line of the running text of ../shared/corpora: how often each label is the best one, by
langcov and by a few lines with the bare library. Prints a row a model and corpus; exit code 1 if a count
differs. CLD2 refuses some code points; such lines have them replaced by spaces in both.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.run_lid import FASTTEXT, FOLDERS, SHARED, corpus
from langcov.corpora.base import ReadOptions
from langcov.counting_lid import count_lid
from langcov.jobs import Job
from langcov.lid import installed, load
from langcov.lid.judge import judge
from langcov.lid_tally import combine_lid

Labels = Callable[[list[str]], list[str]]


def bare_fasttext() -> Labels:
    """fastText: the best label of each line."""
    import fasttext

    model = fasttext.load_model(str(SHARED / "lid" / "lid.176.ftz"))
    return lambda lines: [label[0].removeprefix("__label__") for label in model.predict(lines)[0]]


def bare_cld2() -> Labels:
    """pycld2: the code of the first language."""
    import pycld2

    return lambda lines: [pycld2.detect(line.encode(), isPlainText=True)[2][0][1] for line in lines]


def bare_cld3() -> Labels:
    """cld3-py, with the lengths that its README gives for the whole text."""
    import gcld3

    model = gcld3.NNetLanguageIdentifier(0, 1_000_000)
    return lambda lines: [model.FindLanguage(line).language for line in lines]


def bare_langid() -> Labels:
    """py3langid."""
    import py3langid

    return lambda lines: [py3langid.classify(line)[0] for line in lines]


def bare_lingua() -> Labels:
    """lingua; no answer is an empty label."""
    from lingua import LanguageDetectorBuilder

    model = LanguageDetectorBuilder.from_all_languages().build()
    return lambda lines: [found.name if (found := model.detect_language_of(line)) else "" for line in lines]


def bare_heliport() -> Labels:
    """heliport."""
    import heliport

    model = heliport.Identifier()
    return lambda lines: [model.identify(line) for line in lines]


BARE = {
    FASTTEXT: bare_fasttext,
    "cld2": bare_cld2,
    "cld3": bare_cld3,
    "langid": bare_langid,
    "lingua": bare_lingua,
    "heliport": bare_heliport,
}


def main(wanted: list[str]) -> int:
    """Compare and print."""
    differences = 0
    specs = [f"{FASTTEXT}=fasttext:{SHARED / 'lid' / 'lid.176.ftz'}", *installed()]
    for spec in specs:
        system = load(spec)
        if wanted and system.name not in wanted:
            continue
        bare = BARE[system.name]()
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
                theirs = Counter(bare(read))
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
