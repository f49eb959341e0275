"""How near surrogate text comes to the corpus it is fitted to: figures and curves in benchmarks/results.

    python benchmarks/surrogate_report.py tat ../shared/corpora/{commonvoice/tat,ntrex/tat_Cyrl}.txt

Writes ``surrogate_NAME.json`` and ``surrogate_NAME.png``. Both texts are cut to the same number of words;
the two halves of the corpus, its lines shuffled, show how far apart two real samples are.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.surrogate import Surrogate, fit, read_lines
from langcov.api import measure_tokenizers
from langcov.core.arrays import Ints

HERE = Path(__file__).resolve().parent
Counts = Counter[Any]
FAR = (1, 10, 100)
"""Megabytes of surrogate text whose distinct share is told."""


@dataclass
class Sample:
    """Lines, and what is drawn of them.

    Attributes:
        words: a number for each word, the same for the same word, in order, int64 [n].
    """

    lines: list[str]
    words: Ints
    counts: Counts

    @classmethod
    def of(cls, lines: list[str]) -> Sample:
        number: dict[str, int] = {}
        words = [number.setdefault(word, len(number)) for line in lines for word in line.split()]
        ids = np.array(words)
        return cls(lines, ids, Counter(dict(zip(number, np.bincount(ids).tolist()))))

    def ranked(self) -> Ints:
        """Counts, the greatest first."""
        return np.sort(np.array(list(self.counts.values())))[::-1]

    def lengths(self) -> Counts:
        """How many words have how many characters."""
        found: Counts = Counter()
        for word, times in self.counts.items():
            found[len(word)] += times
        return found

    def bigrams(self) -> Counts:
        """How often a character follows another; a space begins and ends each word."""
        found: Counts = Counter()
        for word, times in self.counts.items():
            for pair in zip(f" {word}", f"{word} "):
                found[pair] += times
        return found

    def punctuation(self) -> float:
        """The share of characters that are neither letters, digits nor spaces."""
        marks = sum(times * sum(not c.isalnum() for c in word) for word, times in self.counts.items())
        return marks / sum(times * len(word) for word, times in self.counts.items())


def growth(words: Ints, points: int = 24) -> tuple[Ints, Ints]:
    """How many different values there are among the first so many: both int64, evenly on a log scale."""
    new = np.sort(np.unique(words, return_index=True)[1])
    at = np.unique(np.geomspace(min(500, len(words)), len(words), points).astype(np.int64))
    return at, np.searchsorted(new, at)


def distance(one: Counts, other: Counts) -> float:
    """Total variation: the share of the one that would have to change to make it the other."""
    a, b = one.total(), other.total()
    return sum(abs(one[key] / a - other[key] / b) for key in one.keys() | other.keys()) / 2


def take(lines: list[str], words: int) -> list[str]:
    """The first lines that hold so many words."""
    total = np.cumsum([len(line.split()) for line in lines])
    return lines[: int(np.searchsorted(total, words)) + 1]


def text_of(surrogate: Surrogate, size: int, seed: int) -> list[str]:
    """Lines of at least so many bytes."""
    made, parts = 0, []
    for batch in surrogate.batches(seed):
        parts.append(bytes(batch).decode())
        made += len(batch)
        if made >= size:
            break
    return "".join(parts).splitlines()


def tokens_per_word(lines: list[str]) -> dict[str, float | None]:
    """Fertility of the bundled tokenizers."""
    result = measure_tokenizers(corpora=[{"tat": lines}], references=["tat"])
    return {record.system: record.value for record in result.records if record.metric == "fertility"}


def figures(
    real: Sample, made: Sample, halves: tuple[Sample, Sample], surrogate: Surrogate
) -> dict[str, Any]:
    """The fit, and how well it does."""
    _, real_growth = growth(real.words)
    _, made_growth = growth(made.words[: len(real.words)])
    shown = np.unique(np.geomspace(1, len(real.counts) // 10, 50).astype(int)) - 1
    ratio = np.log2(made.ranked()[shown] / real.ranked()[shown])
    pairs = {"real": real, "surrogate": made}
    return {
        "words": len(real.words),
        "tail": {
            "mass": surrogate.tail.mass,
            "heaps_exponent": surrogate.tail.shape,
            "zipf_exponent": 1 + surrogate.tail.shape,
            "scale": surrogate.tail.scale,
        },
        "distinct_words": {name: len(sample.counts) for name, sample in pairs.items()},
        "growth_largest_relative_error": float(np.abs(made_growth / real_growth - 1).max()),
        "frequency_by_rank_mean_abs_log2_ratio": float(np.abs(ratio).mean()),
        "characters_per_word": {name: mean(sample.lengths()) for name, sample in pairs.items()},
        "words_per_line": {name: len(sample.words) / len(sample.lines) for name, sample in pairs.items()},
        "punctuation_share": {name: sample.punctuation() for name, sample in pairs.items()},
        "total_variation": {
            name: {"surrogate": distance(a, b), "two_halves_of_the_corpus": distance(c, d)}
            for name, (a, b, c, d) in {
                "word_length": [s.lengths() for s in (real, made, *halves)],
                "character_bigrams": [s.bigrams() for s in (real, made, *halves)],
            }.items()
        },
        "tokens_per_word": {name: tokens_per_word(sample.lines) for name, sample in pairs.items()},
    }


def mean(counts: Counts) -> float:
    """Of the keys."""
    return sum(key * times for key, times in counts.items()) / counts.total()


def plot(real: Sample, made: Sample, far: Sample, path: Path, name: str) -> None:
    """Four panels: growth, frequency by rank, word length, character bigrams."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(2, 2, figsize=(11, 8), layout="constrained")
    top, low = axes
    for sample, label, style in ((far, "surrogate", "C1-"), (real, "real", "C0o")):
        top[0].loglog(*growth(sample.words), style, label=label, markersize=4)
    top[0].set(title="Growth of the vocabulary", xlabel="words of text", ylabel="different words")
    for sample, label, style in ((real, "real", "C0-"), (made, "surrogate", "C1--")):
        ranked = sample.ranked()
        top[1].loglog(np.arange(1, len(ranked) + 1), ranked, style, label=label)
        lengths = sample.lengths()
        x = range(1, 31)
        low[0].plot(x, [lengths[size] / lengths.total() for size in x], style, label=label)
    top[1].set(title="Frequency by rank, same amount of text", xlabel="rank", ylabel="count")
    low[0].set(title="Length of words", xlabel="characters, punctuation included", ylabel="share of words")
    a, b = real.bigrams(), made.bigrams()
    pairs = list(a.keys() | b.keys())
    share: list[NDArray[np.float64]] = [
        np.maximum(np.array([counts[pair] for pair in pairs]), 0.5) / counts.total() for counts in (a, b)
    ]
    low[1].loglog(*share, "C2.", markersize=2, alpha=0.5)
    low[1].loglog((1e-6, 0.1), (1e-6, 0.1), color="grey", linewidth=0.8)
    low[1].set(title="Character bigrams, a dot each", xlabel="share, real", ylabel="share, surrogate")
    for axis in (*top, low[0]):
        axis.legend()
    figure.suptitle(f"Surrogate text fitted to {name}: {len(real.words):,} real words")
    figure.savefig(path, dpi=110)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("name", help="of the corpus, as the files are to be called")
    parser.add_argument("corpus", nargs="+", type=Path, help="text files of one language to fit to")
    args = parser.parse_args()
    lines = [line for line in read_lines(args.corpus) if line.strip()]
    lines = [lines[index] for index in np.random.default_rng(1).permutation(len(lines))]
    surrogate = fit(lines)
    real = Sample.of(lines)
    text = text_of(surrogate, 2 * sum(len(line.encode()) for line in lines), seed=0)
    made = Sample.of(take(text, len(real.words)))
    half = len(lines) // 2
    found = figures(real, made, (Sample.of(lines[:half]), Sample.of(lines[half:])), surrogate)
    found = {"corpus": ["/".join(path.parts[-2:]) for path in args.corpus], **found, "distinct_share": {}}
    far = real
    for size in FAR:
        far = Sample.of(text_of(surrogate, size * 10**6, seed=0))
        found["distinct_share"][f"{size} MB"] = len(far.counts) / len(far.words)
    folder = HERE / "results"
    plot(real, made, far, folder / f"surrogate_{args.name}.png", args.name)
    rounded = json.loads(json.dumps(found), parse_float=lambda text: float(f"{float(text):.4g}"))
    (folder / f"surrogate_{args.name}.json").write_text(
        json.dumps(rounded, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
