"""Text of any size that has the statistics of a real corpus, so that speed can be measured at 100 GB.

    python benchmarks/surrogate.py ../shared/corpora/commonvoice/tat.txt --megabytes 100 > surrogate.txt

It is for measuring speed and memory only. It is no language: words are drawn without regard to their
neighbours and most rare ones are made up, so nothing may be trained on it, and nobody quoted from it.

Taken from the corpus: the words a line has, how often each frequent word stands first, inside or last and
with which punctuation, and which letter follows which three. What decides the speed of anything that keeps
words is how fast new ones come. A rare word is drawn by rank from a Zipf-Mandelbrot tail without an end,
whose two parameters are fitted to the growth of the vocabulary; its letters are a function of its rank, so
nothing is remembered, memory is flat, and batch n is made from (seed, n) without those before it.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from langcov.core.arrays import Bytes, Ints
from langcov.text.strings import Strings, ranges

Row = tuple[int, str, str, str, bool]

FREQUENT = 20
"""A word seen so often keeps its own letters and frequency; rarer ones make the tail."""
LINES = 1 << 15
"""Lines of a batch."""
KEPT = 1 << 17
"""So many ranks are spelled once, at the start: nine rare words in ten."""
FIRST, INSIDE, LAST = range(3)
_PARTS = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_STEPS = np.arange(1, 65, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, eq=False)
class Tail:
    """Ranks of rare words: P(rank >= k) = (1 + k / scale) ** -shape, Zipf-Mandelbrot of exponent 1 + shape.

    Attributes:
        mass: the share of all words that are rare.
    """

    mass: float
    shape: float
    scale: float

    def draw(self, uniform: NDArray[np.float64]) -> Ints:
        """Ranks from 0 up for numbers in (0, 1], int64 [n]."""
        found = np.expm1(-np.log(uniform) / self.shape) * self.scale
        return np.minimum(found, 2.0**60).astype(np.int64)

    def distinct(self, words: NDArray[np.float64]) -> NDArray[np.float64]:
        """How many different rare words so many words of text are expected to hold, float64 [n]."""
        rank = np.concatenate([[0], np.geomspace(0.01, 1e15, 4000)])
        density = self.mass * self.shape / self.scale * (1 + rank / self.scale) ** -(1 + self.shape)
        seen = -np.expm1(-np.multiply.outer(words, density))
        return np.sum((seen[:, 1:] + seen[:, :-1]) / 2 * np.diff(rank), axis=1)

    @classmethod
    def fit(cls, counts: Ints) -> Tail:
        """The tail that makes the vocabulary grow as it does in the corpus, its words taken in any order.

        Args:
            counts: how often each word occurs, int64 [n].
        """
        from scipy.optimize import least_squares

        total = counts.sum()
        often = counts[counts >= FREQUENT]
        mass = 1 - float(often.sum() / total)
        words = np.geomspace(total / 300, total, 24)
        head = -np.expm1(np.multiply.outer(words, np.log1p(-often / total))).sum(axis=1)
        real = (1 - np.power.outer(1 - words / total, counts)).sum(axis=1)

        def misfit(logs: NDArray[np.float64]) -> NDArray[np.float64]:
            tail = cls(mass, *np.exp(logs))
            return np.log(head + tail.distinct(words)) - np.log(real)

        bounds = ([np.log(0.05), 0], [np.log(5), np.log(1e9)])
        shape, scale = np.exp(least_squares(misfit, [np.log(0.6), np.log(1e4)], bounds=bounds).x)
        return cls(mass, float(shape), float(scale))


class Speller:
    """Makes up the letters of a word from its rank: each letter follows from the three before it.

    An event is a letter (or the end) of a word of the corpus. Drawing one of the events that
    have the same three letters before them draws a next letter with exactly its own frequency.
    """

    LONGEST = 40
    TRIES = 16
    SPARE_BITS = 2
    """A word of probability p is given to ranks below 1 / (4 p) only: few ranks share a spelling, and rarer
    words are longer, as in a language."""

    def __init__(self, words: Iterable[str]) -> None:
        words = list(words)
        text = "".join(f"\0\0\0{word}\0" for word in words)
        alphabet = sorted({"\0", *text, *(letter.upper() for letter in text if len(letter.upper()) == 1)})
        code = {letter: index for index, letter in enumerate(alphabet)}
        self.alphabet = Strings.of(["", *alphabet[1:]])
        self.capital = np.array([code.get(letter.upper(), code[letter]) for letter in alphabet])
        letters = np.array([code[letter] for letter in text])
        lengths = np.array([len(word) for word in words])
        place = ranges(np.cumsum(lengths + 4) - lengths - 1, lengths + 1)
        size = len(alphabet)
        context = (letters[place - 3] * size + letters[place - 2]) * size + letters[place - 1]
        place = place[np.argsort(context, kind="stable")]
        context.sort()
        known, self.first, counts = np.unique(context, return_index=True, return_counts=True)
        self.count = counts.astype(np.uint64)
        self.letter = letters[place].astype(np.int16)
        follows = (letters[place - 2] * size + letters[place - 1]) * size + self.letter
        self.follow = np.minimum(np.searchsorted(known, follows), len(known) - 1)
        _, same, times = np.unique(context * size + self.letter, return_inverse=True, return_counts=True)
        self.bits = np.log2(np.repeat(counts, counts) / times[same])

    def spell(self, ranks: Ints, capitals: NDArray[np.bool_]) -> Strings:
        """The words of some ranks, the same each time.

        Args:
            ranks: from 0 up, int64 [n].
            capitals: which are wanted with a capital letter, bool [n].
        """
        letters = np.zeros((len(ranks), self.LONGEST), np.int16)
        wanted = np.log2(ranks + 1.0) + self.SPARE_BITS
        waiting = np.arange(len(ranks))
        best = np.full(len(ranks), -1.0)
        for attempt in range(self.TRIES):
            seeds = _mixed(ranks[waiting].astype(np.uint64) * np.uint64(self.TRIES) + np.uint64(attempt))
            made, bits = self._walk(seeds)
            better = bits > best[waiting]
            letters[waiting[better]], best[waiting[better]] = made[better], bits[better]
            waiting = waiting[bits < wanted[waiting]]
        letters[capitals, 0] = self.capital[letters[capitals, 0]]
        lengths = np.zeros(len(ranks) + 1, np.int64)
        np.cumsum(self.alphabet.lengths[letters].sum(axis=1), out=lengths[1:])
        return Strings(
            self.alphabet[letters[letters > 0].astype(np.int64)].packed().data, lengths[:-1], lengths[1:]
        )

    def _walk(self, seeds: NDArray[np.uint64]) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
        """A word for each seed: letters, int16 [n, 40], 0 after its end, and its improbability in bits."""
        letters = np.zeros((len(seeds), self.LONGEST), np.int16)
        bits = np.zeros(len(seeds))
        going = np.arange(len(seeds))
        context = np.zeros(len(seeds), np.int64)
        for position in range(self.LONGEST):
            chance = _mixed(seeds[going] + _STEPS[position]) >> np.uint64(32)
            event = self.first[context] + (chance * self.count[context] >> np.uint64(32)).astype(np.int64)
            letters[going, position] = letter = self.letter[event]
            bits[going] += self.bits[event]
            more = letter > 0
            going, context = going[more], self.follow[event[more]]
        return letters, bits


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scattered over all 64 bits, one to one (the finaliser of SplitMix64)."""
    values = (values ^ values >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ values >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return values ^ values >> np.uint64(31)


@dataclass(frozen=True, eq=False)
class Places:
    """Where words stood in the corpus: one entry a word, those of each place together.

    Attributes:
        begin: where first, inner and last words begin in the other arrays, int64 [4].
        before, after: index of the punctuation (and the space or line end) in ``pieces``, int64 [n].
        word: index in ``pieces`` of a frequent word, −1 for a rare one, int64 [n].
        capital: whether a rare word has a capital there that it need not have, bool [n].
    """

    pieces: Strings
    begin: Ints
    before: Ints
    after: Ints
    word: Ints
    capital: NDArray[np.bool_]


@dataclass(eq=False)
class Surrogate:
    """A fitted generator.

    Attributes:
        words_a_line: of each line of the corpus, int64 [n].
    """

    words_a_line: Ints
    places: Places
    tail: Tail
    speller: Speller

    def __post_init__(self) -> None:
        """Spell the ranks that come again and again."""
        self._known = _joined(self.places.pieces, self._spell(np.arange(2 * KEPT)))

    def _spell(self, keys: Ints) -> Strings:
        """The words of keys, which are twice the rank, and one more for a capital."""
        return self.speller.spell(keys >> 1, (keys & 1).astype(bool))

    def batches(self, seed: int = 0, start: int = 0) -> Iterator[Bytes]:
        """Lines without an end, a few megabytes of UTF-8 at a time; ``start`` skips that many batches."""
        for number in count(start):
            yield self.batch(seed, number)

    def batch(self, seed: int, number: int) -> Bytes:
        """The lines of one batch, uint8 [n_bytes]."""
        rng = np.random.default_rng([seed, number])
        ends = np.cumsum(self.words_a_line[rng.integers(len(self.words_a_line), size=LINES)])
        place = np.full(ends[-1], INSIDE)
        place[0] = FIRST
        place[ends[:-1]] = FIRST
        place[ends - 1] = LAST
        known = self.places
        size = np.diff(known.begin)[place]
        entry = known.begin[place] + (rng.random(len(place)) * size).astype(np.int64)
        word = known.word[entry]
        rare = np.flatnonzero(word < 0)
        keys = self.tail.draw(1 - rng.random(len(rare))) << 1 | known.capital[entry[rare]]
        word[rare] = len(known.pieces) + keys
        far = keys >= 2 * KEPT
        new, which = np.unique(keys[far], return_inverse=True)
        word[rare[far]] = len(self._known) + which
        pieces = _joined(self._known, self._spell(new))
        return pieces[np.stack([known.before[entry], word, known.after[entry]], axis=1).ravel()].packed().data


def fit(lines: Iterable[str]) -> Surrogate:
    """Fit a generator to the lines of a corpus: running text of one language, some thousand lines or more."""
    split = [words for line in lines if (words := line.split())]
    rows = [row for words in split for row in _words(words)]
    counts = Counter(core for _, _, core, _, _ in rows)
    tail = Tail.fit(np.array(list(counts.values())))
    lengths = np.array([len(words) for words in split])
    return Surrogate(lengths, _places(rows, counts), tail, Speller(counts.elements()))


def _places(rows: list[Row], counts: Counter[str]) -> Places:
    pieces: dict[str, int] = {}

    def piece(text: str) -> int:
        return pieces.setdefault(text, len(pieces))

    rows = sorted(rows, key=itemgetter(0))
    table = [
        (
            piece(before),
            piece(_cased(core, capital)) if counts[core] >= FREQUENT else -1,
            piece(after),
            capital,
        )
        for _, before, core, after, capital in rows
    ]
    before, word, after, capital = np.array(table).T
    begin = np.searchsorted([row[0] for row in rows], range(4))
    return Places(Strings.of(pieces), begin, before, after, word, capital.astype(bool))


def _words(words: list[str]) -> Iterator[Row]:
    """The words of a line: place, punctuation before, core, punctuation and space after, needless capital."""
    for number, word in enumerate(words):
        last = number == len(words) - 1
        before, core, after = _parts(word)
        small = core[:1].lower() + core[1:]
        capital = number == 0 and small != core and small == core.lower() and len(small) == len(core)
        place = LAST if last else FIRST if number == 0 else INSIDE
        yield place, before, small if capital else core, after + ("\n" if last else " "), capital


def _parts(word: str) -> tuple[str, str, str]:
    """A word and the punctuation around it; punctuation alone is a word.

    >>> _parts("«йорт»,"), _parts("–")
    (('«', 'йорт', '»,'), ('', '–', ''))
    """
    before, core, after = _PARTS.findall(word)[0]
    return (before, core, after) if core else ("", word, "")


def _cased(core: str, capital: bool) -> str:
    return core[:1].upper() + core[1:] if capital else core


def _joined(first: Strings, second: Strings) -> Strings:
    """Both, in one buffer."""
    size = len(first.data)
    return Strings(
        np.concatenate([first.data, second.data]),
        np.concatenate([first.starts, second.starts + size]),
        np.concatenate([first.ends, second.ends + size]),
    )


def write(surrogate: Surrogate, out: BinaryIO, size: int, seed: int = 0) -> None:
    """Write whole lines, as many as fit into ``size`` bytes."""
    for batch in surrogate.batches(seed):
        if len(batch) > size:
            out.write(batch[: bytes(batch[:size]).rfind(b"\n") + 1].data)
            return
        out.write(batch.data)
        size -= len(batch)


def read_lines(paths: Sequence[Path]) -> list[str]:
    """The lines of text files."""
    return [line for path in paths for line in path.read_text(encoding="utf-8").split("\n")]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpus", nargs="+", type=Path, help="text files of one language to fit to")
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    write(fit(read_lines(args.corpus)), sys.stdout.buffer, int(args.megabytes * 1e6), args.seed)


if __name__ == "__main__":
    main()
