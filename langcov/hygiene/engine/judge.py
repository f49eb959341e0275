"""The verdict on each different suspicious word of a file, and what becomes of it when it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from langcov.hygiene.engine.evidence import Evidence
from langcov.hygiene.engine.finding import Fault
from langcov.hygiene.engine.registry import Check
from langcov.hygiene.engine.suspects import CAPITALS_IN_A_ROW, counts_as_capital

MOST_MENDS = 64
"""A word that still changes after as many mends is left at that."""
LONGEST = 1000
"""Code points of a word that is judged: each of its mends is a copy of it."""

NEVER = frozenset('"«»„“”‹›\u200d')
"""Quotation marks and ZWJ: never mended because their check was named."""

Accepts = Callable[[str, Fault], bool]


class Judge:
    """Asks the checks about words; each different word once, and again when more is known of the file.

    Args:
        checks: in the order in which their mends are made.
        evidence: of the file.
        accepted: whether the project's exceptions accept a fault of a word.
    """

    def __init__(self, checks: Iterable[Check], evidence: Evidence, accepted: Accepts) -> None:
        self.evidence = evidence
        self._accepted = accepted
        self._checks = [check for check in checks if check.word]
        of = {find: frozenset(find(evidence)) for one in self._checks for find in (one.suspects, one.beside)}
        self._suspects = [of[check.suspects] | of[check.beside] for check in self._checks]
        self._known: dict[str, list[Fault]] = {}
        self._used: dict[str, frozenset[str]] = {}

    def learn(self, counts: Mapping[str, int], letters: Mapping[str, int]) -> None:
        """Take what the file says: how often the words that were asked for stand in it, and each letter."""
        new = self.evidence.learn(counts, letters)
        for word in [word for word, used in self._used.items() if not new.isdisjoint(used)]:
            del self._known[word], self._used[word]

    def ask(self, words: Iterable[str]) -> None:
        """Let the evidence learn which counts the verdicts on words, and on what they are mended to, need."""
        for word in words:
            heard = {word}
            waiting = [word]
            while waiting:
                one = waiting.pop()
                found = {fault.suggestion for fault in self._found(one) if fault.suggestion} - heard
                if len(heard) < MOST_MENDS:
                    heard |= found
                    waiting += sorted(found)

    def faults(self, word: str) -> tuple[tuple[Fault, ...], int]:
        """The faults of a word that no exception accepts, and how many are accepted."""
        found = self._found(word)
        kept = tuple(fault for fault in found if not self._accepted(word, fault))
        return kept, len(found) - len(kept)

    def mends(self, word: str, named: Sequence[str] = ()) -> list[Fault]:
        """The mends of a word, one check after the other, each of what the one before left.

        Args:
            word: as it stands in the file.
            named: checks whose mends are made though they are not automatic, but for quotes and joiners.
        """
        made: list[Fault] = []
        while len(made) < MOST_MENDS:
            mend = next((fault for fault in self.faults(word)[0] if _is_wanted(fault, named)), None)
            if mend is None or mend.suggestion is None:
                break
            made.append(mend)
            word = mend.suggestion
        return made

    def mended(self, word: str, named: Sequence[str] = ()) -> str:
        """A word after all its mends."""
        made = self.mends(word, named)
        return made[-1].suggestion or "" if made else word

    def _found(self, word: str) -> list[Fault]:
        if word not in self._known:
            self.evidence.used.clear()
            self._known[word] = [*self._asked(word)] if len(word) <= LONGEST else [_too_long(word)]
            self._used[word] = frozenset(self.evidence.used)
        return self._known[word]

    def _asked(self, word: str) -> Iterator[Fault]:
        in_a_row = _capitals_in_a_row(word)
        for check, suspects in zip(self._checks, self._suspects):
            if check.word and (not suspects.isdisjoint(word) or (check.capitals and in_a_row)):
                yield from check.word(word, self.evidence)


def _capitals_in_a_row(word: str) -> bool:
    capital = "".join("A" if counts_as_capital(character) else "a" for character in word)
    return "A" * CAPITALS_IN_A_ROW in capital


def _too_long(word: str) -> Fault:
    message = "{count} characters without a space are no word: its letters are not judged."
    return Fault("line-length", "warning", 0, len(word), "", message, {"count": str(len(word))})


def _is_wanted(fault: Fault, named: Sequence[str]) -> bool:
    asked = fault.check in named and NEVER.isdisjoint(fault.wrong)
    return fault.suggestion is not None and (fault.automatic or asked)
