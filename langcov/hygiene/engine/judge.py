"""The verdicts of checks on the suspicious words of a file, and what becomes of these when they are fixed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from langcov.hygiene.engine.counts import Counts
from langcov.hygiene.engine.evidence import Evidence
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Check
from langcov.hygiene.engine.triggers import Trigger

MOST_ROUNDS = 5
MOST_FIXES = 64
"""A word that still changes after as many fixes is left at that."""
LONGEST = 1000
"""Code points of a word that is judged: each of its fixes is a copy of it."""

NEVER = frozenset('"«»„“”‹›\u200d')
"""Quotation marks and ZWJ: never fixed because their check was named."""

Accepts = Callable[[str, Issue], bool]


class Judge:
    """Asks checks about words; each different word once, and again when more is known of the file.

    Args:
        checks: of words, in the order in which their fixes are made, and what makes each see a word.
        evidence: of the file, for these checks alone.
        accepted: whether the project's exceptions accept an issue of a word.
        named: checks whose fixes are made though they are not automatic, but for quotes and joiners.

    Attributes:
        has_fixes: whether any word so far was to be fixed.
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
        for find, trigger in self._checks:
            if trigger.sees(word):
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
        """A word after all its fixes."""
        made = self.fixes(word)
        return made[-1].suggestion or "" if made else word

    def _is_wanted(self, issue: Issue) -> bool:
        asked = issue.check in self._named and NEVER.isdisjoint(issue.wrong)
        return issue.suggestion is not None and (issue.automatic or asked)
