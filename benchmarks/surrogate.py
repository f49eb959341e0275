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

from benchmarks.surrogate_words import FREQUENT, Speller, Tail
from langcov.core.arrays import Bytes, Ints
from langcov.text.strings import Strings

Row = tuple[int, str, str, str, bool]

LINES = 1 << 15
"""Lines of a batch."""
KEPT = 1 << 17
"""So many ranks are spelled once, at the start: nine rare words in ten."""
FIRST, INSIDE, LAST = range(3)
_PARTS = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)


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
