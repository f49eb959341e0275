"""The verdict of each check on each suspicious word of a file, as if there were no other check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langcov.hygiene.engine.counts import Counts
from langcov.hygiene.engine.evidence import Evidence
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.judge import Judge
from langcov.hygiene.engine.search import Search


@dataclass(frozen=True)
class Verdicts:
    """What is wrong with the suspicious words of a file.

    Attributes:
        words: as they stand in the file.
        issues: of each, those that no exception accepts.
        accepted: how many issues of each are accepted.
    """

    words: Sequence[str]
    issues: Sequence[tuple[Issue, ...]]
    accepted: Sequence[int]


def verdicts(search: Search) -> Verdicts:
    """Judge the words of a file that was read, each check alone.

    Raises:
        UserError: the file can't be read any more.
    """
    judges = Judges(search)
    counts = search.count(judges.ask())
    judges.learn(counts)
    found = list(judges.issues())
    if judges.settle(counts):
        found = list(judges.issues())
    accepts = search.plan.accepted
    kept = [
        tuple(issue for issue in issues if not accepts(word, issue)) if issues else ()
        for word, issues in zip(judges.words, found)
    ]
    return Verdicts(judges.words, kept, [len(issues) - len(rest) for issues, rest in zip(found, kept)])


class Judges:
    """A judge for each check of words, each with evidence of its own.

    So what a check says depends on no other: it is asked about the words that it wants to see, learns of the
    file what it asked for itself, and takes its own fixes for made, but nobody else's.

    Args:
        search: of the file.

    Attributes:
        words: the suspicious ones.
    """

    def __init__(self, search: Search) -> None:
        plan, letters = search.plan, search.survey.characters
        self._judges = [
            Judge([one], Evidence(plan.language, plan.alphabet, letters), plan.accepted, plan.chosen.named)
            for one in search.of_words
        ]
        triggers = [trigger for _, trigger in search.of_words]
        self._bits = {trigger: 1 << place for place, trigger in enumerate(dict.fromkeys(triggers))}
        self._bit_of = [self._bits[trigger] for trigger in triggers]
        self._seeing: dict[int, tuple[Judge, ...]] = {}
        self._times = search.survey.counts
        self.words = search.survey.suspicious.strings.to_list()
        self._of_word = list(map(self._who_sees, self.words))

    def _who_sees(self, word: str) -> tuple[Judge, ...]:
        bits = 0
        for trigger, bit in self._bits.items():
            if trigger.sees(word):
                bits |= bit
        if bits not in self._seeing:
            self._seeing[bits] = tuple(judge for judge, bit in zip(self._judges, self._bit_of) if bits & bit)
        return self._seeing[bits]

    def ask(self) -> set[str]:
        """The words whose counts the judges need."""
        for word, judges in zip(self.words, self._of_word):  # word by word: checks share how they read one
            for judge in judges:
                judge.ask(word)
        return {word for judge in self._judges for word in judge.evidence.asked}

    def learn(self, counts: Counts) -> None:
        """Tell each judge what it asked for."""
        for judge in self._judges:
            judge.learn(counts)

    def issues(self) -> Iterator[list[Issue]]:
        """Those of each word, in the order of the checks."""
        for word, judges in zip(self.words, self._of_word):
            yield [issue for judge in judges for issue in judge.issues(word)]

    def settle(self, counts: Counts) -> bool:
        """Let each judge take its own fixes for made; returns whether there are any."""
        fixed = False
        for judge in (judge for judge in self._judges if judge.has_fixes):
            own = [place for place, judges in enumerate(self._of_word) if judge in judges]
            words = [self.words[place] for place in own]
            fixed |= judge.settle(words, self._times[own], counts) != words
        return fixed
