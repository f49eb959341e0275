"""The verdicts of checks on the suspicious words of a file, and what becomes of these when they are fixed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from langcov.hygiene.engine.attestation import Counts
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Check, Evidence
from langcov.hygiene.engine.search import Accepts, Search
from langcov.hygiene.engine.suspects import Trigger

MOST_ROUNDS = 5
MOST_FIXES = 64  # a word that still changes after as many fixes is left at that
LONGEST = 1000  # code points of a word that is judged: each of its fixes is a copy of it

NEVER = frozenset('"«»„“”‹›\u200d')  # quotation marks and ZWJ: never fixed because their check was named


class Judge:
    """Asks checks about words; each different word once, and again when more is known of the file.

    Args:
        checks: of words, in the order in which their fixes are made, and what makes each see a word.
        evidence: of the file, for these checks alone.
        accepted: whether the project's exceptions accept an issue of a word.
        named: checks whose fixes are made though they are not automatic, but for quotes and joiners.
    """

    def __init__(
        self,
        checks: Iterable[tuple[Check, Trigger]],
        evidence: Evidence,
        accepted: Accepts,
        named: Sequence[str] = (),
    ) -> None:
        self.evidence = evidence
        self._accepted, self._named = accepted, named
        self._checks = [(check.word, trigger) for check, trigger in checks if check.word]
        self._known: dict[str, tuple[Issue, ...]] = {}
        self._used: dict[str, frozenset[str]] = {}
        self.has_fixes = False

    def issues(self, word: str) -> tuple[Issue, ...]:
        """What the checks say of a word."""
        if word not in self._known:
            self.evidence.used.clear()
            found = self._known[word] = tuple(self._asked(word)) if len(word) <= LONGEST else ()
            self.has_fixes |= any(map(self._is_wanted, found))
            if self.evidence.used:
                self._used[word] = frozenset(self.evidence.used)
        return self._known[word]

    def _asked(self, word: str) -> Iterator[Issue]:
        characters = set(word)
        for find, trigger in self._checks:
            if trigger.sees(word, characters):
                yield from find(word, self.evidence)

    def ask(self, word: str) -> None:
        """Let the evidence learn which counts the verdicts on a word, and on what it is fixed to, need."""
        heard, waiting = {word}, [word]
        while waiting:
            found = {issue.suggestion for issue in self.issues(waiting.pop()) if issue.suggestion} - heard
            if len(heard) < MOST_FIXES:
                heard |= found
                waiting += sorted(found)

    def learn(self, counts: Counts) -> None:
        """Take what the file says: how often the words that were asked for stand in it, and each letter."""
        self.evidence.where, self.evidence.capitalized = (
            counts.attestation.where,
            counts.attestation.capitalized,
        )
        new = self.evidence.learn({word: counts.words[word] for word in self.evidence.asked}, counts.letters)
        for word in [word for word, used in self._used.items() if not new.isdisjoint(used)]:
            del self._known[word], self._used[word]

    def settle(self, words: Sequence[str], times: NDArray[np.int64], counts: Counts) -> list[str]:
        """Judge until the fixes change no verdict any more; returns what becomes of each word.

        A fix makes words that others are attested by: the verdicts are made again until they stand, so that
        fixing the fixed file changes nothing.

        Args:
            words: of the file, all that the checks see.
            times: how often each stands in it, int64 [n].
            counts: of the file as it is.
        """
        now = list(words)
        for _ in range(MOST_ROUNDS):
            fixed = [word if self._known.get(word) == () else self._fixed(word) for word in words]
            changed = [index for index, word in enumerate(fixed) if word != now[index]]
            if not changed:
                break
            before, after = ([side[index] for index in changed] for side in (now, fixed))
            counts = counts.exchanged(before, after, times[changed])
            self.learn(counts)
            now = fixed
        return now

    def fixes(self, word: str) -> list[Issue]:
        """The fixes of a word, one check after the other, each of what the one before left.

        Here checks build on each other by design: the first that has a fix makes it, and all of them judge
        what it left, with what the fixes of the whole file attest. (``Verdicts`` are of each check alone.)
        """
        made: list[Issue] = []
        while len(made) < MOST_FIXES:
            wanted = (issue for issue in self.issues(word) if self._is_wanted(issue))
            fix = next((issue for issue in wanted if not self._accepted(word, issue)), None)
            if fix is None or fix.suggestion is None:
                break
            made.append(fix)
            word = fix.suggestion
        return made

    def _fixed(self, word: str) -> str:
        made = self.fixes(word)
        return made[-1].suggestion or "" if made else word

    def offered(self, word: str) -> set[str]:
        """The checks with a fix for a word that is made only where they are named."""
        return {
            issue.check
            for issue in self.issues(word)
            if issue.suggestion is not None
            and NEVER.isdisjoint(issue.wrong)
            and not self._is_wanted(issue)
            and not self._accepted(word, issue)
        }

    def _is_wanted(self, issue: Issue) -> bool:
        asked = issue.check in self._named and NEVER.isdisjoint(issue.wrong)
        return issue.suggestion is not None and (issue.automatic or asked)


@dataclass(frozen=True)
class Verdicts:
    """What is wrong with the suspicious words of a file."""

    words: Sequence[str]  # as they stand in the file
    issues: Sequence[tuple[Issue, ...]]  # of each, those that no exception accepts
    accepted: Sequence[int]  # how many issues of each are accepted


def verdicts(search: Search) -> Verdicts:
    """Judge the words of a file that was read, each check alone."""
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
    """

    def __init__(self, search: Search) -> None:
        plan, letters = search.plan, search.survey.characters
        self._judges = [
            Judge([one], Evidence(plan.language, plan.alphabet, letters), plan.accepted, plan.chosen.named)
            for one in search.plan.of_words
        ]
        triggers = [trigger for _, trigger in search.plan.of_words]
        self._bits = {trigger: 1 << place for place, trigger in enumerate(dict.fromkeys(triggers))}
        self._bit_of = [self._bits[trigger] for trigger in triggers]
        self._seeing: dict[int, tuple[Judge, ...]] = {}
        self._times = search.survey.counts
        self.words = search.survey.suspicious.strings.to_list()
        self._of_word = list(map(self._who_sees, self.words))

    def _who_sees(self, word: str) -> tuple[Judge, ...]:
        bits, characters = 0, set(word)
        for trigger, bit in self._bits.items():
            if trigger.sees(word, characters):
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
