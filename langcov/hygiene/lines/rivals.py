"""The declared language of some lines against all others of its script, by how likely their words are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from langcov.core.arrays import Bools, Floats
from langcov.hygiene.lines.likelihood import Likelihood, Shares, group_of
from langcov.hygiene.lines.russian import RUSSIAN
from langcov.languages import Language, find

KNOWN = 300
"""Words that must be known of a language before it is named, or the declared one is compared as it is."""

FEWEST = 40
"""Different words that a text is judged by."""

FEWEST_ORDINARY = 20
"""Different words in small letters that a list of names is judged by: names are alike in all languages."""

LOAN = 1.0
"""How much likelier in one of two languages than in Russian a word must be: others are loans, or names."""

SISTER, OTHER = 0.25, 1.0
"""How much likelier a word must be on average (natural logarithm) in a sister of the declared language or in
Russian, and in any other language, or if too little is known of the declared one."""

UNFIT, DOUBTFUL = 3.3, 2.9
"""Surprise of a letter, in natural units, from which on a text is in no language that is known; the second if
too little is known of the declared one. Texts have 2.1 to 2.9 in their own language."""

MORE = 2
"""How many times more words may be known of another language than of the declared one where a text is a list
of names, most of which all languages share: the larger table has more of these. Sisters are spared."""

PART, SISTER_PART, OTHER_PART, OF_A_WORD = 0.3, 1.0, 2.5, 0.5
"""Share of lines that are a part of a text, and how much likelier a line must be on average if that share may
be in a sister or in Russian, or in another language; and a word at least."""

ROUNDS = 30
"""Of the search for this share."""


@dataclass(frozen=True)
class Rival:
    """A language that some lines are in.

    Attributes:
        language: its id.
        share: of the lines that are in it.
        whole: whether all lines together are likelier in it than in the declared language.
    """

    language: str
    share: float
    whole: bool


class Rivals:
    """Compares the declared language of some lines with the others.

    Args:
        language: the declared one.
        likelihood: of words in it and in others.
        lines: the words of each line.
        names: whether they are a list of names.

    Attributes:
        words, lines: how many different ones there are, of lines with words.
        known: whether enough words of the declared language are known.
    """

    def __init__(
        self, language: Language, likelihood: Likelihood, lines: Sequence[Sequence[str]], names: bool = False
    ) -> None:
        different = dict.fromkeys(tuple(line) for line in lines if line)  # a heading may stand often
        words = sorted({word for line in different for word in line})
        place = {word: at for at, word in enumerate(words)}
        self.words, self.lines = len(words), len(different)
        self._of_lines = [np.array([place[word] for word in line]) for line in different]
        columns = likelihood.columns
        own = column_of(language, likelihood)
        self._has_words = own in likelihood.words
        self.known = likelihood.words.get(own, 0) >= KNOWN
        self.names = [
            name
            for name, count in likelihood.words.items()
            if count >= KNOWN and name != own and not is_same(find(name), language)
        ]
        if words:
            logs = likelihood.logs(words)
            self._own, self._others = (
                logs[:, [columns.index(own)]],
                logs[:, [*map(columns.index, self.names)]],
            )
        self._letters = np.array([len(word) + 1 for word in words])
        group = group_of(language.id) if self.known else ""
        sister = np.array([bool(group) and group_of(name) == group for name in self.names], bool)
        self._near = sister | np.array([name == RUSSIAN for name in self.names], bool)
        self._least = np.where(self._near, SISTER, OTHER)
        fits = UNFIT if self.known else DOUBTFUL
        self._unfit = np.where(sister, fits, DOUBTFUL if names else fits)
        most = MORE * likelihood.words.get(own, 0) if names else np.inf
        self._fair = sister | np.array([likelihood.words[name] <= most for name in self.names], bool)

    def best(self) -> Rival | None:
        """The language that the lines, or a part of them, are in, if it is another; there must be words."""
        gains = self._gains()
        shares, parts, better = self._parts(self._by_line(gains))
        counts = (gains != 0).sum(0)
        means = gains.sum(0) / np.maximum(counts, 1)
        surprise = -self._others.sum(0) / self._letters.sum()
        whole = (means > self._least) & (counts >= FEWEST) & (surprise < self._unfit) & self._fair
        found, score = (whole, means) if whole.any() else (parts, better)
        if not found.any():
            return None
        at = int(np.argmax(np.where(found, score, -np.inf)))
        return Rival(self.names[at], float(shares[at]), bool(whole[at]))

    def _gains(self) -> Shares:
        """How much likelier each word is in each other language, float32 [words, names].

        0 where it is about as likely in Russian as in either: then it is a loan or a name.
        """
        gains = self._others - self._own
        if RUSSIAN not in self.names:
            return gains
        at = self.names.index(RUSSIAN)
        telling = np.maximum(self._others, self._own) > self._others[:, [at]] + LOAN
        telling[:, at] = True
        return np.where(telling, gains, 0)

    def _parts(self, gains: Shares) -> tuple[Floats, Bools, Floats]:
        """The likeliest share of lines in each other language, whether it is believed, and what a line gains.

        Args:
            gains: of each line, float32 [lines, names].
        """
        ratio = np.exp(np.minimum(gains, 50).astype(np.float64))
        shares = np.full(ratio.shape[1], 0.5)
        for _ in range(ROUNDS):  # expectation maximisation
            belongs = shares * ratio / (1 - shares + shares * ratio)
            shares = belongs.mean(0)
        better = np.log(1 - shares + shares * ratio).mean(0)
        letters = self._by_line(self._letters[:, None])
        of_words = -(belongs * self._by_line(self._others)).sum(0)
        surprise = of_words / np.maximum((belongs * letters).sum(0), 1)
        other = OTHER_PART if self.known else np.inf
        words = np.mean([len(line) for line in self._of_lines])
        enough = np.maximum(np.where(self._near, SISTER_PART, other), OF_A_WORD * words)
        believed = (shares >= PART) & (better >= enough) & (surprise < DOUBTFUL)
        return shares, believed & self._fair, better

    def agrees(self, language: str) -> bool:
        """Whether the lines, be they fewer than ``best`` needs, are clearly likelier in a language."""
        gains = self._gains()[:, self.names.index(language)]
        least = self._least[self.names.index(language)]
        return bool(gains.sum() > least * np.count_nonzero(gains) and gains.any())

    def allows(self, language: str) -> bool:
        """Whether no word that is known of both speaks for the declared language against another."""
        if not self._has_words or language not in self.names:
            return True
        at = self.names.index(language)
        return bool((self._others[:, at] - self._own[:, 0]).mean() > 0)

    def _by_line(self, of_words: Shares) -> Shares:
        """Sums of what words have, float32 [lines, …]."""
        firsts = np.cumsum([0, *map(len, self._of_lines[:-1])])
        return np.add.reduceat(of_words[np.concatenate(self._of_lines)], firsts, axis=0)


def nearest(likelihood: Likelihood, lines: Iterable[Sequence[str]]) -> str | None:
    """The language that the words of some lines are likeliest in, if they are in one that is known."""
    words = sorted({word for line in lines for word in line})
    if len(words) < FEWEST:
        return None
    best, surprise = ranked(likelihood, words)[0]
    return best if surprise < DOUBTFUL else None


def ranked(likelihood: Likelihood, words: Sequence[str]) -> list[tuple[str, float]]:
    """The languages of which enough words are known, the likeliest first, each with the surprise of a letter.

    Args:
        words: at least one.
    """
    logs, letters = likelihood.logs(words).sum(0), sum(len(word) + 1 for word in words)
    known = [name for name, count in likelihood.words.items() if count >= KNOWN]
    surprise = [float(-logs[likelihood.columns.index(name)] / letters) for name in known]
    return sorted(zip(known, surprise), key=lambda one: one[1])


def column_of(language: Language, likelihood: Likelihood) -> str:
    """The language, or what it is one with; if no word of these is known, its group, or all of its script."""
    if language.id in likelihood.words:
        return language.id
    same = [name for name in likelihood.words if is_same(find(name), language)]
    group = group_of(language.id)
    return same[0] if same else group if group in likelihood.columns else ""


def is_same(one: Language, other: Language) -> bool:
    """Whether two languages are one, or one of them the macrolanguage of the other.

    >>> is_same(find("mon"), find("khk")), is_same(find("kpv"), find("koi"))
    (True, False)
    """
    codes = {one.iso639_3, other.iso639_3}
    return len(codes) == 1 or codes in (
        {one.macrolanguage, one.iso639_3},
        {other.macrolanguage, other.iso639_3},
    )
